import { expect, test } from "vitest";
import {
  HOOK_SHAPES,
  PERMISSION_SHAPES,
  SANDBOX_SHAPE,
  SETTING_SHAPES,
} from "../../src/artifacts/settings-shapes.ts";

const HEADER = `# What the client takes for each key of its settings, as src/artifacts/settings-shapes.ts has it.
# Written by \`npx vitest run test/nix-modules/client-shapes.test.ts -u\`; do not edit.
`;

function asNix(value: unknown, indent = ""): string {
  if (Array.isArray(value)) return `[ ${value.map((item) => asNix(item, indent)).join(" ")} ]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const entries = Object.entries(value).map(
    ([key, item]) => `${deeper}${JSON.stringify(key)} = ${asNix(item, deeper)};`,
  );
  return ["{", ...entries, `${indent}}`].join("\n");
}

test("the shapes that Nix reads are those that were measured", async () => {
  const shapes = {
    permissions: PERMISSION_SHAPES,
    hooks: HOOK_SHAPES,
    sandbox: SANDBOX_SHAPE,
    settings: SETTING_SHAPES,
  };
  await expect(`${HEADER}${asNix(shapes)}\n`).toMatchFileSnapshot("../../nix/lib/render/client-shapes.nix");
});
