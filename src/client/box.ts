import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "../system/process.ts";
import { BOX_PLACE } from "./place.ts";

/**
 * The closed box: user, network, mount and process namespaces of its own. Inside, the machine's programs can be read
 * and nothing of it can be written; the root is memory that vanishes with the box; the network is a loopback that ends
 * at our scripted model; the client is an ordinary user who cannot undo any of this. When the first process of the box
 * ends, the kernel ends all others.
 */
export interface BoxContents {
  /** Directory with everything that is copied in: `home/…`, `etc/…`, `stub/…`. */
  seed: string;
  /** Socket of the scripted model. */
  socket: string;
  /** An empty directory on which the box's root is mounted, inside the box only. */
  mountPoint: string;
  /** The client's program. */
  binary: string;
  arguments: readonly string[];
  environment: Readonly<Record<string, string>>;
}

export const BOX_MODEL_ADDRESS = "http://127.0.0.1:8080";

/** First line on standard output once the box stands: without it, the box is what failed. */
export const BOX_READY = '{"type":"nixclaude","subtype":"box-ready"}';

/** System directories that the programs in the box are read from. */
const READABLE = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/nix/store", "/run/current-system"];

/**
 * `ro PATH`: the directory stands in the box under its own name, read-only. The remount names the flags that mounts of
 * another user namespace keep locked.
 */
const SET_UP = `set -eu
root=$1 seed=$2 socket=$3 node=$4 binary=$5 relay=$6
shift 6
ip link set lo up || ifconfig lo up
mount -t tmpfs -o mode=755 tmpfs "$root"
mkdir "$root/proc" "$root/dev" "$root/dev/shm" "$root/run" "$root/tmp" "$root/old"
chmod 1777 "$root/tmp"
ro() {
  if [ -L "$1" ]; then ln -s "$(readlink "$1")" "$root$1"; return; fi
  mkdir -p "$root$1"
  mount --rbind "$1" "$root$1"
  mount -o remount,bind,ro "$root$1"
}
while [ "$1" != -- ]; do ro "$1"; shift; done
shift
cp -R "$seed/." "$root/"
: > "$root/run/model.sock"
mount --bind "$socket" "$root/run/model.sock"
: > "$root/run/node"
mount --bind "$node" "$root/run/node"
for name in null zero full random urandom; do
  : > "$root/dev/$name"
  mount --bind "/dev/$name" "$root/dev/$name"
done
ln -s /proc/self/fd "$root/dev/fd"
mount -t proc proc "$root/proc"
cd "$root"
pivot_root . old
cd ${BOX_PLACE.project}
umount -l /old
exec unshare --user --map-user=1000 --map-group=1000 /run/node -e "$relay" "$binary" "$@"
`;

/**
 * First process of the box. Carries connections from loopback to the scripted model's socket, starts the client, and
 * ends (and with it the box) when the client does, or when the process outside is gone: its end of standard input.
 */
const RELAY = `
const { createServer, connect } = require("node:net");
const { spawn } = require("node:child_process");
process.stdin.resume();
process.stdin.on("end", () => process.exit(1));
const relay = createServer((near) => {
  const far = connect("/run/model.sock");
  near.pipe(far);
  far.pipe(near);
  near.on("error", () => far.destroy());
  far.on("error", () => near.destroy());
});
relay.listen(8080, "127.0.0.1", () => {
  console.log(${JSON.stringify(BOX_READY)});
  const client = spawn(process.argv[1], process.argv.slice(2), { stdio: ["ignore", "inherit", "inherit"] });
  client.on("error", (error) => { console.error(error.message); process.exit(127); });
  client.on("exit", (status) => process.exit(status ?? 1));
});`;

/** The command that builds the box and runs the client in it. */
export function boxCommand(
  contents: BoxContents,
  limits: { timeoutMs: number; maxOutputBytes: number },
): Command {
  const readable = [...READABLE, dirname(contents.binary)].filter((path) => existsSync(path));
  const outermost = readable.filter(
    (path) => !readable.some((other) => other !== path && path.startsWith(`${other}/`)),
  );
  return {
    program: "unshare",
    arguments: [
      ..."--user --map-root-user --net --mount --pid --fork --kill-child sh -c".split(" "),
      SET_UP,
      "box",
      contents.mountPoint,
      contents.seed,
      contents.socket,
      process.execPath,
      contents.binary,
      RELAY,
      ...new Set(outermost),
      "--",
      ...contents.arguments,
    ],
    environment: { ...contents.environment, PATH: programPath() },
    cwd: "/",
    stdin: "open",
    ...limits,
  };
}

/** `ip`, `mount` and `pivot_root` stand in directories that are not on every user's path. */
export function programPath(): string {
  return [process.env.PATH ?? "", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
    .filter((part) => part !== "")
    .join(":");
}
