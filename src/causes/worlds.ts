import { compareText } from "../model/order.ts";
import type { Answer, Ask, Counterfactual } from "./counterfactual.ts";
import { EDIT } from "./elements.ts";

/** Rows of the inputs table, and the edit, that are as after the change. */
export type Atoms = readonly string[];

/** Whether a change is there in a world that never was. */
export type Truth = "yes" | "no" | "unknown";

/** A search yields what it has to know before it can go on; so many searches can ask at once. */
export type Search<Result> = Generator<readonly Atoms[], Result, void>;

/** What looking for sets of elements may cost, over all changes of a check. */
const SEARCHED_MAX = 64;

/** All that was asked so far. */
export class Worlds {
  readonly #ask: Ask;
  readonly #searched = new Set<string>();
  readonly #answers = new Map<string, { atoms: ReadonlySet<string>; answer: Answer }>();

  constructor(ask: Ask, known: readonly { atoms: Atoms; answer: Answer }[]) {
    this.#ask = ask;
    for (const { atoms, answer } of known) this.#remember(atoms, answer);
  }

  /** Whether all this may be asked in a search; false when it would cost more than is left. */
  spend(questions: readonly Atoms[]): boolean {
    const open = questions.map(keyOf).filter((key) => !this.#answers.has(key) && !this.#searched.has(key));
    if (this.#searched.size + open.length > SEARCHED_MAX) return false;
    for (const key of open) this.#searched.add(key);
    return true;
  }

  truth(atoms: Atoms, effect: string): Truth {
    const { answer } = this.#answers.get(keyOf(atoms))!;
    if (answer.kind === "unknown") return "unknown";
    return answer.effects.has(effect) ? "yes" : "no";
  }

  whyUnknown(atoms: Atoms): string | null {
    const answer = this.#answers.get(keyOf(atoms))?.answer;
    return answer?.kind === "unknown" ? answer.because : null;
  }

  /** Worlds in which less than this moved, and of which nobody could say what they are like. */
  unknownBelow(atoms: Atoms): { atoms: ReadonlySet<string>; because: string }[] {
    const all = new Set(atoms);
    return [...this.#answers.values()].flatMap(({ atoms: some, answer }) =>
      answer.kind === "unknown" && some.size < all.size && [...some].every((atom) => all.has(atom))
        ? [{ atoms: some, because: answer.because }]
        : [],
    );
  }

  /** Runs the searches side by side: what they want to know at the same time is asked in one batch. */
  async conduct<Result>(searches: readonly Search<Result>[]): Promise<Result[]> {
    const results: Result[] = [];
    let running = searches.map((search, index) => ({ search, index }));
    while (running.length > 0) {
      const questions: Atoms[] = [];
      const waiting: typeof running = [];
      for (const one of running) {
        const step = one.search.next();
        if (step.done) results[one.index] = step.value;
        else {
          questions.push(...step.value);
          waiting.push(one);
        }
      }
      await this.#learn(questions);
      running = waiting;
    }
    return results;
  }

  async #learn(questions: readonly Atoms[]): Promise<void> {
    const open = new Map(questions.map((atoms) => [keyOf(atoms), atoms]));
    for (const key of open.keys()) if (this.#answers.has(key)) open.delete(key);
    if (open.size === 0) return;
    const batch = [...open.values()];
    const answers = await this.#ask(batch.map(counterfactualOf));
    batch.forEach((atoms, index) => {
      this.#remember(atoms, answers[index]!);
    });
  }

  #remember(atoms: Atoms, answer: Answer): void {
    this.#answers.set(keyOf(atoms), { atoms: new Set(atoms), answer });
  }
}

export function counterfactualOf(atoms: Atoms): Counterfactual {
  return {
    source: atoms.includes(EDIT) ? "after" : "before",
    moved: [...new Set(atoms)].filter((atom) => atom !== EDIT).sort(compareText),
  };
}

/** Equal for equal sets. */
export function keyOf(atoms: Atoms): string {
  return JSON.stringify([...new Set(atoms)].sort(compareText));
}
