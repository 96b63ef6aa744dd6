import type { CommandLine } from "../shell/command-line.ts";
import { expandedText } from "../shell/command-text.ts";
import type { CommandFacts } from "./command-facts.ts";

/** `a | b > $HOME/f`, `a | b > f <<'EOF'`: beside such a command no client cuts the line at its pipes. */
export function keepsPipes({ source }: CommandLine, facts: readonly CommandFacts[]): boolean {
  return REDIRECTED_HEREDOC.test(source) || facts.some(writesToVariable);
}

function writesToVariable({ command }: CommandFacts): boolean {
  return command.redirects.some(({ target }) => /\$\w/.test(expandedText(target?.raw ?? "")));
}

const OWN = String.raw`(?:[^|;&<>\n]|>&\d)*`;
const REDIRECTED_HEREDOC = new RegExp(
  String.raw`(?:>|(?<!<)<(?!<))(?:&\d)?${OWN}<<-?\s*['"\\]|<<-?\s*['"\\]${OWN}>`,
);
