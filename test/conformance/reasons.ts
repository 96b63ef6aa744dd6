import type { ReportedDisagreement } from "./report.ts";

/**
 * Why a disagreement stays, by what it is about. All but the classifier's are defects of the engine in forms that
 * people hardly write, and a run that finds one should lead to a change.
 */
interface Reason {
  /** All that are given must hold. */
  when: { category?: RegExp; verdict?: string; client?: RegExp; engine?: RegExp; call?: RegExp };
  reason: string;
}

const REASONS: readonly Reason[] = [
  {
    when: { engine: /classifier/ },
    reason: "a classifier decides here, and only sometimes: left undecided",
  },
  {
    when: { category: /^redirections$/ },
    reason:
      "which words of a command the client still sees around redirections in unusual places, and which targets hide the others, is modelled in part",
  },
  {
    when: { category: /^prefixes$/ },
    reason:
      "assignments with quotes, arrays, expansions or redirections among them are cut off by the client in ways that are modelled in part",
  },
  {
    when: { category: /^(?:compounds|quoting)$/ },
    reason:
      "loops, traps, nested substitutions and broken text: the client's own parser gives up at places that are modelled in part",
  },
  {
    when: { category: /^(?:wrappers|simple commands)$/ },
    reason:
      "spellings of wrappers (paths, unknown flags, quoted inner words) that only one list sees through",
  },
  {
    when: { category: /^(?:read-only commands|file commands)$/ },
    reason: "a flag or operand of a program that runs without a rule was not measured alone",
  },
  {
    when: { category: /^(?:modes|precedence|tool globs and parameters|web)$/ },
    reason: "a combination of files, modes or parameters that was not measured alone",
  },
];

/** null: nobody has looked at it yet. */
export function reasonFor(
  one: Pick<ReportedDisagreement, "category" | "verdict" | "clientSaid" | "engineSaid" | "call">,
): string | null {
  const found = REASONS.find(
    ({ when }) =>
      (when.verdict ?? one.verdict) === one.verdict &&
      when.category?.test(one.category) !== false &&
      when.client?.test(one.clientSaid) !== false &&
      when.engine?.test(one.engineSaid) !== false &&
      when.call?.test(one.call) !== false,
  );
  return found?.reason ?? null;
}
