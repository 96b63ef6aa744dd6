import { normalize } from "node:path/posix";
import type { McpServer } from "../model/context.ts";
import { isLocal, isStorePath, runnerMoves } from "./mcp-runners.ts";

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
  const program = baseName(words[0]!);
  const because = runnerMoves([program, ...words.slice(1)]);
  if (because !== "not-a-runner") return because === null ? PINNED : moves(because);
  const fromStore = server.package !== null || isStorePath(words[0]!);
  if (INTERPRETERS.has(program)) return scriptPinning(words, fromStore);
  return fromStore ? PINNED : programPinning(words[0]!);
}

/** The command may be a whole line; what runs is its first word. */
function wordsOf({ command, args }: McpServer & { kind: "stdio" }): string[] {
  return [...command.trim().split(/\s+/), ...args];
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

/** `server.js`, `src/server.js`: relative, and neither a URL nor a home directory. */
function isPlainFile(word: string): boolean {
  return /^[\w@][\w@.+/-]*$/.test(word) && !normalize(word).startsWith("..");
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}
