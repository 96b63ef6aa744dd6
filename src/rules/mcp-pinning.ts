import { normalize } from "node:path/posix";
import type { McpServer } from "../model/context.ts";

/** Can what a server runs change without a change in this repository? */
export type Pinning =
  | { kind: "pinned" }
  /** `because` completes "…: <because>". */
  | { kind: "moves"; because: string }
  /** Another machine answers; what it runs is its owner's matter. */
  | { kind: "remote" };

const PINNED: Pinning = { kind: "pinned" };

export function pinningOf(server: McpServer): Pinning {
  if (server.kind !== "stdio") return { kind: "remote" };
  const words = wordsOf(server);
  const moving = words.find((word) => word.includes("${"));
  if (moving !== undefined) return moves(`\`${moving}\` depends on the environment of whoever starts it`);
  const runner = runnerOf(words);
  if (runner !== null) return runner;
  const fromStore = server.package !== null || isStorePath(words[0]!);
  if (INTERPRETERS.has(baseName(words[0]!))) return scriptPinning(words, fromStore);
  return fromStore ? PINNED : programPinning(words[0]!);
}

/** The command may be a whole line; what runs is its first word. */
function wordsOf({ command, args }: McpServer & { kind: "stdio" }): string[] {
  return [...command.trim().split(/\s+/), ...args];
}

interface Runner {
  words: readonly string[];
  /** Options whose next word is the package to run. */
  packageOptions?: readonly string[];
  /** Options that take a value that is not the package. */
  valueOptions?: readonly string[];
  isFixed: (reference: string) => boolean;
  expected: string;
}

