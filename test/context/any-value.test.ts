import fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseContext, normaliseForeignConstraints } from "../../src/context/index.ts";
import { ContextError } from "../../src/model/errors.ts";
import { canonicalJson, type Json } from "../../src/model/json.ts";
import type { RawValue } from "../../src/model/raw-value.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";

const KEYS = [
  ..."version tools policies autoApprove permissions mcpServers skills agents hooks env settings constraints waivers".split(
    " ",
  ),
  ..."allow deny command args name pkg type url text only expires forbid PreToolUse matcher".split(" "),
  ..."__proto__ constructor toString $nix $$nix".split(" "),
];

const scalar = fc.oneof(
  fc.constantFrom<null | boolean | number | string>(
    null,
    true,
    1,
    "2025-01",
    "http",
    "disable",
    "---\na: [\n---\n",
    "/x",
  ),
  fc.string(),
);
const leaf: fc.Arbitrary<RawValue> = fc.oneof(
  scalar.map((value): RawValue => ({ kind: "scalar", value })),
  fc.constantFrom<RawValue>(
    { kind: "function", arguments: [] },
    { kind: "derivation", name: "hello-2.12" },
    { kind: "source", text: "<standards>" },
    { kind: "string-like", text: "x", set: { kind: "set", entries: {}, positions: {} } },
    { kind: "path", path: "./x", content: { kind: "file", sha256: "00" } },
    { kind: "path", path: "./x", content: { kind: "missing" } },
    { kind: "path", path: "./x", content: { kind: "directory", files: [], truncated: true } },
    { kind: "failure", code: "throw", message: "boom" },
    { kind: "cut", limit: "depth" },
  ),
);
const { value: anyValue } = fc.letrec<{ value: RawValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: "medium" },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }).map((items): RawValue => ({ kind: "list", items })),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), tie("value")), {
        selector: ([key]) => key,
        maxLength: 6,
      })
      .map((entries): RawValue => ({ kind: "set", entries: Object.fromEntries(entries), positions: {} })),
  ),
}));

test("any value is either read, with what is wrong said, or refused as a context that cannot be judged", () => {
  let read = 0;
  fc.assert(
    fc.property(anyValue, (value) => {
      try {
        const normal = normaliseContext(value, { client: DEFAULT_CLIENT });
        read++;
        // What is left is plain data, the same after a trip through text.
        const context = normal.context as unknown as Json;
        expect(canonicalJson(JSON.parse(JSON.stringify(context)) as Json)).toBe(canonicalJson(context));
        const paths = normal.problems.map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
      } catch (error) {
        if (!(error instanceof ContextError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(500);
});

test("constraints of any value are read or refused", () => {
  fc.assert(
    fc.property(anyValue, (constraints) => {
      const raw: RawValue = { kind: "set", entries: { constraints }, positions: {} };
      try {
        const read = Object.values(normaliseForeignConstraints(raw, "input:x").constraints);
        for (const { demands } of read) expect(demands).not.toEqual([]);
      } catch (error) {
        if (!(error instanceof ContextError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});

test("names of a user's own are kept, also those that JavaScript has a use for", () => {
  const text: RawValue = { kind: "scalar", value: "x" };
  const names = ["__proto__", "constructor", "toString", "$nix", "$$nix", "a.b", "ümlaut"];
  const policies: RawValue = {
    kind: "set",
    entries: Object.fromEntries(names.map((name) => [name, text])),
    positions: {},
  };
  const version: RawValue = { kind: "scalar", value: "2025-01" };
  const { context, problems } = normaliseContext(
    { kind: "set", entries: { version, policies }, positions: {} },
    { client: DEFAULT_CLIENT },
  );
  expect(problems).toEqual([]);
  expect(Object.keys(context.policies)).toEqual(names);
});
