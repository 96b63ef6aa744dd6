import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAttribute } from "../../src/check/attribute.ts";
import { attributePath } from "../../src/model/position.ts";

test.each([
  ["claudeContext", ["claudeContext"]],
  [
    "nixosConfigurations.h.config.claude.context",
    ["nixosConfigurations", "h", "config", "claude", "context"],
  ],
  ['nixosConfigurations."my host".context', ["nixosConfigurations", "my host", "context"]],
  ['a."b.c"', ["a", "b.c"]],
  ['"say \\"hi\\""', ['say "hi"']],
])("%s", (text, steps) => {
  expect(parseAttribute(text)).toEqual(steps);
});

test.each(["", ".", "a.", ".a", "a..b", "a b", "1a", 'a."b', "a[0]", "${x}"])("%s is refused", (text) => {
  expect(() => parseAttribute(text)).toThrow("is not an attribute path");
});

test("what attributePath writes is read back", () => {
  const step = fc.oneof(
    fc.constantFrom("a", "b-c", "d'", "_"),
    fc.string({ minLength: 1, unit: "grapheme-ascii" }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), (steps) => {
      expect(parseAttribute(steps.reduce<string>(attributePath, ""))).toEqual(steps);
    }),
  );
});
