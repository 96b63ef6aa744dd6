import { existsSync, realpathSync } from "node:fs";
import { basename } from "node:path";
import type { Command } from "../system/process.ts";
import { BOX_MODEL_PORT, CLIENT_DIRECTORY, RELAY, SET_UP } from "./box-script.ts";
import { BOX_PLACE, isWithin } from "./place.ts";

/**
 * The closed box: user, network, mount, process, IPC and host name namespaces of its own. Inside, the machine's
 * programs can be read and nothing of it can be written; the root is memory that vanishes with the box; the network is
 * a loopback that ends at our scripted model; the client is an ordinary user who cannot undo any of this. When the
 * first process of the box ends, the kernel ends all others.
 */
export interface BoxContents {
  /** Directory with everything that is copied in: `home/…`, `etc/…`, `stub/…`. */
  seed: string;
  /** Socket of the scripted model. */
  socket: string;
  /** An empty directory on which the box's root is mounted, inside the box only. */
  mountPoint: string;
  /** The client's program, links followed. */
  binary: string;
  arguments: readonly string[];
  environment: Readonly<Record<string, string>>;
}

export const BOX_MODEL_ADDRESS = `http://127.0.0.1:${BOX_MODEL_PORT}`;

/** System directories that the programs in the box are read from. */
const READABLE = [
  ..."/usr /bin /sbin /lib /lib32 /lib64 /libx32".split(" "),
  "/nix/store",
  "/run/current-system",
];

/** The command that builds the box and runs the client in it. */
export function boxCommand(contents: BoxContents): Omit<Command, "timeoutMs" | "maxOutputBytes"> {
  const readable = READABLE.filter((path) => existsSync(path));
  const client = clientInBox(contents.binary, readable);
  return {
    program: "unshare",
    arguments: [
      ..."--user --map-root-user --net --mount --pid --ipc --uts --cgroup --fork --kill-child".split(" "),
      "sh",
      "-c",
      SET_UP,
      "nixclaude-box",
      contents.mountPoint,
      contents.seed,
      contents.socket,
      realpathSync(process.execPath),
      client.source ?? "",
      client.place,
      BOX_PLACE.project,
      RELAY,
      ...readable,
      "--",
      client.program,
      ...contents.arguments,
    ],
    environment: { ...contents.environment, PATH: toolPath(process.env.PATH ?? "") },
    cwd: "/",
    stdin: "open",
  };
}

interface ClientInBox {
  /** What is brought into the box for the client; null when it stands there already. */
  source: string | null;
  place: string;
  program: string;
}

/**
 * A client outside the system directories comes alone, since its directory may be somebody's home; one that npm
 * installed comes with its package, which it may read.
 */
function clientInBox(binary: string, readable: readonly string[]): ClientInBox {
  if (readable.some((directory) => isWithin(realpathSync(directory), binary))) {
    return { source: null, place: "", program: binary };
  }
  const source = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(binary)?.[0];
  if (source !== undefined) {
    const program = `${CLIENT_DIRECTORY}${binary.slice(source.length)}`;
    return { source, place: CLIENT_DIRECTORY, program };
  }
  const place = `${CLIENT_DIRECTORY}/${basename(binary)}`;
  return { source: binary, place, program: place };
}

/**
 * Where the programs that build the box are looked for: the system's own first. `ip`, `mount` and `pivot_root` stand
 * in directories that are not on every user's path.
 */
function toolPath(userPath: string): string {
  return ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/run/current-system/sw/bin", userPath]
    .filter((part) => part !== "")
    .join(":");
}
