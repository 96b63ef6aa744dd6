import type { Lists } from "../scenario.ts";
import { commandRule, WHOLE_BASH } from "./command-rules.ts";
import type { Random } from "./random.ts";

/** How rules stand beside each other. `make` gives one about what the scenario is about. */
export function mixedLists(random: Random, make: () => string, whole: () => string): Lists {
  const some = (most: number): string[] => several(random, most, make);
  return random.weighted<Lists>(
    [5, () => ({ allow: some(3) })],
    [3, () => ({ allow: some(2), deny: some(2) })],
    [2, () => ({ allow: some(2), ask: some(2) })],
    [4, () => ({ allow: [whole()], deny: some(2) })],
    [3, () => ({ allow: [whole()], ask: some(2) })],
    [1, () => ({ allow: [whole()] })],
    [1, () => ({ deny: some(2) })],
    [1, () => ({ ask: some(2) })],
    [2, () => ({ allow: some(4), ask: some(2), deny: some(2) })],
    [0.5, () => ({ allow: some(2), deny: [whole()] })],
    [0.5, () => ({ allow: some(2), ask: [whole()] })],
    [0.3, () => ({})],
  );
}

export function several(random: Random, most: number, make: () => string): string[] {
  return [...new Set(Array.from({ length: random.integer(1, most) }, make))];
}

/** Rules about a few commands only, so that they meet each other's calls. */
export function commandLists(random: Random, commands: readonly string[]): Lists {
  const make = (): string => commandRule(random, random.pick(commands));
  return mixedLists(random, make, () => random.pick([...WHOLE_BASH, "Bash", "Bash"]));
}

export function rulesOf(lists: Lists): string[] {
  return Object.values(lists).flat();
}
