import type { Automaton, Piece } from "./automaton.ts";
import { ANY, type CharacterSet } from "./characters.ts";
import { IntegerList } from "./integer-list.ts";

const NO_STATE = -1;
const NO_LABEL = -1;
/** Labels behind all code units: two for each set of characters. Optional parts count down from below `NO_LABEL`. */
const FIRST_SET_LABEL = 0x10000;

export class AutomatonBuilder {
  private readonly from = new IntegerList();
  private readonly code = new IntegerList();
  private readonly to = new IntegerList();
  private readonly setFrom = new IntegerList();
  private readonly setIndex = new IntegerList();
  private readonly setTo = new IntegerList();
  private readonly silentSteps: (number[] | null)[] = [];
  private readonly accepts = new IntegerList();
  private readonly sets: CharacterSet[] = [];
  private readonly setKeys = new Map<string, number>();
  /** Each state made by a label of its parent: the parent's children form a list. */
  private readonly firstChild = new IntegerList();
  private readonly nextSibling = new IntegerList();
  private readonly labelOf = new IntegerList();
  private readonly groupLabels = new Map<string, number>();
  readonly start = this.state();

  state(): number {
    this.firstChild.push(NO_STATE);
    this.nextSibling.push(NO_STATE);
    this.labelOf.push(NO_LABEL);
    this.silentSteps.push(null);
    return this.accepts.push(0) - 1;
  }

  accept(state: number): void {
    this.accepts.set(state, 1);
  }

  step(from: number, code: number, to: number): void {
    this.from.push(from);
    this.code.push(code);
    this.to.push(to);
  }

  stepOver(from: number, set: CharacterSet, to: number): void {
    this.setFrom.push(from);
    this.setIndex.push(this.indexOfSet(set));
    this.setTo.push(to);
  }

  silently(from: number, to: number): void {
    const steps = this.silentSteps[from];
    if (steps) steps.push(to);
    else this.silentSteps[from] = [to];
  }

  /** Adds a pattern that begins at `from`. */
  pattern(pieces: readonly Piece[], from = this.start): void {
    this.accept(this.path(pieces, from));
  }

  /** The state after the pieces; the same pieces from the same state end in the same state. */
  path(pieces: readonly Piece[], from: number): number {
    let at = from;
    for (const piece of pieces) at = this.piece(piece, at);
    return at;
  }

  private piece(piece: Piece, from: number): number {
    switch (piece.kind) {
      case "text": {
        let at = from;
        for (let i = 0; i < piece.text.length; i++) at = this.letter(at, piece.text.charCodeAt(i));
        return at;
      }
      case "many":
        return this.child(from, FIRST_SET_LABEL + 2 * this.indexOfSet(piece.of), (to) => {
          this.silently(from, to);
          this.stepOver(to, piece.of, to);
        });
      case "one":
        return this.child(from, FIRST_SET_LABEL + 2 * this.indexOfSet(piece.of) + 1, (to) =>
          this.stepOver(from, piece.of, to),
        );
      case "optional":
        return this.child(from, this.groupLabel(piece), (to) => {
          this.silently(from, to);
          this.silently(this.path(piece.pieces, this.branch(from)), to);
        });
      case "repeated":
        return this.child(from, this.groupLabel(piece), (to) => {
          const first = this.branch(from);
          const last = this.path(piece.pieces, first);
          this.silently(last, first);
          this.silently(last, to);
        });
    }
  }

  /** A private beginning, so that loops inside a group cannot be entered from elsewhere. */
  private branch(from: number): number {
    const to = this.state();
    this.silently(from, to);
    return to;
  }

  private letter(from: number, code: number): number {
    const known = this.childOf(from, code);
    if (known !== NO_STATE) return known;
    const to = this.newChild(from, code);
    this.step(from, code, to);
    return to;
  }

  private indexOfSet(set: CharacterSet): number {
    let index = this.setKeys.get(set.key);
    if (index === undefined) {
      index = this.sets.push(set) - 1;
      this.setKeys.set(set.key, index);
    }
    return index;
  }

  private groupLabel({ kind, pieces }: Extract<Piece, { pieces: unknown }>): number {
    const key = `${kind} ${keyOfPieces(pieces)}`;
    const label = this.groupLabels.get(key) ?? NO_LABEL - 1 - this.groupLabels.size;
    this.groupLabels.set(key, label);
    return label;
  }

  private child(from: number, label: number, connect: (to: number) => void): number {
    const known = this.childOf(from, label);
    if (known !== NO_STATE) return known;
    const to = this.newChild(from, label);
    connect(to);
    return to;
  }

