import type { Element } from "./elements.ts";
import { atomsOf, explain, type Found } from "./search.ts";
import type { Atoms, Search, Worlds } from "./worlds.ts";

/** One change, in one world where it is there. */
export interface Sight {
  worlds: Worlds;
  effect: string;
}

/**
 * The sets with every group and every unit in them replaced by what of it does it. A direct input is named by a
 * nested one only where that one does it without the move of the direct input itself.
 */
export function* takeApart(sight: Sight, { sets, unsure }: Found): Search<Found> {
  const known = new Map(unsure);
  const smaller: (readonly Element[])[] = [];
  for (const set of sets) {
    // Of an element that is in doubt nobody could say what of it is not.
    if (set.some((element) => unsure.has(element))) smaller.push(set);
    else smaller.push(...(yield* setApart({ ...sight, unsure: known }, [], set, [])));
  }
  return { sets: smaller, unsure: known };
}

interface Inside extends Sight {
  unsure: Map<Element, string>;
}

/** One element after the other, while what is `done` is as small as it gets and the rest is still whole. */
function* setApart(
  inside: Inside,
  done: readonly Element[],
  rest: readonly Element[],
  context: Atoms,
): Search<(readonly Element[])[]> {
  const [element, ...others] = rest;
  if (element === undefined) return [done];
  const ways = yield* elementApart(inside, element, atomsOf([...done, ...others], context));
  const sets: (readonly Element[])[] = [];
  // What many inputs do together with others, one way says; all ways would multiply.
  const isOneEnough = element.kind === "group" && done.length + others.length > 0;
  for (const way of isOneEnough ? ways.slice(0, 1) : ways) {
    sets.push(...(yield* setApart(inside, [...done, ...way], others, context)));
  }
  return sets;
}

/** Each set does what the element does. */
function* elementApart(inside: Inside, element: Element, context: Atoms): Search<(readonly Element[])[]> {
  const [first, ...more] = element.parts;
  if (first === undefined) return [[element]];
  if (more.length === 0) return yield* elementApart(inside, first, context);
  const { worlds, effect } = inside;
  const found = yield* explain({ worlds, effect, elements: element.parts, context });
  if (element.kind === "unit") {
    const isItself = found.sets.some((set) => set.some(({ name }) => name === element.name));
    return isItself || found.unsure.size > 0 ? [[element]] : [...found.sets];
  }
  for (const [part, because] of found.unsure) inside.unsure.set(part, because);
  const sets: (readonly Element[])[] = [];
  for (const set of found.sets) sets.push(...(yield* setApart(inside, [], set, context)));
  return sets;
}
