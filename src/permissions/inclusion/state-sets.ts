import { type Automaton, forEachSuccessor } from "./automaton.ts";

/**
 * The sets of states that an automaton can be in, each known by one number, with their moves remembered. Set 0 is
 * the empty one: what has been read so far begins no accepted text.
 */
export class StateSets {
  private readonly members: Int32Array[] = [];
  private readonly byHash = new Map<number, number[]>();
  /** Known moves of each set, as a list: code and target of move `m`, and the next move of the same set. */
  private readonly firstMove: number[] = [];
  private readonly nextMove: number[] = [];
  private readonly moveCode: number[] = [];
  private readonly moveTarget: number[] = [];
  private readonly acceptingSets: boolean[] = [];
  private readonly totalSets: boolean[] = [];
  private readonly stamp: Int32Array;
  private stampNow = 0;
  readonly start: number;

  constructor(readonly automaton: Automaton) {
    this.stamp = new Int32Array(automaton.states);
    this.intern([]);
    this.start = this.intern([...new Set(automaton.starts)]);
  }

  states(set: number): Int32Array {
    return this.members[set]!;
  }

  isAccepting(set: number): boolean {
    return this.acceptingSets[set]!;
  }

  /** Whatever follows is accepted. */
  isTotal(set: number): boolean {
    return this.totalSets[set]!;
  }

  move(set: number, code: number): number {
    if (set === 0) return 0;
    for (let m = this.firstMove[set]!; m >= 0; m = this.nextMove[m]!) {
      if (this.moveCode[m] === code) return this.moveTarget[m]!;
    }
    const reached: number[] = [];
    this.stampNow++;
    for (const state of this.members[set]!) {
      forEachSuccessor(this.automaton, state, code, (to) => {
        if (this.stamp[to] === this.stampNow) return;
        this.stamp[to] = this.stampNow;
        reached.push(to);
      });
    }
    const target = this.intern(reached);
    this.nextMove.push(this.firstMove[set]!);
    this.moveCode.push(code);
    this.firstMove[set] = this.moveTarget.push(target) - 1;
    return target;
  }

  isSubset(small: number, large: number): boolean {
    if (small === large || small === 0) return true;
    const a = this.members[small]!;
    const b = this.members[large]!;
    if (a.length > b.length) return false;
    for (let i = 0, j = 0; i < a.length; i++, j++) {
      while (j < b.length && b[j]! < a[i]!) j++;
      if (j === b.length || b[j] !== a[i]) return false;
    }
    return true;
  }

  private intern(states: number[]): number {
    const sorted = new Int32Array(states);
    if (!isAscending(sorted)) sorted.sort();
    let hash = 17;
    for (const state of sorted) hash = (Math.imul(hash, 31) + state) | 0;
    const bucket = this.byHash.get(hash);
    const known = bucket?.find((id) => sameElements(this.members[id]!, sorted));
    if (known !== undefined) return known;
    const id = this.members.push(sorted) - 1;
    const { accepting, total } = this.automaton;
    this.firstMove.push(-1);
    this.acceptingSets.push(sorted.some((state) => accepting[state] === 1));
    this.totalSets.push(sorted.some((state) => total[state] === 1));
    if (bucket === undefined) this.byHash.set(hash, [id]);
    else bucket.push(id);
    return id;
  }
}

function isAscending(states: Int32Array): boolean {
  for (let i = 1; i < states.length; i++) if (states[i]! < states[i - 1]!) return false;
  return true;
}

function sameElements(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
