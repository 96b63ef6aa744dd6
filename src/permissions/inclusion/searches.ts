import type { Call } from "../../model/permission.ts";
import type { Automaton, Piece } from "./automaton.ts";
import type { Family } from "./families.ts";
import { findGap, type Gap, type GapSearch } from "./gap.ts";
import { automatonOf, type Language, type LanguagePart } from "./rule-language.ts";
import type { Budget } from "./search.ts";

/** What all searches came to: gaps to be verified, and why nothing may be concluded without a verified call. */
export interface Gaps {
  gaps: Gap[];
  /** Calls worth trying that no automaton gives, and what is like them: they stand for what no text tells. */
  extra: Call[];
  /** Calls worth trying that stand for nothing but themselves. */
  samples: Call[];
  reasons: string[];
}

/** Only calls that this automaton accepts in the family; null: no limit. */
export type Within = (family: Family) => Automaton | null;

export interface SearchRequest {
  family: Family;
  /** In words, for the reason when the budget ends: "new approvals". */
  what: string;
  /** Languages that a text must be in, all of them. */
  inside: readonly (readonly LanguagePart[])[];
  outside: readonly LanguagePart[];
  /** Nobody knows whether calls of this gap exist: it is tried, and not held against the answer. */
  hint?: boolean;
}

/** The searches that answer one question. Families with equal languages (the path tools) are searched once. */
export class Searches implements Gaps {
  readonly gaps: Gap[] = [];
  readonly extra: Call[] = [];
  readonly samples: Call[] = [];
  readonly reasons: string[] = [];
  private readonly solved = new Map<string, GapSearch>();

  constructor(
    readonly budget: Budget,
    private readonly within: Within = () => null,
    private readonly shelf: Shelf = new Shelf(),
  ) {}

  /** Searches without a word in the answer. */
  find(request: SearchRequest): GapSearch {
    return this.run(request);
  }

  search(request: SearchRequest): GapSearch["kind"] {
    const { family, what, hint } = request;
    const result = this.run(request);
    if (result.kind === "gap") this.gaps.push({ ...result.gap, family, ...(hint === true && { hint }) });
    if (result.kind === "open" && hint !== true) {
      this.reasons.push(`the search for ${what} of ${family.name} reached its limit of steps`);
    }
    return result.kind;
  }

  /** Rules that could not be expressed: without a verified call nothing is known. */
  unmodelled({ unmodelled }: Language): void {
    for (const { list, text } of unmodelled) {
      this.reasons.push(`the pattern of the ${list} rule ${text} is not modelled`);
    }
  }

  private run({ family, inside, outside }: SearchRequest): GapSearch {
    if (inside.some((parts) => parts.every(({ patterns }) => patterns.length === 0))) return { kind: "none" };
    const limit = this.within(family);
    const signature =
      limit === null ? [...inside, outside].map((parts) => this.shelf.signature(parts)).join("|") : null;
    const known = signature === null ? undefined : this.solved.get(signature);
    if (known !== undefined) return known;
    const automata = inside.map((parts) => this.shelf.automaton(parts));
    if (limit !== null) automata.push(limit);
    const result = findGap(family, automata, this.shelf.automaton(outside), this.budget);
    if (signature !== null) this.solved.set(signature, result);
    return result;
  }
}

/** Automata by what they were made from, for questions that share most of their languages. */
export class Shelf {
  private readonly automata = new Map<string, Automaton>();
  private readonly ids = new WeakMap<object, number>();
  private lastId = 0;

  automaton(parts: readonly LanguagePart[]): Automaton {
    const signature = this.signature(parts);
    const known = this.automata.get(signature);
    if (known !== undefined) return known;
    const automaton = automatonOf(...parts);
    // Bounded: some questions have a language of their own.
    if (this.automata.size < MOST_AUTOMATA) this.automata.set(signature, automaton);
    return automaton;
  }

  signature(parts: readonly LanguagePart[]): string {
    return parts
      .map(
        ({ patterns, prelude }) => `${prelude === undefined ? 0 : this.id(prelude)}:${this.idsOf(patterns)}`,
      )
      .join("+");
  }

  private idsOf(patterns: readonly Piece[][]): string {
    let ids = "";
    for (const pieces of patterns) ids += `${this.id(pieces)},`;
    return ids;
  }

  private id(value: object): number {
    let id = this.ids.get(value);
    if (id === undefined) {
      id = ++this.lastId;
      this.ids.set(value, id);
    }
    return id;
  }
}

const MOST_AUTOMATA = 64;
const shelves = new WeakMap<object, WeakMap<object, Shelf>>();

/** One shelf for all questions about the same two values. */
export function shelfOf(one: object, other: object): Shelf {
  const known = shelves.get(one) ?? new WeakMap<object, Shelf>();
  shelves.set(one, known);
  const shelf = known.get(other) ?? new Shelf();
  known.set(other, shelf);
  return shelf;
}
