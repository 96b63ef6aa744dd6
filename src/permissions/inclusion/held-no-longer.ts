import {
  approvedByDefault,
  approvedByGrant,
  approvedByRules,
  holding,
  irregularSamples,
  perhapsApprovedByDefault,
  surelyHeld,
  widelyHeld,
  widelyStripped,
  withoutQuotes,
} from "./approvals.ts";
import type { Piece } from "./automaton.ts";
import type { Changes } from "./changes.ts";
import { ANY } from "./characters.ts";
import type { Family } from "./families.ts";
import { type ListedRule, languageOf } from "./rule-language.ts";
import type { Searches } from "./searches.ts";
import type { Side } from "./side.ts";

/** Calls that `after` approves and that an ask or deny rule of `before` held back. */
export function heldNoLonger(
  family: Family,
  before: Side,
  after: Side,
  changes: Changes,
  searches: Searches,
): void {
  const lifted = holding(family, before).filter((rule) => changes.lifted.has(rule));
  const language = languageOf(family, lifted);
  if (language.patterns.length + language.unmodelled.length === 0) return;
  searches.unmodelled(language);
  const what = "lifted rules";
  const outside = surelyHeld(family, holding(family, after), after.context.client);
  const expanded = withExpansions(family, lifted);
  const core = [{ patterns: [...language.patterns, ...expanded] }];
  // Both sides look through the same prefixes: what is held behind them is held in front of them.
  const rest = searches.find({ family, what, inside: [core], outside });
  if (rest.kind === "none") return;

  const byRules = approvedByRules(family, after.allow, after);
  const byGrants = [...after.grants].flatMap((grant) => approvedByGrant(family, grant, after));
  const approved = [...byRules.patterns, ...byGrants];
  // Nothing but a blanket rule vouches for variables.
  const patterns = approved.includes(family.everything)
    ? [...language.patterns, ...expanded]
    : language.patterns;
  const liftedWidely = [widelyHeld(family, patterns)];
  const quoted = withoutQuotes(family, after.allow);
  searches.extra.push(...irregularSamples(family, after.allow));
  const approvedPlainly = [{ patterns: [...approved, ...quoted, ...approvedByDefault(family, after)] }];
  searches.search({ family, what, inside: [approvedPlainly, liftedWidely], outside });
  if (family.shell) {
    searches.search({ family, what, inside: [[widelyStripped(family, approved)], [{ patterns }]], outside });
    insideScripts(family, approved, rest.kind === "gap" ? rest.gap.words : ["rm x"], searches);
  }
  if (family.name === "Bash") searches.samples.push(...readingSamples(lifted).map(family.call));
  const byDefault = [{ patterns: perhapsApprovedByDefault(family, after) }];
  searches.search({ family, what, inside: [byDefault, liftedWidely], outside, hint: true });
}

/** Commands that lifted rules held back and that may run without any rule, since they only read. */
function readingSamples(lifted: readonly ListedRule[]): string[] {
  return lifted.flatMap(({ parsed }) => {
    if (parsed.kind !== "command" || parsed.tool !== "Bash") return [];
    const { pattern } = parsed;
    if (pattern.kind === "exact") return [pattern.text];
    const texts = new Set(["", "x"].map((between) => pattern.parts.join(between).trim()));
    return pattern.parts[0] === ""
      ? [...texts].flatMap((text) => READERS.map((reader) => `${reader} ${text}`))
      : [...texts];
  });
}

const READERS = ["ls", "echo x", "git log"];

const SHELLS = ["bash", "sh", "zsh", "dash", "ksh"];

/** Deny rules on removals also look into `bash -c '…'`. */
function insideScripts(
  family: Family,
  approved: Piece[][],
  words: readonly string[],
  searches: Searches,
): void {
  const removals = words.filter((word) => /^(?:rm|rmdir)(?: |$)/.test(word));
  if (removals.length === 0) return;
  const script = SHELLS.map((shell): Piece[] => [
    { kind: "text", text: `${shell} -` },
    { kind: "many", of: ANY },
  ]);
  const request = {
    family,
    what: "scripts",
    inside: [[{ patterns: approved }], [{ patterns: script }]],
    outside: [],
  };
  if (searches.find(request).kind === "none") return;
  for (const word of removals) {
    searches.extra.push(...SHELLS.map((shell) => family.call(`${shell} -c '${word.trim()} x'`)));
  }
  searches.reasons.push("a deny rule on removals was lifted, and a shell may be given a script");
}

/** An exact deny or ask rule also sees its command with words in it that expand to nothing. */
export function withExpansions(family: Family, rules: readonly ListedRule[]): Piece[][] {
  if (!family.shell) return [];
  return rules.flatMap(({ list, parsed }): Piece[][] => {
    if (list === "allow" || parsed.kind !== "command" || parsed.tool !== "Bash") return [];
    if (parsed.pattern.kind !== "exact") return [];
    const words = parsed.pattern.text.split(" ");
    return words.map((_, i) => [{ kind: "text", text: words.toSpliced(i + 1, 0, "$x").join(" ") }]);
  });
}
