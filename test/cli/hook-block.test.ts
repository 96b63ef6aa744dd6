import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isShellScript, newHook, withBlock, withoutBlock } from "../../src/cli/hook-block.ts";

const template = readFileSync("hooks/pre-commit", "latin1");

const hook = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("#!/bin/sh", "#!/usr/bin/env bash", "#!/bin/bash -e", "", "# no first line"),
      fc.constantFrom(
        "",
        "\n",
        "\n\n",
        "\r\n",
        "\nexec lint",
        "\nset -e\nlint\nexit 0\n",
        "\n# >>> other >>>\n",
      ),
      fc.string({ unit: "binary", maxLength: 20 }),
    )
    .map((parts) => parts.join("")),
  fc.string(),
);

test("taking the block out gives the hook back, byte for byte", () => {
  fc.assert(
    fc.property(hook, (before) => {
      expect(withoutBlock(withBlock(before, template))).toBe(before);
    }),
  );
});

test("putting it in twice is putting it in once", () => {
  fc.assert(
    fc.property(hook, (before) => {
      const once = withBlock(before, template);
      expect(withBlock(once, template)).toBe(once);
    }),
  );
});

test("a hook of our own goes as a whole, also when another version wrote it", () => {
  expect(withoutBlock(newHook(template))).toBeNull();
  const older = newHook(template).replace("|| exit $?", "|| exit 1");
  expect(withBlock(older, template)).toBe(newHook(template));
  expect(withoutBlock(older)).toBeNull();
});

test("the block comes before what was there, which may end in exec", () => {
  const hook = withBlock("#!/bin/bash\nexec make lint\n", template);
  expect(hook.startsWith("#!/bin/bash\n# >>> nixclaude >>>")).toBe(true);
  expect(hook.endsWith("# <<< nixclaude <<<\nexec make lint\n")).toBe(true);
});

test("the template is at most fifteen lines of sh", () => {
  expect(template.startsWith("#!/bin/sh\n")).toBe(true);
  expect(template.trimEnd().split("\n").length).toBeLessThanOrEqual(15);
});

test.each([
  ["#!/bin/sh", true],
  ["#!/usr/bin/env bash", true],
  ["#! /usr/bin/env -S bash -e", true],
  ["#!/nix/store/0c0hq-bash-5.2/bin/bash\nx", true],
  ["#!/bin/dash -e", true],
  ["echo no first line", true],
  ["", true],
  ["#!/usr/bin/env node", false],
  ["#!/usr/bin/python3", false],
  ["#!/bin/fish", false],
  ["\x7fELF\0\0", false],
])("%j takes sh: %s", (hook, expected) => {
  expect(isShellScript(hook)).toBe(expected);
});
