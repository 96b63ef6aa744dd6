import type { Element } from "./elements.ts";
import type { Atoms, Search, Truth, Worlds } from "./worlds.ts";

/** One change whose causes are sought, among these elements, while everything in `context` is as after the change. */
export interface Scene {
  worlds: Worlds;
  effect: string;
  elements: readonly Element[];
  context: Atoms;
}

export interface Found {
  /** Each suffices; smallest first found. With an element in `unsure`, it may be more than is needed, or too little. */
  sets: readonly (readonly Element[])[];
  /** Elements of which it could not be told whether they had to be there, with the reason. */
  unsure: ReadonlyMap<Element, string>;
}

const TOO_MANY = "there are too many moved inputs to try all combinations";

/** What to ask first where there is no edit: each element by itself. */
export function eachAlone(elements: readonly Element[], context: Atoms): Atoms[] {
  return elements.map((element) => atomsOf([element], context));
}

/** What to ask where no element does it alone. */
export function eachLeftOut(elements: readonly Element[], context: Atoms): Atoms[] {
  return elements.map((element) => atomsOf(without(elements, element), context));
}

/** The elements that do it by themselves; if none does, the smallest sets that do it together. */
export function* explain(scene: Scene): Search<Found> {
  yield eachAlone(scene.elements, scene.context);
  const alone = scene.elements.filter((element) => truth(scene, [element]) === "yes");
  return alone.length > 0 ? found(scene, alone.map(only)) : yield* explainTogether(scene);
}

/** What to ask first where the source was edited, too. */
export function withAndWithoutEdit(edit: Element, units: readonly Element[]): Atoms[] {
  return [[edit], units, ...units.map((unit) => [edit, unit])].map((set) => atomsOf(set, []));
}

/**
 * The same where the source was edited, which may need the new inputs as they may need it: each input is tried on the
 * new source first, and by itself where the old source shows the change with new inputs, too.
 */
export function* explainWithEdit(scene: Scene, edit: Element): Search<Found> {
  const units = scene.elements;
  const all: Scene = { ...scene, elements: [edit, ...units] };
  yield withAndWithoutEdit(edit, units);
  const byInputs = truth(scene, units);
  if (truth(scene, [edit]) === "yes") {
    if (byInputs !== "yes") return found(all, [[edit]]);
    yield eachAlone(units, []);
    return found(all, [[edit], ...units.filter((unit) => truth(scene, [unit]) === "yes").map(only)]);
  }
  if (byInputs !== "no") {
    const candidates = units.filter((unit) => truth(scene, [edit, unit]) !== "no");
    yield eachAlone(candidates, []);
    const alone = candidates.filter((unit) => truth(scene, [unit]) === "yes");
    if (alone.length > 0) return found(all, alone.map(only));
  }
  const pairs = units.map((unit) => [edit, unit]).filter((pair) => truth(scene, pair) === "yes");
  // Where nobody knows what the edit does by itself, that each input does it with the edit says nothing of the input.
  if (pairs.length > 0 && truth(scene, [edit]) === "no") return found(all, pairs);
  return yield* explainTogether(all);
}

/** No element does it alone: what cannot be left out, and the least that has to come with it. */
export function* explainTogether(scene: Scene): Search<Found> {
  const { elements } = scene;
  yield eachLeftOut(elements, scene.context);
  const doubtful = new Map<Element, string>();
  const kept = elements.filter((element) => {
    const because = scene.worlds.whyUnknown(atomsOf(without(elements, element), scene.context));
    if (because !== null) doubtful.set(element, because);
    return truth(scene, without(elements, element)) !== "yes";
  });
  yield [atomsOf(kept, scene.context)];
  const isEnough = truth(scene, kept);
  if (isEnough === "yes") return found(scene, [kept], doubtful);
  if (isEnough === "unknown") return notShownToSuffice(scene, kept);
  return (yield* withFewMore(scene, kept, doubtful)) ?? (yield* shrunk(scene, kept, doubtful));
}

