import { normalize } from "node:path/posix";

/** A program that fetches what it runs, and what has to be known of its arguments to tell what that is. */
interface Runner {
  words: readonly string[];
  /** Options that take no value and change nothing about what is fetched. */
  flags: RegExp;
  /** Options with a value that changes nothing about what is fetched. */
  valueOptions?: readonly string[];
  /** Options with the package to run; the first word that is no option is a command of it then. */
  packageOptions?: readonly string[];
  /** Options with a package that is fetched beside it. */
  extraOptions?: readonly string[];
  /** Every word up to the command is fetched, not only the first. */
  takesSeveral?: boolean;
  isFixed: (reference: string) => boolean;
  expected: string;
}

const EXACT_VERSION = "v?\\d+\\.\\d+\\.\\d+(?:[-+][0-9A-Za-z.-]+)?";
const REVISION = "[0-9a-f]{40}";
const matches = (pattern: string) => (reference: string) => new RegExp(`^(?:${pattern})$`).test(reference);

/** A name of the registry with a version: never a URL, a repository or another name for something else. */
const npmFixed = matches(`(?:@[\\w.-]+/)?[\\w.-]+@${EXACT_VERSION}`);
const pythonFixed = matches(`[\\w.-]+(?:\\[[\\w,.-]+\\])?(?:==|@)v?\\d[a-z0-9.]*|git\\+.+@${REVISION}`);
const goFixed = matches(`[\\w./~-]+@${EXACT_VERSION}`);
const denoFixed = matches(`(?:npm|jsr):/?(?:@[\\w.-]+/)?[\\w.-]+@${EXACT_VERSION}(?:/.*)?`);
const imageFixed = matches("[^@]+@sha256:[0-9a-f]{64}");
const lockedFlake = matches(
  `(?:github|gitlab|sourcehut):[^/?#]+/[^/?#]+/${REVISION}(?:[?#].*)?|[a-z+]+:[^#]*[?&]rev=${REVISION}(?:[&#].*)?`,
);

const NPM = { isFixed: npmFixed, expected: "an exact version, like `name@1.2.3`" };
const PYTHON = { isFixed: pythonFixed, expected: "an exact version, like `name==1.2.3`" };
const A_VERSION = "an exact version";

/** npm and PyPI never give one version a second content. */
const RUNNERS: readonly Runner[] = [
  ...["npx", "bunx", "pnpx", "npm exec", "npm x", "pnpm dlx", "yarn dlx", "bun x"].map((line) => ({
    words: line.split(" "),
    flags: /^(?:-y|--yes|--no|-q|-s|--quiet|--silent|--offline|--prefer-offline|--bun|--)$/,
    packageOptions: ["-p", "--package"],
    ...NPM,
  })),
  ...["uvx", "uv tool run", "pipx run"].map((line) => ({
    words: line.split(" "),
    flags:
      /^(?:-q|--quiet|-v|--verbose|--isolated|--offline|-n|--no-cache|--no-progress|--no-config|--no-env-file)$/,
    valueOptions: ["--python", "-p", "--cache-dir", "--color"],
    packageOptions: ["--from", "--spec"],
    extraOptions: ["--with", "-w"],
    ...PYTHON,
  })),
  ...["run", "shell", "develop"].map((verb) => ({
    words: ["nix", verb],
    flags:
      /^(?:-L|--print-build-logs|-v|--verbose|--quiet|--offline|--no-write-lock-file|--no-update-lock-file|--pure-eval)$/,
    valueOptions: ["--experimental-features", "--extra-experimental-features", "--log-format"],
    takesSeveral: verb === "shell",
    isFixed: (reference: string) => isLocal(reference) || isStorePath(reference) || lockedFlake(reference),
    expected: "a revision of 40 digits",
  })),
  ...["docker run", "podman run"].map((line) => ({
    words: line.split(" "),
    flags:
      /^(?:-[itdqP]+|--rm|--init|--interactive|--tty|--detach|--quiet|--read-only|--privileged|--publish-all|--no-healthcheck|--replace)$/,
    valueOptions: (
      "-e --env -v --volume --mount --name --network --net -p --publish -w --workdir -u --user --env-file " +
      "--entrypoint --platform -l --label --add-host --cap-add --cap-drop --device --dns --expose --gpus --group-add -h " +
      "--hostname --ip --ipc --log-driver --log-opt -m --memory --cpus --memory-swap --pid --pids-limit --pull --restart " +
      "--runtime --security-opt --shm-size --stop-signal --stop-timeout --tmpfs --ulimit --userns --volumes-from"
    ).split(" "),
    isFixed: imageFixed,
    expected: "a digest, like `image@sha256:…`",
  })),
  {
    words: ["go", "run"],
    flags: /^(?:-v|-x|-race|-trimpath)$/,
    isFixed: (reference) => isLocal(reference) || goFixed(reference),
    expected: A_VERSION,
  },
  {
    words: ["deno", "run"],
    flags:
      /^(?:-[AqRWNES]+|-q|--quiet|--allow-[a-z]+(?:=.*)?|--deny-[a-z]+(?:=.*)?|--no-prompt|--no-check|--cached-only)$/,
    isFixed: (reference) => isLocal(reference) || denoFixed(reference),
    expected: A_VERSION,
  },
];

