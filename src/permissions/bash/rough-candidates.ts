import { withoutRedirections } from "../commands/line-texts.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CompiledList } from "../sets/rule-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import { collapseSpace } from "../shell/command-text.ts";
import { parseCommandLine } from "../shell/shell.ts";
import {
  asOneCommand,
  type Candidate,
  commandCandidate,
  textCandidate,
  withTypedTexts,
} from "./candidate.ts";
import { keptGroups, withGroupsApart, withGroupsKept } from "./groups-behind-words.ts";
import { factsOf } from "./line-facts.ts";

/** Where a line does not parse, what stands between its separators is still held against rules. */
export function roughCandidates(
  list: CompiledList,
  set: CompiledSet,
  { source, errors }: CommandLine,
): Candidate[] {
  const older = set.client === "2.1.197";
  const inTest = errors.some((error) => error.startsWith("expected ']]'"));
  // Older clients see nothing of what stands in parentheses.
  const seen = older
    ? withGroupsKept(source).replace(/(?<![$<>])\((?!\))[^()]*\)/g, (group) =>
        group.replace(/[;&|\n`]/g, " "),
      )
    : withGroupsApart(source);
  const pieces = seen.split(
    inTest
      ? /([;\n]+)/
      : older
        ? /([;&|\n`]+|(?<!\()\))/
        : /((?:[;\n]|(?<!(?:^|[;&|\n(])\s*\d*[<>])[&|])+|\((?!\))|(?<!\()\))/,
  );
  const rough = pieces.flatMap((piece, at) => {
    if (at % 2 === 1 || (inTest && piece.includes("[[")) || (older && /\((?!\))/.test(piece))) return [];
    const kept = keptGroups(collapseSpace(piece));
    if (kept !== null) return pieces[at - 1] === ")" ? [] : keptCandidates(kept, set);
    const begun = collapseSpace(piece).replace(ROUGH_START, "");
    // Behind a redirection in front older clients see nothing, and newer ones leave the text as it is.
    const behindFile = REDIRECTED_START.test(begun);
    if (behindFile && older) return [];
    const text = (behindFile ? begun : collapseSpace(withoutRedirections(begun))).replace(/\\$/, "");
    // Behind a bracket that closes nothing comes off.
    return pieces[at - 1] === ")" ? [textCandidate(text)] : roughCandidate(text, list, set);
  });
  return older || inTest ? rough : [...rough, ...statementsWithParentheses(source)];
}

/** What stands in front of its first command is taken off its text. */
function keptCandidates({ text, words }: { text: string; words: string }, set: CompiledSet): Candidate[] {
  const seen = withoutRedirections(text);
  if (ROUGH_START.test(seen)) return [];
  const first = parseCommandLine(withoutRedirections(words)).commands.find(({ leads }) => leads);
  return first === undefined ? [textCandidate(seen)] : [asOneCommand(first, seen, set)];
}

/** Such a part is a text, and the command that it reads as. */
function roughCandidate(text: string, list: CompiledList, set: CompiledSet): Candidate[] {
  const line = parseCommandLine(text);
  const closed = line.errors.every((error) => error.startsWith("unterminated"));
  const commands = closed ? factsOf(line, set) : [];
  return [
    textCandidate(text),
    ...commands.map((fact) => withTypedTexts(list, commandCandidate(list, fact), fact)),
  ];
}

/** Newer clients compare a statement such as `foo (x)` as it stands, too: without assignments in front and a comment behind. */
function statementsWithParentheses(source: string): Candidate[] {
  return source
    .split(/[;&|\n]+/)
    .filter((part) => /[^\s(]\s*\(/.test(part))
    .map((part) =>
      textCandidate(
        part
          .trim()
          .replace(PLAINLY_ASSIGNED, "")
          .replace(/\s#.*$/, ""),
      ),
    );
}

const PLAINLY_ASSIGNED = /^(?:[A-Za-z_]\w*\+?=[^\s"'\\$`(]*\s+)+/;
const REDIRECTED_START = /^(?:\d*(?:>|<(?!\())|&>)/;
const ROUGH_START =
  /^(?:(?:(?:then|do|else|elif|fi|done|esac|if|while|until)(?=\s|$)|[!()}`]|\w+\(\)\s*\{|\{(?=\s))\s*)+/;
