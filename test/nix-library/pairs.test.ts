import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { createStore } from "./support.ts";

const EXPRESSION = `import ${resolve("test/nix-library/pairs.nix")} (import ${resolve("nix/lib")})`;

interface Pair {
  expr: unknown;
  expected: unknown;
}

describe.each(nixVersions())("on Nix $version", (nix) => {
  const pairs = Object.entries(createStore(nix).evaluate(EXPRESSION) as Record<string, Pair>);

  test.each(pairs)("%s", (_, { expr, expected }) => {
    expect(expr).toEqual(expected);
  });
});
