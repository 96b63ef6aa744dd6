import type { Random } from "./random.ts";

/** Words of commands that people write rules for: nothing here needs quoting. */

/** A line: the words that all of its commands begin with, a colon, and how they go on. */
const COMMANDS = `
git: status, log, diff, push, pull, commit, add, checkout, branch, tag, fetch, reset, clean, stash, rebase, remote
git: push origin main, push --force, push -f origin main, commit -m x, log --oneline, checkout -b x, stash list
git: remote -v, branch -D x, worktree list, reset --hard HEAD~1, -C . push, show HEAD, config user.name
npm: test, run, install, ci, publish, ls, exec, run build, run test, run test:unit, run lint --fix, install left-pad
cargo: build, test, run, --version, publish
make: test, all, -C x all
python3: script.py, -c 1, -m pytest, --version
node: script.js, -v, -e 1
docker: ps, run alpine id, compose up, images
kubectl: get pods, apply -f x.yaml, delete pod x
terraform: plan, apply
curl: https://x.example, -o a https://x.example, -s localhost
nix: build, flake check, run nixpkgs#cowsay, eval .#x, develop -c id
ls: -la, src, .
cat: README.md, src/a.ts
rm: a, -rf build, -rf dist
gh: pr list, api /x
aws: s3 ls, iam list-users
: make, pytest -q, wget -qO- https://x.example, ssh host id, nc x.example 80, nix-shell -p x, nixos-rebuild switch
: ls, head -5 a, tail -n 3 a, grep -r x ., grep x a, find . -name a, wc -l a, echo hi, cp a b, mv a b, mkdir -p x
: touch x, chmod +x a, ln -s a b, tee a, sed -i s/a/b/ x, sed -n 1p a, id, whoami, true, zz, zz a, zz -x --y, env
: ./run.sh, ./scripts/deploy.sh prod, bin/tool a, mytool sub, just build, home-manager switch, psql -c x, bash x.sh
`;

export const PLAIN_COMMANDS: readonly string[] = COMMANDS.trim()
  .split("\n")
  .flatMap((line) => {
    const [, start, rest] = /^([^:]*): (.*)$/.exec(line)!;
    return rest!.split(", ").map((words) => `${start} ${words}`.trim());
  });

export const PLAIN_WORDS: readonly string[] = [
  "x",
  "a",
  "main",
  "origin",
  "--force",
  "-f",
  "-x",
  "--y",
  "--help",
  "--version",
  "-n",
  "-C",
  ".",
  "..",
  "src",
  "src/a.ts",
  "./a",
  "test",
  "prod",
  "a:b",
  "a=b",
  "--out=x",
  "1",
  "HEAD",
  "@",
  "a.b",
  "a,b",
  "a+b",
  "a_b",
  "A",
  "é",
  "--",
  "-",
  "origin/main",
];

export function plainCommand(random: Random): string {
  return random.pick(PLAIN_COMMANDS);
}

export function plainWord(random: Random): string {
  return random.pick(PLAIN_WORDS);
}

export function plainWords(random: Random, most: number): string {
  return Array.from({ length: random.integer(1, most) }, () => plainWord(random)).join(" ");
}
