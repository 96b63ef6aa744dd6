import type { ClientVersion } from "../../model/semantics.ts";
import { FILE_FLAGS, flagsOf, VALUED_FLAGS } from "../client-facts/file-flags.ts";
import type { ShellWord } from "../shell/command-line.ts";
import type { FileOperands } from "./program-arguments.ts";

/** Flags that name files of their own: older clients look at no file then. */
const FILE_FLAG = /^-[a-zA-Z]*[fL]|^--(?:from-file|rawfile|slurpfile|library-path)/;

/** A filter and files, with flags anywhere between them. */
export function jqOperands(words: readonly ShellWord[], client: ClientVersion): FileOperands {
  const valued = flagsOf(VALUED_FLAGS, "jq", client);
  const named = flagsOf(FILE_FLAGS, "jq", client);
  const reads: ShellWord[] = [];
  let given = false;
  for (let at = 0; at < words.length; at++) {
    const { value } = words[at]!;
    if (value === "--") return { reads: [...reads, ...words.slice(at + (given ? 1 : 2))], writes: [] };
    if (value.startsWith("-")) {
      if (client === "2.1.197" && FILE_FLAG.test(value)) return { reads: [], writes: [] };
      const joined = /^--from-file=(.*)$/s.exec(value)?.[1];
      if (joined !== undefined) reads.push({ ...words[at]!, raw: joined, value: joined });
      if (named.has(value)) reads.push(...words.slice(at + 1, at + 2));
      if (/^--(?:slurp|raw)file$/.test(value)) reads.push(...words.slice(at + 2, at + 3));
      given ||= named.has(value) || joined !== undefined;
      if (/^--(?:slurp|raw)file$/.test(value)) at += 2;
      else if (valued.has(value) || named.has(value)) at += 1;
    } else if (given) reads.push(words[at]!);
    else given = true;
  }
  return { reads, writes: [] };
}
