import type { CharacterSet } from "./characters.ts";

/** What patterns are made of; a pattern is a sequence of pieces. */
export type Piece =
  | { kind: "text"; text: string }
  /** Any number of characters of the set, also none. */
  | { kind: "many"; of: CharacterSet }
  | { kind: "one"; of: CharacterSet }
  /** The pieces, or nothing. */
  | { kind: "optional"; pieces: readonly Piece[] }
  /** The pieces, once or more often. */
  | { kind: "repeated"; pieces: readonly Piece[] };

/**
 * A nondeterministic automaton over UTF-16 code units in flat arrays. Patterns with a common beginning share its
 * states. Edges of state `s` are `firstEdge[s] … firstEdge[s + 1] - 1`, sorted by code; edges over sets likewise.
 */
export interface Automaton {
  states: number;
  /** Where reading begins, silent steps included. */
  starts: readonly number[];
  firstEdge: Int32Array;
  edgeCode: Int32Array;
  edgeTarget: Int32Array;
  firstSetEdge: Int32Array;
  setEdgeSet: Int32Array;
  setEdgeTarget: Int32Array;
  sets: readonly CharacterSet[];
  accepting: Uint8Array;
  /** Accepts whatever follows. */
  total: Uint8Array;
  /** States reachable in silence, the state itself included; states that only pass on are left out. */
  firstSilent: Int32Array;
  silent: Int32Array;
}

/** First edge of `state` with a code of at least `code`. */
export function edgeIndex(automaton: Automaton, state: number, code: number): number {
  let low = automaton.firstEdge[state]!;
  let high = automaton.firstEdge[state + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (automaton.edgeCode[middle]! < code) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls `visit` with every state that reading `code` in `state` can lead to, silent steps included. */
export function forEachSuccessor(
  automaton: Automaton,
  state: number,
  code: number,
  visit: (state: number) => void,
): void {
  const end = automaton.firstEdge[state + 1]!;
  for (let e = edgeIndex(automaton, state, code); e < end && automaton.edgeCode[e] === code; e++) {
    forEachSilent(automaton, automaton.edgeTarget[e]!, visit);
  }
  for (let e = automaton.firstSetEdge[state]!; e < automaton.firstSetEdge[state + 1]!; e++) {
    if (automaton.sets[automaton.setEdgeSet[e]!]!.has(code)) {
      forEachSilent(automaton, automaton.setEdgeTarget[e]!, visit);
    }
  }
}

function forEachSilent(automaton: Automaton, state: number, visit: (state: number) => void): void {
  for (let i = automaton.firstSilent[state]!; i < automaton.firstSilent[state + 1]!; i++) {
    visit(automaton.silent[i]!);
  }
}

/** Does it accept the text? For filters and tests; the search does not use it. */
export function accepts(automaton: Automaton, text: string): boolean {
  let current = new Set(automaton.starts);
  for (let i = 0; i < text.length && current.size > 0; i++) {
    const next = new Set<number>();
    for (const state of current) {
      if (automaton.total[state] === 1) return true;
      forEachSuccessor(automaton, state, text.charCodeAt(i), (to) => next.add(to));
    }
    current = next;
  }
  for (const state of current) if (automaton.accepting[state] === 1) return true;
  return false;
}
