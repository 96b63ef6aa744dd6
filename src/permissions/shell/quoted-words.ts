import { hasQuoteInBraces } from "./braced-quotes.ts";
import type { CommandLine, ShellWord, SimpleCommand } from "./command-line.ts";

/** Newer clients keep some quotes that a shell takes off in the words that they compare with deny and ask rules. */
export function withQuotesKept(command: SimpleCommand, line: CommandLine): SimpleCommand {
  const open = line.errors.some((error) => /^unterminated (?:double|single) quote/.test(error));
  if (!open && !line.source.includes("{")) return command;
  const last = command.words.length - 1;
  const words = command.words.map((word, at) => {
    if (word.expansion === null && hasQuoteInBraces(word.raw)) return { ...word, value: word.raw };
    return open && at === last ? withQuoteEnded(word, line) : word;
  });
  return { ...command, words };
}

/** Where a variable stands anywhere in the line a quote that never closes stays in its word: `nix test $X "a`. */
function withQuoteEnded(word: ShellWord, line: CommandLine): ShellWord {
  const [, before, quote, text] = OPEN.exec(word.raw) ?? [];
  if (before === undefined || /[$`\s]/.test(word.raw) || !/\$[A-Za-z_{']/.test(line.source)) return word;
  return { ...word, value: before.replace(/["']/g, "") + quote! + text! };
}

const OPEN = /^((?:'[^']*'|"(?:\\.|[^"\\])*"|[^'"])*)(['"])([^'"]*)$/s;
