import { expect, test } from "vitest";
import { costOf, sumOf, type Usage } from "../../src/messages/index.ts";
import { usageOf } from "../../src/messages/usage.ts";

const usage = (more: Partial<Usage>): Usage => ({
  input: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheRead: 0,
  output: 0,
  ...more,
});

test.each<[string, Usage, number]>([
  ["claude-opus-5-5", usage({ input: 1e6 }), 4],
  ["claude-opus-5-5", usage({ cacheRead: 1e6 }), 0.2],
  ["claude-sonnet-5", usage({ cacheWrite5m: 1e6 }), 2.5],
  ["claude-sonnet-5", usage({ cacheWrite1h: 1e6 }), 4],
  ["claude-fable-5-1", usage({ output: 1e6 }), 50],
  ["claude-haiku-4-5-20251001", usage({ input: 1e6, output: 1e6 }), 6],
  ["claude-haiku-5-5", usage({ input: 100_000 }), 0.01],
  ["claude-haiku-5-5", usage({ input: 50_000, cacheRead: 50_001, output: 1_000 }), 0.03000005],
])("%s: %j costs $%d", (model, tokens, dollars) => {
  expect(costOf(model, [tokens])).toBeCloseTo(dollars, 8);
});

test("a model that is not in the list has no price", () => {
  for (const model of ["claude-fable-5-2", "constructor", "gpt"])
    expect(costOf(model, [usage({})])).toBeNull();
});

test("each request is priced by its own length", () => {
  const half = usage({ input: 60_000 });
  expect(costOf("claude-haiku-5-5", [half, half])).toBeCloseTo(0.012, 8);
  expect(sumOf([half, half]).input).toBe(120_000);
});

test.each<[string, unknown, Usage]>([
  ["nothing", undefined, usage({})],
  ["what a gateway leaves out", { input_tokens: 3 }, usage({ input: 3 })],
  ["a cache without its split", { cache_creation_input_tokens: 5 }, usage({ cacheWrite5m: 5 })],
  [
    "a split",
    { cache_creation_input_tokens: 5, cache_creation: { ephemeral_1h_input_tokens: 2 } },
    usage({ cacheWrite5m: 3, cacheWrite1h: 2 }),
  ],
  [
    "numbers that are none",
    { input_tokens: "9", output_tokens: -1, cache_read_input_tokens: null },
    usage({}),
  ],
])("%s is counted as it is", (_, reported, expected) => {
  expect(usageOf(reported)).toEqual(expected);
});
