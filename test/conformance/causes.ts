import { VERDICTS } from "./compare.ts";
import type { Compared } from "./run.ts";

/** Disagreements that are likely to have one root cause, and how many there were. */
export interface Cause {
  shape: string;
  cases: number;
  /** The shortest ones. */
  examples: Compared[];
}

const EXAMPLES = 2;

/** Groups by what both sides gave as their reason; the worst first, then the most frequent, then by text. */
export function groupByCause(disagreements: readonly Compared[]): Cause[] {
  const causes = new Map<string, Compared[]>();
  for (const compared of disagreements) {
    const shape = shapeOf(compared);
    const list = causes.get(shape);
    if (list === undefined) causes.set(shape, [compared]);
    else list.push(compared);
  }
  return [...causes]
    .map(([shape, list]) => ({
      shape,
      cases: list.length,
      examples: list.sort((a, b) => length(a) - length(b)).slice(0, EXAMPLES),
    }))
    .sort(byWeight);
}

function byWeight(a: Cause, b: Cause): number {
  const verdict = (cause: Cause): number => VERDICTS.indexOf(cause.examples[0]!.verdict);
  return verdict(a) - verdict(b) || b.cases - a.cases || (a.shape < b.shape ? -1 : 1);
}

/** Causes whose smallest examples turned out to be the same belong together. */
export function joinEqualExamples(causes: readonly Cause[]): Cause[] {
  const joined = new Map<string, Cause>();
  for (const cause of causes) {
    const example = cause.examples[0]!;
    const key = JSON.stringify([example.client, example.verdict, example.rules, example.call]);
    const same = joined.get(key);
    if (same === undefined) joined.set(key, { ...cause });
    else joined.set(key, { ...same, cases: same.cases + cause.cases });
  }
  return [...joined.values()].sort(byWeight);
}

function length({ call, rules }: Compared): number {
  return call.argument.length + JSON.stringify(rules.files).length;
}

/** Where the cause is what a program's flags mean, the program is part of the shape. */
const BY_PROGRAM = new Set(["simple commands", "read-only commands", "file commands"]);

/** What two disagreements of one cause have in common: what both sides say, without the words of the case. */
export function shapeOf({ category, client, verdict, call, answer, result }: Compared): string {
  const program = BY_PROGRAM.has(category) && call.tool === "Bash" ? programOf(call.argument) : "";
  const said = "reason" in answer ? (answer.reason ?? "") : answer.kind;
  return [
    client,
    verdict,
    call.tool,
    program,
    plain(result.reason, call.argument),
    plain(said, call.argument),
  ].join(" / ");
}

function programOf(line: string): string {
  const [program, subcommand] = line.trim().split(/\s+/);
  return program === "git" ? `git ${subcommand ?? ""}` : (program ?? "");
}

/** A reason without the texts of this one case. */
function plain(reason: string, argument: string): string {
  const words = new Set(argument.toLowerCase().match(/[a-z]+/g) ?? []);
  return reason
    .split(/\s+/)
    .filter((word) => /^[a-z',;:]+$/i.test(word) && !words.has(word.toLowerCase()))
    .slice(0, 12)
    .join(" ");
}
