/** Directory of the box's own things: the model's socket, the Node that carries its connections, two pipes. */
const OWN = "/run/nixclaude";

/** Where the client stands in the box when it is not installed below a system directory. */
export const CLIENT_DIRECTORY = "/opt/client";

/** The box's search path: the same on every machine. */
export const BOX_PATH = "/usr/bin:/bin:/run/current-system/sw/bin";

/** Port on the box's loopback that leads to the scripted model. */
export const BOX_MODEL_PORT = 8080;

/** First line on standard output once the box stands: without it, the box is what failed. */
export const BOX_READY = '{"type":"nixclaude","subtype":"box-ready"}';

/** Said on standard error when a signal ends the client; the signal's name follows. */
export const ENDED_BY = "nixclaude-box: the client was ended by ";

/** Everything that is written in the box, seed included, is memory: this much of it, in this many files. */
const MEMORY = "size=1g,nr_inodes=100000";

/**
 * First process of the box: owner of its namespaces, which the client is not.
 *
 * Arguments: root, seed, socket, Node, client's source and place, working directory, relay; readable directories up
 * to `--`; then the client's program and arguments.
 *
 * - `ro`: a directory stands in the box under its own name. Its mounts come with it (the kernel takes no part of a
 *   tree from another user namespace), so every one of them is made read-only afterwards, device files and sockets
 *   too: writing to those needs no writable mount, changing their permissions would.
 * - The client must not undo this: it may make no user namespace (the one that holds it is the last), gain no rights
 *   from programs, and write nothing in /proc, where a client that root started could change the kernel's settings.
 *   /proc can become read-only only after the client's identity was written there, hence the two pipes.
 * - What is left (the relay) keeps one capability, which the kernel asks of whoever gives its own identity away.
 */
export const SET_UP = `set -eu
root=$1 seed=$2 socket=$3 node=$4 from=$5 at=$6 project=$7 relay=$8
shift 8
ip link set lo up || ifconfig lo up
hostname box 2>/dev/null || :
ulimit -c 0
echo 1000 > /proc/self/oom_score_adj
for name in mount unshare setpriv; do
  path=$(command -v $name) || { echo "$name: not found" >&2; exit 1; }
  eval "$name=$(readlink -f "$(dirname "$path")")/$name"
done
mount -t tmpfs -o nosuid,nodev,mode=755,${MEMORY} tmpfs "$root"
mkdir "$root/proc" "$root/dev" "$root/dev/shm" "$root/run" "$root${OWN}" "$root/tmp" "$root/srv" "$root/old"
chmod 1777 "$root/tmp" "$root/dev/shm"
bind() {
  mkdir -p "$(dirname "$2")"
  if [ -d "$1" ]; then mkdir -p "$2"; else : > "$2"; fi
  mount --rbind "$1" "$2"
}
ro() {
  if [ -L "$1" ]; then ln -s "$(readlink "$1")" "$root$1"; else bind "$1" "$root$1"; fi
}
while [ "$1" != -- ]; do ro "$1"; shift; done
shift
if [ -n "$from" ]; then bind "$from" "$root$at"; fi
bind "$socket" "$root${OWN}/model.sock"
bind "$node" "$root${OWN}/node"
for name in null zero full random urandom; do bind "/dev/$name" "$root/dev/$name"; done
ln -s /proc/self/fd "$root/dev/fd"
cut -d " " -f 5 /proc/self/mountinfo | while read -r mounted; do
  case $mounted in
  "$root"/*\\\\*) echo "$mounted: no mount with such a name can be closed" >&2; exit 1 ;;
  "$root"/*) mount -o remount,bind,ro "$mounted" ;;
  esac
done
cp -R "$seed/." "$root/"
mkfifo "$root${OWN}/named" "$root${OWN}/go"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
for writable in home tmp srv dev/shm; do mount --bind "$root/$writable" "$root/$writable"; done
mount -o remount,bind,ro "$root"
cd "$root"
pivot_root . old
cd "$project"
umount -l /old
echo 1 > /proc/sys/user/max_user_namespaces
{
  read -r _ < ${OWN}/named
  if "$mount" -o remount,bind,ro /proc; then answer=go; echo '${BOX_READY}'; else answer=stop; fi
  echo $answer > ${OWN}/go
} &
exec "$setpriv" --no-new-privs --inh-caps=-all --ambient-caps=-all --bounding-set=-all,+setfcap \\
  ${OWN}/node -e "$relay" "$unshare" "$@"
`;

/** Gets the client's identity first, waits until the box is closed behind it, and becomes the client. */
const BECOME_CLIENT = `echo named > ${OWN}/named
read -r answer < ${OWN}/go
[ "$answer" = go ] || exit 1
unset OLDPWD
export PATH=${BOX_PATH}
exec "$@"`;

/**
 * The relay carries connections from the box's loopback to the scripted model's socket, starts the client, and ends
 * (and with it the box) when the client does, or when the process outside is gone: its end of standard input.
 *
 * It closes what its own parents left open, so that the client does not inherit it; Node's own files are marked. Its
 * debugger, which everybody in the box could wake with SIGUSR1, stays asleep.
 */
export const RELAY = `
const { createServer, connect } = require("node:net");
const { spawn } = require("node:child_process");
const { closeSync, readdirSync, readFileSync } = require("node:fs");
process.on("SIGUSR1", () => {});
const CLOSED_ON_EXEC = 0o2000000;
for (const descriptor of readdirSync("/proc/self/fd").map(Number).filter((number) => number > 2)) {
  try {
    const [, flags] = /^flags:\\s*(\\d+)/m.exec(readFileSync("/proc/self/fdinfo/" + descriptor, "utf8"));
    if ((parseInt(flags, 8) & CLOSED_ON_EXEC) === 0) closeSync(descriptor);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}
process.stdin.resume();
process.stdin.on("end", () => process.exit(1));
const relay = createServer((near) => {
  const far = connect("${OWN}/model.sock");
  near.pipe(far);
  far.pipe(near);
  near.on("error", () => far.destroy());
  far.on("error", () => near.destroy());
});
relay.listen(${BOX_MODEL_PORT}, "127.0.0.1", () => {
  const [unshare, ...client] = process.argv.slice(1);
  const identity = ["--user", "--map-user=1000", "--map-group=1000"];
  const become = ["/bin/sh", "-c", ${JSON.stringify(BECOME_CLIENT)}, "client"];
  const child = spawn(unshare, [...identity, ...become, ...client], { stdio: ["ignore", "inherit", "inherit"] });
  child.on("error", (error) => { console.error(error.message); process.exit(1); });
  child.on("exit", (status, signal) => {
    if (signal !== null) console.error("${ENDED_BY}" + signal);
    process.exit(status ?? 1);
  });
});`;