/** Nothing can be left out of it, and nobody could say whether it is enough: every input in it is in doubt. */
function notShownToSuffice(scene: Scene, kept: readonly Element[]): Found {
  const because = scene.worlds.whyUnknown(atomsOf(kept, scene.context))!;
  const isAboutInputs = kept.some(({ kind }) => kind !== "edit");
  const set = isAboutInputs ? kept : scene.elements;
  return found(scene, [set], new Map(set.map((element) => [element, because])));
}

/** null: one or two more do not do, or there are too many pairs. */
function* withFewMore(
  scene: Scene,
  kept: readonly Element[],
  doubtful: ReadonlyMap<Element, string>,
): Search<Found | null> {
  const others = scene.elements.filter((element) => !kept.includes(element));
  for (const more of [others.map(only), pairsOf(others)]) {
    const sets = more.map((some) => inOrder(scene, [...kept, ...some]));
    const questions = sets.map((set) => atomsOf(set, scene.context));
    if (!scene.worlds.spend(questions)) return null;
    yield questions;
    const enough = sets.filter((set) => truth(scene, set) === "yes");
    if (enough.length > 0) return found(scene, enough, doubtful);
  }
  return null;
}

/** Leaves out as much as goes, by halves: a set out of which nothing more can be left, though not always the smallest. */
function* shrunk(
  scene: Scene,
  kept: readonly Element[],
  doubtful: ReadonlyMap<Element, string>,
): Search<Found> {
  let rest = scene.elements.filter((element) => !kept.includes(element));
  let size = Math.ceil(rest.length / 2);
  const unsure = new Map(doubtful);
  while (rest.length > 0) {
    const trials = Array.from({ length: Math.ceil(rest.length / size) }, (_, index) => {
      const left = rest.filter((_, at) => Math.floor(at / size) !== index);
      return { left, set: inOrder(scene, [...kept, ...left]) };
    });
    const questions = trials.map(({ set }) => atomsOf(set, scene.context));
    if (!scene.worlds.spend(questions)) {
      for (const element of rest) unsure.set(element, TOO_MANY);
      break;
    }
    yield questions;
    const smaller = trials.find(({ set }) => truth(scene, set) === "yes");
    if (smaller !== undefined) {
      rest = smaller.left;
      size = Math.max(1, Math.min(size, Math.ceil(rest.length / 2)));
    } else if (size > 1) size = Math.ceil(size / 2);
    else break;
  }
  return found(scene, [inOrder(scene, [...kept, ...rest])], unsure);
}

/** An element is in doubt as well where nobody could say what the rest of its set does without it. */
function found(
  scene: Scene,
  sets: readonly (readonly Element[])[],
  doubtful: ReadonlyMap<Element, string> = new Map(),
): Found {
  const unsure = new Map<Element, string>();
  for (const set of sets) {
    const below = scene.worlds.unknownBelow(atomsOf(set, scene.context));
    for (const element of set) {
      const gap = below.find(({ atoms }) => element.atoms.every((atom) => !atoms.has(atom)));
      const because = doubtful.get(element) ?? gap?.because;
      if (because !== undefined) unsure.set(element, because);
    }
  }
  return { sets, unsure };
}

function truth({ worlds, effect, context }: Scene, set: readonly Element[]): Truth {
  return worlds.truth(atomsOf(set, context), effect);
}

export function atomsOf(set: readonly Element[], context: Atoms): Atoms {
  return [...context, ...set.flatMap(({ atoms }) => atoms)];
}

function inOrder({ elements }: Scene, set: readonly Element[]): Element[] {
  return elements.filter((element) => set.includes(element));
}

function pairsOf(elements: readonly Element[]): Element[][] {
  return elements.flatMap((first, index) => elements.slice(index + 1).map((second) => [first, second]));
}

function without(elements: readonly Element[], element: Element): Element[] {
  return elements.filter((other) => other !== element);
}

function only(element: Element): [Element] {
  return [element];
}
