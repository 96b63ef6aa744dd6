import type { Change } from "../../model/change.ts";
import { earlierForm, factsOf, has } from "./changes.ts";
import type { SeenAtCommit } from "./ends.ts";
import type { Clone, HistoryCommit } from "./ports.ts";
import type { BisectedChange, BisectResult, Found, FoundCommit } from "./result.ts";
import { comesAndGoes, firstStep, lastStep, type Step, type Track } from "./search.ts";

/** More of them say nothing more: a value that differs at every commit would list all that were looked at. */
const MOST_PASSING = 20;

export interface Telling {
  linkOf(commit: HistoryCommit): string | null;
  isAlone(change: Change): boolean | null;
}

/** What was seen at which commit. Index 0 is the old commit, 1 the first of the history. */
export class Findings {
  readonly #changes: readonly Change[];
  readonly #history: readonly HistoryCommit[];
  readonly #seen = new Map<number, SeenAtCommit>();

  /** @param changes between the old commit and the last of the history. */
  constructor(changes: readonly Change[], history: readonly HistoryCommit[]) {
    this.#changes = changes;
    this.#history = history;
    this.#seen.set(0, { kind: "changes", changes: [] });
    this.#seen.set(history.length, { kind: "changes", changes });
  }

  commitAt(index: number): string {
    return this.#history[index - 1]!.id;
  }

  add(index: number, seen: SeenAtCommit): void {
    this.#seen.set(index, seen);
  }

  tracks(): Track[] {
    return this.#changes.map((change) => this.#trackOf(change));
  }

  async tell(clone: Clone, telling: Telling): Promise<Pick<BisectResult, "changes" | "passing">> {
    const found: { index: number; told: BisectedChange }[] = [];
    for (const change of this.#changes) {
      const track = this.#trackOf(change);
      const first = firstStep(track);
      const earlier = this.#earlier(change, first.there);
      found.push({
        index: first.there,
        told: {
          change: factsOf(change),
          first: await this.#found(clone, telling, first),
          ...(comesAndGoes(track) && { stays: await this.#found(clone, telling, lastStep(track)) }),
          alone: telling.isAlone(change),
          ...(earlier !== null && { earlier }),
        },
      });
    }
    // Sorting is stable: what one commit makes stays in the order of reports.
    return {
      changes: found.sort((a, b) => a.index - b.index).map(({ told }) => told),
      passing: this.#passing(),
    };
  }

  #trackOf(change: Change): Track {
    return new Map(
      [...this.#seen].map(([index, seen]) => [
        index,
        seen.kind === "unknown" ? "unknown" : has(seen.changes, change) ? "there" : "not",
      ]),
    );
  }

  async #found(clone: Clone, telling: Telling, { without, there }: Step): Promise<Found> {
    const to = await this.#commit(clone, telling, there);
    if (there - without === 1) return { kind: "commit", ...to };
    return {
      kind: "range",
      commits: there - without,
      from: await this.#commit(clone, telling, without + 1),
      to,
      because: this.#because(without, there),
    };
  }

  #because(without: number, there: number): string {
    const reasons = [...this.#seen].flatMap(([index, seen]) =>
      index > without && index < there && seen.kind === "unknown" ? [seen.because] : [],
    );
    const [first = "", ...others] = [...new Set(reasons)];
    return others.length === 0 ? first : `${first} (and ${others.length} more reasons)`;
  }

  async #commit(clone: Clone, { linkOf }: Telling, index: number): Promise<FoundCommit> {
    const commit = this.#history[index - 1]!;
    const [facts] = await clone.facts([commit.id]);
    const { id, author, seconds, subject } = facts!;
    const url = linkOf(commit);
    return {
      ...{ id, author, seconds, subject },
      merged: commit.isMerge ? await clone.merged(commit) : 0,
      ...(url !== null && { url }),
    };
  }

  /** The last that was looked at before the change first appeared, if something stood at its place there. */
  #earlier(change: Change, first: number): NonNullable<BisectedChange["earlier"]> | null {
    for (const [index, seen] of this.#inOrder().reverse()) {
      if (index === 0 || index >= first || seen.kind === "unknown") continue;
      const earlier = earlierForm(seen.changes, change);
      if (earlier !== null) return { commit: this.commitAt(index), change: factsOf(earlier) };
    }
    return null;
  }

  #passing(): BisectResult["passing"] {
    const passing = new Map<string, BisectResult["passing"][number]>();
    for (const [index, seen] of this.#inOrder()) {
      if (seen.kind === "unknown") continue;
      for (const change of seen.changes) {
        const key = `${change.fingerprint} ${change.direction}`;
        const becomesAnother = this.#changes.some(
          (wanted) => has([wanted], change) || earlierForm([change], wanted) !== null,
        );
        if (!becomesAnother && !passing.has(key))
          passing.set(key, { change: factsOf(change), seenAt: this.commitAt(index) });
      }
    }
    return [...passing.values()].slice(0, MOST_PASSING);
  }

  #inOrder(): [number, SeenAtCommit][] {
    return [...this.#seen].sort(([a], [b]) => a - b);
  }
}