  private childOf(from: number, label: number): number {
    let child = this.firstChild.get(from);
    while (child !== NO_STATE && this.labelOf.get(child) !== label) child = this.nextSibling.get(child);
    return child;
  }

  private newChild(from: number, label: number): number {
    const to = this.state();
    this.labelOf.set(to, label);
    this.nextSibling.set(to, this.firstChild.get(from));
    this.firstChild.set(from, to);
    return to;
  }

  build(): Automaton {
    const states = this.accepts.length;
    const letters = grouped(states, this.from.toArray(), this.code.toArray(), this.to.toArray());
    sortEachGroup(letters);
    const overSets = grouped(states, this.setFrom.toArray(), this.setIndex.toArray(), this.setTo.toArray());
    const accepting = new Uint8Array(this.accepts.toArray());
    const useful = (state: number) =>
      accepting[state] === 1 ||
      letters.first[state] !== letters.first[state + 1] ||
      overSets.first[state] !== overSets.first[state + 1];
    const silent = this.closures(states, useful);
    const acceptsSilently = (state: number) =>
      silent.all.subarray(silent.first[state]!, silent.first[state + 1]!).some((at) => accepting[at] === 1);
    const total = new Uint8Array(states);
    for (let state = 0; state < states; state++) {
      for (let e = overSets.first[state]!; e < overSets.first[state + 1]!; e++) {
        const isLoop = overSets.target[e] === state && this.sets[overSets.label[e]!]!.key === ANY.key;
        if (isLoop && acceptsSilently(state)) total[state] = 1;
      }
    }
    return {
      states,
      starts: [...silent.all.subarray(silent.first[this.start]!, silent.first[this.start + 1]!)],
      firstEdge: letters.first,
      edgeCode: letters.label,
      edgeTarget: letters.target,
      firstSetEdge: overSets.first,
      setEdgeSet: overSets.label,
      setEdgeTarget: overSets.target,
      sets: this.sets,
      accepting,
      total,
      firstSilent: silent.first,
      silent: silent.all,
    };
  }

  private closures(states: number, useful: (state: number) => boolean) {
    const first = new Int32Array(states + 1);
    const all = new IntegerList();
    const reachedFrom = new Int32Array(states).fill(NO_STATE);
    for (let state = 0; state < states; state++) {
      first[state] = all.length;
      if (this.silentSteps[state] === null) {
        all.push(state);
        continue;
      }
      const reached = [state];
      reachedFrom[state] = state;
      for (const at of reached) {
        for (const next of this.silentSteps[at] ?? []) {
          if (reachedFrom[next] === state) continue;
          reachedFrom[next] = state;
          reached.push(next);
        }
      }
      for (const at of reached) if (useful(at)) all.push(at);
    }
    first[states] = all.length;
    return { first, all: all.toArray() };
  }
}

const knownKeys = new WeakMap<readonly Piece[], string>();

/** Most groups are one and the same constant. */
function keyOfPieces(pieces: readonly Piece[]): string {
  const known = knownKeys.get(pieces);
  if (known !== undefined) return known;
  const key = pieceKeys(pieces);
  knownKeys.set(pieces, key);
  return key;
}

function pieceKeys(pieces: readonly Piece[]): string {
  return JSON.stringify(
    pieces.map((piece) => {
      switch (piece.kind) {
        case "text":
          return piece.text;
        case "optional":
        case "repeated":
          return [piece.kind, pieceKeys(piece.pieces)];
        default:
          return [piece.kind, piece.of.key];
      }
    }),
  );
}

interface Groups {
  first: Int32Array;
  label: Int32Array;
  target: Int32Array;
}

function grouped(states: number, from: Int32Array, labels: Int32Array, to: Int32Array): Groups {
  const first = new Int32Array(states + 1);
  for (const state of from) first[state + 1]!++;
  for (let state = 0; state < states; state++) first[state + 1]! += first[state]!;
  const next = first.slice();
  const label = new Int32Array(from.length);
  const target = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const at = next[from[i]!]!++;
    label[at] = labels[i]!;
    target[at] = to[i]!;
  }
  return { first, label, target };
}

/** Insertion sort: the groups are short, except for the first few states of large lists. */
function sortEachGroup({ first, label, target }: Groups): void {
  for (let group = 0; group + 1 < first.length; group++) {
    const begin = first[group]!;
    for (let i = begin + 1; i < first[group + 1]!; i++) {
      const code = label[i]!;
      const to = target[i]!;
      let j = i - 1;
      for (; j >= begin && label[j]! > code; j--) {
        label[j + 1] = label[j]!;
        target[j + 1] = target[j]!;
      }
      label[j + 1] = code;
      target[j + 1] = to;
    }
  }
}
