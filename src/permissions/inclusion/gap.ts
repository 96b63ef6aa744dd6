import { type Call, formatCall } from "../../model/permission.ts";
import { PROBES, type Probe, RANKED_PROBES } from "../probes/index.ts";
import type { Search } from "../types.ts";
import { type Automaton, accepts } from "./automaton.ts";
import { outranksWildcards } from "./commands.ts";
import type { Family } from "./families.ts";
import { type Budget, WordSearch } from "./search.ts";

/** Where one language sticks out of another, as far as automata can tell: some of its texts. */
export interface Gap {
  family: Family;
  inside: readonly Automaton[];
  outside: Automaton;
  words: string[];
  /** Nobody knows that a call of this gap exists: without a verified one it is not held against the answer. */
  hint?: true;
}

/** `open`: the budget ended before a text was found or excluded. */
export type GapSearch = { kind: "none" } | { kind: "open" } | { kind: "gap"; gap: Gap };

const WORDS_PER_GAP = 24;

export function findGap(
  family: Family,
  inside: readonly Automaton[],
  outside: Automaton,
  budget: Budget,
): GapSearch {
  const search = new WordSearch(inside, outside, budget, { prune: true });
  const words: string[] = [];
  for (const word of search.words()) {
    words.push(word);
    if (words.length === WORDS_PER_GAP) break;
  }
  if (words.length > 0) return { kind: "gap", gap: { family, inside, outside, words } };
  return search.exhausted ? { kind: "open" } : { kind: "none" };
}

/** Where to look for a call. */
export interface Tries {
  gaps: readonly Gap[];
  /** Calls that stand for what no text tells: feared calls that are like them are tried first. */
  extra: readonly Call[];
  /** Calls that stand for themselves. */
  samples: readonly Call[];
}

/** The question as the matcher answers it for one call. */
export type Verify = (call: Call) => boolean;

/** The worst call of the catalogue that lies in a gap, else a short readable one; null when none can be verified. */
export function witnessOf(
  { gaps, extra, samples }: Tries,
  probes: readonly Probe[],
  verify: Verify,
): Search | null {
  const byWords = gaps.filter((gap) => gap.hint !== true);
  for (const probe of [...RANKED_PROBES, ...probes]) {
    const likely = gaps.some((gap) => liesWithin(gap, probe.call)) || isLikeOneOf(extra, probe.call);
    if (likely && verify(probe.call) && !provesLess(probe.call, verify)) {
      return { kind: "found", call: probe.call, severity: probe.severity };
    }
  }
  for (const gap of [...byWords, ...gaps]) {
    for (const text of new Set(gap.words.flatMap((word) => readableFirst(word, gap.family)))) {
      const call = gap.family.call(text);
      if (verify(call)) return found(call);
    }
  }
  for (const call of [...extra, ...samples]) if (verify(call)) return found(call);
  for (const gap of byWords) {
    for (const word of moreWords(gap)) {
      const call = gap.family.call(word);
      if (verify(call)) return found(call);
    }
  }
  return null;
}

/**
 * Extra calls stand for what no text tells. Commands are like them that have shell syntax or parameters, or begin with
 * the same word.
 */
function isLikeOneOf(extra: readonly Call[], { tool, argument, parameters }: Call): boolean {
  const ofTool = extra.filter((call) => call.tool === tool);
  if (ofTool.length === 0 || !COMMAND_TOOLS.has(tool)) return ofTool.length > 0;
  if (parameters !== undefined || outranksWildcards({ kind: "exact", text: argument })) return true;
  return ofTool.some((call) => firstWord(call.argument) === firstWord(argument));
}

function firstWord(text: string): string {
  return text.split(" ", 1)[0]!;
}

/** A parameter says something only where the call without it would not do. */
function provesLess({ tool, argument, parameters }: Call, verify: Verify): boolean {
  return parameters !== undefined && verify({ tool, argument });
}

function found(call: Call): Search {
  const known = PROBES.find((probe) => formatCall(probe.call) === formatCall(call));
  return { kind: "found", call, severity: known?.severity ?? null };
}

function liesWithin(gap: Gap, call: Call): boolean {
  const text = gap.family.textOf(call);
  return text !== null && gap.inside.every((automaton) => accepts(automaton, text));
}

/** `git x` says more than `git`, and a file more than its directory. */
function readableFirst(word: string, family: Family): string[] {
  if (COMMAND_TOOLS.has(family.name)) {
    if (word === "") return ["x", "echo x", word];
    const trimmed = word.trimEnd();
    // Where the client runs a program by itself, arguments from elsewhere or globs are what a rule adds.
    const added = [
      ` ${trimmed}`.replace(/ {2,}/g, " x ").trim(),
      ` ${trimmed} `.replace(/ {2,}/g, " x ").replace(/^ /, "x "),
      `${trimmed} *`,
      `${trimmed} --x`,
      `${trimmed} x y`,
      `xargs ${trimmed} x`,
      `xargs ${trimmed}`,
    ];
    // `/make` is where no program lies.
    const installed = trimmed.startsWith("/") ? [`/usr/bin${trimmed} x`, `/usr/bin${trimmed}`] : [];
    return [...installed, `${trimmed} x`, trimmed, word, ...added];
  }
  if (/(?:__|\/)$/.test(word)) return [`${word}x`, word];
  // `*.pem` is about files that have a name.
  return [word.replace(/\/\.([^/]*)$/, "/x.$1"), word, `${word}x`];
}

const COMMAND_TOOLS = new Set(["Bash", "PowerShell", "Monitor"]);

const MORE_WORDS = 100;
const MORE_STEPS = 20_000;

/** Texts that pruning left out. */
function* moreWords(gap: Gap): Generator<string, void> {
  const search = new WordSearch(gap.inside, gap.outside, { left: MORE_STEPS }, { prune: false });
  let count = 0;
  for (const word of search.words()) {
    yield word;
    if (++count === MORE_WORDS) return;
  }
}
