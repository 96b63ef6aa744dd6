import { type Answer, type Ask, type Counterfactual, effectOf } from "../../src/causes/index.ts";
import type { Cause, Change } from "../../src/model/change.ts";
import type { InputChange } from "../../src/model/lock.ts";
import type { Position } from "../../src/model/position.ts";

export function change(path: string, position?: Position): Change {
  return {
    id: "c1",
    fingerprint: `of ${path}`,
    surface: "policies",
    path,
    kind: "changed",
    direction: "incomparable",
    before: "a",
    after: "b",
    summary: "policy changed",
    causes: [],
    ...(position && { position }),
  };
}

export function row(path: string, kind: InputChange["kind"] = "moved"): InputChange {
  const ends = { from: kind === "added" ? null : "aaa", to: kind === "removed" ? null : "bbb" };
  return { name: path.split("/").at(-1)!, path, kind, ...ends, effects: 0 };
}

export const moved = (path: string) => row(path);
export const edit = (file = "flake.nix"): Cause => ({ kind: "edit", file });
export const input = (name: string): Cause => ({ kind: "input", name, from: "aaa", to: "bbb" });
export const joint = (...of: Cause[]): Cause => ({ kind: "joint", of });

/** The edited source, as a part of a world. */
export const EDIT = "(edit)";

/** Whether a change is there where these inputs moved, and the source was edited or not. */
export type Formula = (world: ReadonlySet<string>) => boolean;

/** Answers from formulas, by the path of the change; keeps what was asked. `unknown` says where nobody can say. */
export function oracleOf(
  formulas: Record<string, Formula>,
  unknown: (world: ReadonlySet<string>) => string | null = () => null,
) {
  const asked: Counterfactual[][] = [];
  const ask: Ask = async (batch) => {
    asked.push([...batch]);
    return batch.map((question): Answer => {
      const world = worldOf(question);
      const because = unknown(world);
      if (because !== null) return { kind: "unknown", because };
      const present = Object.entries(formulas).filter(([, holds]) => holds(world));
      return { kind: "known", effects: new Set(present.map(([path]) => effectOf(change(path)))) };
    });
  };
  return { ask, asked, words: () => asked.map((batch) => batch.map(wordsOf)) };
}

export function worldOf({ source, moved }: Counterfactual): Set<string> {
  return new Set([...(source === "after" ? [EDIT] : []), ...moved]);
}

/** `(edit)+a+b`; `nothing` is the state before. */
export function wordsOf(question: Counterfactual): string {
  return [...worldOf(question)].join("+") || "nothing";
}

/** Formulas in words: `a&b|(edit)&c`. */
export function formula(text: string): Formula {
  const terms = text.split("|").map((term) => term.split("&"));
  return (world) => terms.some((term) => term.every((atom) => world.has(atom)));
}
