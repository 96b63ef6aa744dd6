import type { Random } from "./random.ts";

/** Programs that start the command behind them, with flags that people use and flags that hide where it begins. */
export const WRAPPERS: readonly string[] = `
timeout 5; timeout 5s; timeout 0.5; timeout 1m; timeout 2h; timeout 1d; timeout .5; timeout 5.; timeout 1e3; timeout inf; timeout 0x5
timeout -s KILL 5; timeout -sKILL 5; timeout --signal=KILL 5; timeout --signal KILL 5; timeout -s 9 5; timeout -s SIGTERM 5
timeout -k 1 5; timeout -k1 5; timeout -k 5s 10; timeout --kill-after=1 5; timeout --kill-after 1 5; timeout -k 1 -s TERM 5
timeout --preserve-status 5; timeout --foreground 5; timeout -v 5; timeout --verbose 5; timeout -p 5; timeout -f 5; timeout -- 5
timeout --help 5; timeout; timeout zz; timeout $T; timeout "5"; timeout -5; timeout 5 timeout 5; timeout +5; timeout 5x; timeout --foreground --preserve-status 5
time; time -p; time --; time -v; time -f %e; time -o f; time -p --; /usr/bin/time; /usr/bin/time -v; \\time
nice; nice -n 5; nice -n5; nice -5; nice -n -5; nice --adjustment=5; nice --adjustment 5; nice -n 5 --; nice --; nice -n; nice -n x; nice --5; nice -20
nice -n 5 nice -n 5; nice -n +5
nohup; nohup --; nohup --help; nohup nohup; nohup nice; nohup timeout 5
stdbuf -oL; stdbuf -o0; stdbuf -o L; stdbuf -i0 -oL -eL; stdbuf --output=L; stdbuf --output L; stdbuf -oL --; stdbuf; stdbuf -e0; stdbuf -i 0; stdbuf -oLx; stdbuf -x; stdbuf -o1M
command; command -p; command -v; command -V; command --; command -pv; command command; command -p --
builtin; builtin --; builtin command; noglob; nocorrect; noglob noglob; -; exec; exec -a x; exec -c; exec -l; exec --; exec -cl
xargs; xargs --; xargs -n1; xargs -n 1; xargs -0; xargs -I{}; xargs -I {}; xargs -r; xargs -P4; xargs -t; xargs -d x; xargs -L1; xargs --no-run-if-empty; xargs -a f
xargs --max-args=1; xargs -0n1; xargs xargs; xargs timeout 5; xargs nice; xargs env; xargs sudo; xargs -i; xargs -e; xargs -x; xargs -p; xargs -s 100; xargs --arg-file=f; xargs -E x; xargs -o
env; env --; env -i; env -; env A=1; env A=1 B=2; env -i A=1; env -u A; env -uA; env --unset=A; env -S; env -S x; env -C src; env --chdir=src; env -v; env -0; env --ignore-environment; env NODE_ENV=test; env --block-signal; env -iS; env env; env - A=1; env LANG=C
sudo; sudo -u x; sudo -E; sudo -n; sudo --; sudo -i; sudo -s; sudo A=1; sudo -H; sudo -u root -E; sudo -g x; sudo --user=x; sudo --user x; sudo -A; sudo -b; sudo -k; sudo -l; sudo -e; sudo -nE; sudo sudo; sudo env; sudo -p x; sudo -C 3; sudo -R x; sudo -D x; sudo -T 5; sudo --non-interactive; sudo --preserve-env; sudo --preserve-env=A; sudo --login; sudo timeout 5
doas; doas -u x; doas -n; doas --; doas -s; doas -C f; doas -L; su; su -c; su x -c; runuser -u x; runuser -u x --; pkexec; pkexec --user x; gosu x; chroot /; chroot --userspec=x /; fakeroot; fakeroot --; unshare; unshare -r; nsenter -t 1; setpriv --reuid=1; bwrap; firejail; systemd-run; systemd-run --user; proot; capsh --; sg x -c
watch; watch -n1; watch -n 1; watch -d; watch --interval=1; watch --interval 1; watch -x; watch --; watch -t -n1; watch -c; watch -g; watch -e; watch -b; watch -q 3; watch --exec
setsid; setsid -w; setsid -f; setsid --fork; setsid --; setsid -c; setsid --wait; ionice; ionice -c3; ionice -c 3; ionice -c2 -n5; ionice -t; ionice -p 1; ionice --class 3; ionice --class=3; ionice --
flock f; flock -n f; flock -x f; flock -w 5 f; flock f -c; flock --nonblock f; flock -s f; flock -u f; flock 9; flock -o f; flock --timeout 5 f; flock -E 1 f; flock -- f; flock -F f
strace; strace -f; strace -o f; strace -e trace=x; ltrace; ltrace -f; script -c; script -qc; script f -c; valgrind; gdb --args; perf stat; perf record; rlwrap; unbuffer; expect -c; torsocks; proxychains; catchsegv; heaptrack
taskset 1; taskset -c 0; chrt 1; chrt -f 1; chrt -i 0; prlimit; prlimit --nofile=1; cpulimit -l 5; cgexec -g x; numactl; numactl -N 0; numactl --; softlimit; setarch x86_64; linux64; linux32; i386; uclampset; choom -n 1
caffeinate; caffeinate -i; arch -x86_64; parallel; parallel -j2; entr; busybox; busybox sh -c; toybox; rtk; dbus-run-session; dbus-run-session --; xvfb-run; xvfb-run -a; direnv exec .; devbox run; devbox run --; mise exec --; mise x --; asdf exec; nix run; nix develop -c; nix shell -c; nix-shell --run
npx; npx -y; npx --; npm exec; npm exec --; npm x --; yarn; yarn run; yarn dlx; pnpm; pnpm exec; pnpm dlx; bun; bunx; bun run; deno run; uv run; uvx; poetry run; pipenv run; pipx run; conda run; bundle exec; rbenv exec; pyenv exec; cargo run --; dotenv; dotenv --; op run --; doppler run --; aws-vault exec x --; sops exec-env x; infisical run --; docker exec c; docker run x; docker compose exec c; podman exec c; kubectl exec p --; ssh h; vagrant ssh -c; tmux new; screen -dm; at now; batch; crontab
bash -c; bash; sh -c; sh; zsh -c; dash -c; bash -lc; bash -x; bash --; bash -o pipefail -c; eval; eval --; source; .; trap; let; declare; local; readonly; export; typeset; coproc; then; do; else; !; { ; (; hash; wait; jobs; bg; fg; disown; enable; compgen -C; complete -C; bind -x; mapfile -C; readarray; printf %s; echo; which; type; man; ls; cat; sleep 1; true; false; test; [; :; ,; @; +; %; =
`
  .trim()
  .split(/[;\n]/)
  .map((wrapper) => wrapper.trim())
  .filter((wrapper) => wrapper !== "");

