import { type Automaton, edgeIndex, forEachSuccessor } from "./automaton.ts";
import { isWordCode, representatives } from "./characters.ts";
import { StateSets } from "./state-sets.ts";

/** Steps that searches may still take; shared by all searches that answer one question. */
export interface Budget {
  left: number;
}

/**
 * Texts that every automaton of `inside` accepts and none of `outside` does, shortest first. When it ends by
 * itself with `exhausted` false and has given no text, there is none. Stops when the budget is used up.
 *
 * A node is one state of each automaton of `inside` with the set of states `outside` can be in. A node is dropped
 * when one with the same states and a subset of that set was seen before: whatever the dropped one leads to, the
 * other leads to no later (antichain pruning). So the texts after the first are a selection, not all.
 */
export class WordSearch {
  exhausted = false;
  private readonly sets: StateSets;
  private readonly tuples: TupleTable;
  private readonly parent: number[] = [];
  private readonly letter: number[] = [];
  private readonly tuple: number[] = [];
  private readonly set: number[] = [];
  private readonly seen: number[][] = [];

  constructor(
    private readonly inside: readonly Automaton[],
    outside: Automaton,
    private readonly budget: Budget,
    /** Without pruning it gives many texts and, on infinite languages, never ends: only for a small budget. */
    private readonly options: { prune: boolean },
  ) {
    this.sets = new StateSets(outside);
    this.tuples = new TupleTable(inside);
  }

  *words(): Generator<string, void> {
    this.addProduct(
      this.inside.map((automaton) => automaton.starts),
      this.sets.start,
      -1,
      0,
    );
    for (let node = 0; node < this.parent.length; node++) {
      const tuple = this.tuple[node]!;
      const set = this.set[node]!;
      if (this.tuples.isAccepting(tuple) && !this.sets.isAccepting(set)) yield this.text(node);
      if (!this.expand(node, tuple, set)) {
        this.exhausted = true;
        return;
      }
    }
  }

  /** false: the budget is used up. */
  private expand(node: number, tuple: number, set: number): boolean {
    const states = this.tuples.states(tuple);
    for (const code of this.letters(states, set)) {
      this.budget.left -= 1;
      if (this.budget.left < 0) return false;
      const reached = this.successors(states, code);
      if (reached === null) continue;
      const next = this.sets.move(set, code);
      if (!this.sets.isTotal(next)) this.addProduct(reached, next, node, code);
    }
    return true;
  }

  /** Where the letter leads from each of the states; null when it leads nowhere from one of them. */
  private successors(states: readonly number[], code: number): number[][] | null {
    const reached: number[][] = [];
    for (let i = 0; i < states.length; i++) {
      const targets: number[] = [];
      forEachSuccessor(this.inside[i]!, states[i]!, code, (to) => targets.push(to));
      if (targets.length === 0) return null;
      reached.push(targets);
    }
    return reached;
  }

  /** Adds every choice of one state from each list; `chosen` is filled from its position `at` on. */
  private addProduct(
    choices: readonly (readonly number[])[],
    set: number,
    parent: number,
    code: number,
    chosen: number[] = [],
    at = 0,
  ): void {
    if (at === choices.length) {
      this.add(this.tuples.intern(chosen), set, parent, code);
      return;
    }
    for (const state of choices[at]!) {
      chosen[at] = state;
      this.addProduct(choices, set, parent, code, chosen, at + 1);
    }
  }

  private add(tuple: number, set: number, parent: number, code: number): void {
    const before = this.options.prune ? this.seen[tuple] : undefined;
    if (!this.options.prune) this.seen[tuple] = [];
    else if (before === undefined) this.seen[tuple] = [set];
    else {
      for (const other of before) {
        this.budget.left -= 1 + (this.sets.states(other).length >> 3);
        if (this.sets.isSubset(other, set)) return;
      }
      this.seen[tuple] = [...before.filter((other) => !this.sets.isSubset(set, other)), set];
      this.budget.left -= before.length >> 2;
    }
    this.parent.push(parent);
    this.letter.push(code);
    this.tuple.push(tuple);
    this.set.push(set);
  }

  /** Letters worth reading: those that something distinguishes, and one of each zone for all others. */
  private letters(states: readonly number[], set: number): readonly number[] {
    const literal = this.mostConstrained(states);
    if (literal !== null) return literal;
    const taken = new Set<number>();
    for (let i = 0; i < states.length; i++) collect(this.inside[i]!, states[i]!, taken);
    for (const state of this.sets.states(set)) collect(this.sets.automaton, state, taken);
    const [word, ...others] = representatives(taken);
    const words = [...taken].filter(isWordCode).sort((a, b) => a - b);
    const rest = [...taken].filter((code) => !isWordCode(code)).sort((a, b) => a - b);
    return word === undefined ? [...words, ...rest, ...others] : [word, ...words, ...rest, ...others];
  }

  /** The letters of a state that knows only single letters: no other one needs to be tried. */
  private mostConstrained(states: readonly number[]): number[] | null {
    let best: number[] | null = null;
    for (let i = 0; i < states.length; i++) {
      const automaton = this.inside[i]!;
      const state = states[i]!;
      if (automaton.firstSetEdge[state] !== automaton.firstSetEdge[state + 1]) continue;
      const codes: number[] = [];
      for (let e = automaton.firstEdge[state]!; e < automaton.firstEdge[state + 1]!; e++) {
        if (codes[codes.length - 1] !== automaton.edgeCode[e]) codes.push(automaton.edgeCode[e]!);
      }
      if (best === null || codes.length < best.length) best = codes;
    }
    return best;
  }

  private text(node: number): string {
    const codes: number[] = [];
    for (let at = node; this.parent[at]! >= 0; at = this.parent[at]!) codes.push(this.letter[at]!);
    return codes.reverse().reduce((text, code) => text + String.fromCharCode(code), "");
  }
}

function collect(automaton: Automaton, state: number, into: Set<number>): void {
  const end = automaton.firstEdge[state + 1]!;
  for (let e = edgeIndex(automaton, state, 0); e < end; e++) into.add(automaton.edgeCode[e]!);
  for (let e = automaton.firstSetEdge[state]!; e < automaton.firstSetEdge[state + 1]!; e++) {
    for (const code of automaton.sets[automaton.setEdgeSet[e]!]!.marks) into.add(code);
  }
}

/** Numbers for tuples of states, one of each automaton; a single state is its own number. */
class TupleTable {
  private readonly ids = new Map<number | string, number>();
  private readonly members: (readonly number[])[] = [];
  private readonly fits: boolean;

  constructor(private readonly automata: readonly Automaton[]) {
    this.fits = automata.reduce((product, a) => product * a.states, 1) <= Number.MAX_SAFE_INTEGER;
  }

  intern(states: readonly number[]): number {
    if (states.length === 1) return states[0]!;
    const key = this.fits
      ? states.reduce((sum, state, i) => sum * this.automata[i]!.states + state, 0)
      : states.join();
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.members.push([...states]) - 1;
    this.ids.set(key, id);
    return id;
  }

  states(tuple: number): readonly number[] {
    return this.automata.length === 1 ? [tuple] : this.members[tuple]!;
  }

  isAccepting(tuple: number): boolean {
    return this.states(tuple).every((state, i) => this.automata[i]!.accepting[state] === 1);
  }
}