/** Programs that run others, or fetch in ways that are not among the runners. */
const RUNS_OTHERS = new Set([
  ...RUNNERS.map(({ words }) => words[0]!).filter((word) => word !== "bun" && word !== "deno"),
  ..."env sudo doas timeout nice nohup stdbuf setsid xargs time watch ssh direnv devbox mise asdf nix-shell".split(
    " ",
  ),
  ..."nix-build nix-env curl wget make just task poetry hatch pdm rye bundle gem cargo dotnet java".split(
    " ",
  ),
]);

/**
 * Why what the words make a runner fetch can change; null: it cannot. `not-a-runner`: the program fetches nothing by
 * itself, so far as is known.
 */
export function runnerMoves(words: readonly string[]): string | null | "not-a-runner" {
  const runner = RUNNERS.find(({ words: own }) => own.every((word, index) => words[index] === word));
  if (runner === undefined) {
    return RUNS_OTHERS.has(words[0]!)
      ? `what \`${words.slice(0, 3).join(" ")}\` runs cannot be told`
      : "not-a-runner";
  }
  const name = runner.words.join(" ");
  const fetched = fetchedBy(runner, words.slice(runner.words.length));
  if (fetched.unknown !== undefined)
    return `what the option \`${fetched.unknown}\` makes \`${name}\` fetch is not known`;
  if (fetched.references.length === 0) return `what \`${name}\` fetches is not named`;
  const moving = fetched.references.find((reference) => !runner.isFixed(reference));
  return moving === undefined
    ? null
    : `\`${moving}\` is fetched at every start; it has to name ${runner.expected}`;
}

/** Everything that a runner fetches: what its own options name, else the first word that is no option. */
function fetchedBy(runner: Runner, words: readonly string[]): { references: string[]; unknown?: string } {
  const references: string[] = [];
  let isNamedByOption = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const [option, joined] = splitAtEquals(word);
    const value = () => joined ?? words[++index] ?? "";
    if (!word.startsWith("-")) {
      // What comes now is a command out of the package, with its own arguments.
      if (isNamedByOption) break;
      references.push(word);
      if (!runner.takesSeveral) break;
    } else if (runner.takesSeveral && (word === "-c" || word === "--command")) break;
    else if (runner.packageOptions?.includes(option)) {
      isNamedByOption = true;
      references.push(value());
    } else if (runner.extraOptions?.includes(option)) references.push(value());
    else if (runner.valueOptions?.includes(option)) value();
    else if (!runner.flags.test(word)) return { references: [], unknown: word };
  }
  return { references };
}

function splitAtEquals(word: string): [string, string?] {
  const at = word.indexOf("=");
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

export function isStorePath(word: string): boolean {
  return normalize(word).startsWith("/nix/store/");
}

/** A path in this repository, or in the tree of an input that the lock file pins (`<input>/…`). */
export function isLocal(word: string): boolean {
  if (/^<[^>]+>\//.test(word)) return !normalize(word).startsWith("..");
  return /^(?:\.\/|\.(?:#|$))/.test(word) && !normalize(word).startsWith("..");
}