/** One that most tools see through: it stands in front more often than the exotic ones. */
const COMMON = WRAPPERS.filter((wrapper) =>
  /^(?:timeout|time|nice|nohup|stdbuf|command|builtin|noglob|xargs|env|sudo)\b/.test(wrapper),
);

export function wrapped(random: Random, line: string): string {
  const count = random.pick([1, 1, 1, 1, 2, 2, 3]);
  let result = line;
  for (let i = 0; i < count; i++) result = wrapOnce(random, result);
  return result;
}

function wrapOnce(random: Random, line: string): string {
  const wrapper = random.pick(random.chance(0.65) ? COMMON : WRAPPERS);
  if (/(?:^|\s)-\w*c$|^eval|^trap|-S$|--run$/.test(wrapper) && random.chance(0.6)) {
    const quote = random.pick(['"', "'"]);
    return `${wrapper} ${quote}${line.replaceAll(quote, "")}${quote}`;
  }
  const spelled = random.weighted(
    [16, () => wrapper],
    [1, () => wrapper.replace(/^(\S+)/, "/usr/bin/$1")],
    [1, () => wrapper.replace(/^(\S+)/, "'$1'")],
    [1, () => wrapper.replace(/^(\S)/, "\\$1")],
    [1, () => wrapper.replaceAll(" ", "  ")],
  );
  return `${spelled} ${line}`;
}