const EXACT_VERSION = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.-]+)?$/;
const npmFixed = (reference: string) => EXACT_VERSION.test(/[^/]@([^@/]+)$/.exec(reference)?.[1] ?? "");
const pythonFixed = (reference: string) => /(?:==|@)v?\d+(?:\.\d+)*(?:[a-z0-9.]*)$/.test(reference);
const flakeFixed = (reference: string) =>
  isLocal(reference) || isStorePath(reference) || /(?:\/|[?&]rev=)[0-9a-f]{40}(?:$|[#?&])/.test(reference);
const imageFixed = (reference: string) => /@sha256:[0-9a-f]{64}$/.test(reference);

const NPM = { isFixed: npmFixed, expected: "an exact version, like `name@1.2.3`" };
const PYTHON = { isFixed: pythonFixed, expected: "an exact version, like `name==1.2.3`" };
const FLAKE = { isFixed: flakeFixed, expected: "a revision of 40 digits" };
const IMAGE = { isFixed: imageFixed, expected: "a digest, like `image@sha256:…`" };

/** Programs that fetch what they run. npm and PyPI never give one version a second content. */
const RUNNERS: readonly Runner[] = [
  ...["npx", "bunx", "pnpx", "npm exec", "npm x", "pnpm dlx", "yarn dlx", "bun x"].map((line) => ({
    words: line.split(" "),
    packageOptions: ["-p", "--package"],
    ...NPM,
  })),
  ...["uvx", "uv tool run", "pipx run"].map((line) => ({
    words: line.split(" "),
    packageOptions: ["--from", "--spec"],
    valueOptions: ["--python", "-p", "--with", "--index-url"],
    ...PYTHON,
  })),
  ...["run", "shell", "develop"].map((verb) => ({ words: ["nix", verb], ...FLAKE })),
  ...["docker run", "podman run"].map((line) => ({
    words: line.split(" "),
    valueOptions: [
      "-e",
      "--env",
      "-v",
      "--volume",
      "--mount",
      "--name",
      "--network",
      "-p",
      "--publish",
      "-w",
      "--workdir",
      "-u",
      "--user",
      "--env-file",
      "--entrypoint",
      "--platform",
      "-l",
      "--label",
    ],
    ...IMAGE,
  })),
  {
    words: ["go", "run"],
    isFixed: (reference) => isLocal(reference) || npmFixed(reference),
    expected: "a version",
  },
  {
    words: ["deno", "run"],
    isFixed: (reference) => isLocal(reference) || npmFixed(reference) || /@\d+\.\d+\.\d+/.test(reference),
    expected: "a version",
  },
];

function runnerOf(words: readonly string[]): Pinning | null {
  const program = baseName(words[0]!);
  const line = [program, ...words.slice(1)];
  const runner = RUNNERS.find(({ words: own }) => own.every((word, index) => line[index] === word));
  if (runner === undefined) return null;
  const reference = referenceOf(line.slice(runner.words.length), runner);
  if (reference === null) return moves(`what \`${runner.words.join(" ")}\` fetches is not named`);
  return runner.isFixed(reference)
    ? PINNED
    : moves(`\`${reference}\` is fetched at every start; it has to name ${runner.expected}`);
}

/** The package that a runner is told to run: after its own option, else the first word that is no option. */
function referenceOf(words: readonly string[], runner: Runner): string | null {
  const option = words.findIndex((word) => runner.packageOptions?.includes(word));
  if (option !== -1) return words[option + 1] ?? null;
  const joined = words
    .map((word) =>
      runner.packageOptions?.map((name) => after(word, `${name}=`)).find((value) => value !== null),
    )
    .find((value) => value !== undefined && value !== null);
  if (joined !== undefined && joined !== null) return joined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (runner.valueOptions?.includes(word)) index++;
    else if (!word.startsWith("-")) return word;
  }
  return null;
}

const SHELLS = new Set(["sh", "bash", "zsh", "dash", "fish", "ksh"]);
const INTERPRETERS = new Set([
  "node",
  "python",
  "python3",
  "bun",
  "deno",
  "ruby",
  "perl",
  "php",
  "tsx",
  ...SHELLS,
]);

/** Options after which code stands in the arguments themselves, and the one that names an installed module. */
const INLINE_CODE = /^-(?:[a-z]*[cep]|-eval(?:=.*)?|-print(?:=.*)?|-command)$/i;
const MODULE = "-m";

/** An interpreter is as fixed as what it is given to run. */
function scriptPinning(words: readonly string[], fromStore: boolean): Pinning {
  const args = words.slice(1);
  const shown = words.slice(0, 3).join(" ");
  if (args.some((word) => INLINE_CODE.test(word))) {
    return moves(`what the code in the arguments of \`${words[0]}\` runs cannot be told`);
  }
  if (args.includes(MODULE))
    return fromStore ? PINNED : moves(`what \`${shown}\` runs is installed elsewhere`);
  const script = args.find((word) => !word.startsWith("-"));
  return script !== undefined && (isLocal(script) || isStorePath(script) || isPlainFile(script))
    ? PINNED
    : moves(`what \`${shown}\` runs is not a file of this repository`);
}

/** Code of this repository moves with it and is reviewed with it; a bare name is whatever `PATH` finds. */
function programPinning(program: string): Pinning {
  if (isLocal(program)) return PINNED;
  if (program.includes("/")) return moves(`\`${program}\` is whatever that machine has there`);
  return moves(`\`${program}\` is whatever \`PATH\` finds`);
}

function moves(because: string): Pinning {
  return { kind: "moves", because };
}

function isStorePath(word: string): boolean {
  return normalize(word).startsWith("/nix/store/");
}

/** A path in this repository, or in the tree of an input that the lock file pins (`<input>/…`). */
function isLocal(word: string): boolean {
  if (/^<[^>]+>\//.test(word)) return !normalize(word).startsWith("..");
  return /^(?:\.\/|\.(?:#|$))/.test(word) && !normalize(word).startsWith("..");
}

/** `server.js`, `src/server.js`: relative, and neither a URL nor a home directory. */
function isPlainFile(word: string): boolean {
  return /^[\w@][\w@.+/-]*$/.test(word) && !normalize(word).startsWith("..");
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}

function after(word: string, prefix: string): string | null {
  return word.startsWith(prefix) ? word.slice(prefix.length) : null;
}
