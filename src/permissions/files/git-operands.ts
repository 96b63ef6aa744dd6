import type { ClientVersion } from "../../model/semantics.ts";
import type { ShellWord } from "../shell/command-line.ts";
import {
  type FileOperands,
  orHere,
  readAll,
  search,
  splitArguments,
  takeArguments,
} from "./program-arguments.ts";

/** Of git's own commands the files of `diff` are seen, and those of `grep`; older clients: of a diff without an index. */
export function gitOperands(words: readonly ShellWord[], client: ClientVersion): FileOperands | null {
  const newer = client !== "2.1.197";
  const { at, directories } = newer ? behindGitFlags(words) : { at: 0, directories: [] };
  const rest = words.slice(at + 1);
  const within = (operands: FileOperands): FileOperands => ({
    reads: operands.reads.map((word) => inDirectory(directories.at(-1), word)),
    writes: [],
  });
  switch (words[at]?.value) {
    case "diff": {
      const { operands, flags } = splitArguments(rest);
      if (newer) return within({ reads: operands.filter(isDiffed), writes: [] });
      return flags.includes("--no-index") ? readAll(takeArguments("git diff", rest, client), client) : null;
    }
    case "grep":
      return newer ? within(orHere(search(takeArguments("git grep", rest, client), client))) : null;
    default:
      return null;
  }
}

/** Measured: devices are nothing to git, and `a..b` names no file. */
function isDiffed({ value }: ShellWord): boolean {
  return !/^\/dev\/(?:null|std(?:in|out|err)|tty|fd\/\d+)$/.test(value) && !/\w\.{2,3}\w/.test(value);
}

function inDirectory(directory: ShellWord | undefined, word: ShellWord): ShellWord {
  if (directory === undefined || directory.value === "" || /^[/~]/.test(word.value)) return word;
  return { ...word, value: `${directory.value}/${word.value}`, literal: word.literal && directory.literal };
}

const GIT_VALUED = /^(?:-c|--(?:git-dir|namespace|super-prefix|attr-source|config-env))$/;

/** Where the subcommand stands, and the directories that git goes to before. */
function behindGitFlags(words: readonly ShellWord[]): { at: number; directories: ShellWord[] } {
  const directories: ShellWord[] = [];
  let at = 0;
  for (; words[at]?.value.startsWith("-"); at++) {
    const { value } = words[at]!;
    const joined = /^--work-tree=(.*)$/s.exec(value)?.[1];
    let to = joined === undefined ? undefined : { ...words[at]!, raw: joined, value: joined };
    if (/^(?:-C|--work-tree)$/.test(value)) to = words[at + 1];
    if (to !== undefined) directories.push(inDirectory(directories.at(-1), to));
    if (GIT_VALUED.test(value) || /^(?:-C|--work-tree)$/.test(value)) at += 1;
  }
  return { at, directories };
}
