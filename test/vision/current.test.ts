import { expect, test } from "vitest";
import { CurrentFlake } from "../../src/mcp/context/current.ts";
import type { FlakeState } from "../../src/mcp/context/flake.ts";
import { EvaluationError, type NixclaudeError } from "../../src/model/errors.ts";
import type { AbsentSnapshot } from "../../src/model/snapshot.ts";

/** A flake whose evaluations are ended by the test, in the order in which they began. */
class Flake {
  started = 0;
  now = 0;
  readonly current = new CurrentFlake({ evaluate: () => this.#evaluate() }, () => this.now);
  readonly #ends: { resolve(state: FlakeState): void; reject(error: Error): void }[] = [];

  #evaluate(): Promise<FlakeState> {
    this.started++;
    return new Promise((resolve, reject) => this.#ends.push({ resolve, reject }));
  }

  async give(tree: string): Promise<void> {
    this.#ends.shift()!.resolve(stateOf(tree));
    await settled();
  }

  async fail(error: Error = BROKEN): Promise<void> {
    this.#ends.shift()!.reject(error);
    await settled();
  }
}

const BROKEN: NixclaudeError = new EvaluationError("evaluation-failed", "no", { hint: "Mend it." });

function stateOf(tree: string): FlakeState {
  const snapshot: AbsentSnapshot = { kind: "absent", reason: "no-attribute", revision: null, tree };
  return { snapshot, root: "/r" };
}

const settled = () => new Promise(setImmediate);

test("what asks at the same time waits for the same evaluation, and nothing is evaluated again unchanged", async () => {
  const flake = new Flake();
  const asked = [flake.current.now(), flake.current.now()];
  await flake.give("a");
  const [one, other] = await Promise.all(asked);
  expect(one).toBe(other);
  expect(await flake.current.now()).toBe(one);
  expect(flake.started).toBe(1);
});

test("a change while it is evaluated is not missed", async () => {
  const flake = new Flake();
  const asked = flake.current.now();
  flake.current.changed();
  await flake.give("old");
  await flake.give("new");
  expect(await asked).toEqual({ state: stateOf("new"), failure: null });
});

test("changes without end keep nobody waiting", async () => {
  const flake = new Flake();
  const asked = flake.current.now();
  for (const tree of ["a", "b"]) {
    flake.current.changed();
    await flake.give(tree);
  }
  expect((await asked).state).toEqual(stateOf("b"));
});

test("what was known is kept while it fails, and asked for again when it changes or after a while", async () => {
  const flake = new Flake();
  const first = flake.current.now();
  await flake.give("a");
  await first;
  flake.current.changed();
  const second = flake.current.now();
  await flake.fail();
  expect(await second).toEqual({ state: stateOf("a"), failure: BROKEN });
  flake.now = 29_000;
  expect(await flake.current.now()).toEqual({ state: stateOf("a"), failure: BROKEN });
  expect(flake.started).toBe(2);
  flake.now = 31_000;
  const third = flake.current.now();
  await flake.give("b");
  expect(await third).toEqual({ state: stateOf("b"), failure: null });
});

test("a mistake of ours is no state of the flake", async () => {
  const flake = new Flake();
  const asked = expect(flake.current.now()).rejects.toThrow("ours");
  await flake.fail(new Error("ours"));
  await asked;
});
