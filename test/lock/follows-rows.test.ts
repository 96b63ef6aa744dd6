import { expect, test } from "vitest";
import { compareInputs } from "../../src/lock/index.ts";
import { type Edge, github, lock, REV } from "./support.ts";

/** A flake with `org`, which has `lib` as said; `more` inputs of the flake itself. */
function flake(
  lib: Edge | undefined,
  { org = REV.one, more = {} }: { org?: string; more?: Record<string, Edge> } = {},
) {
  return lock(
    { org: "org", mine: "mine", other: "other", ...more },
    {
      org: github("org", org, lib === undefined ? {} : { lib }),
      lib: github("lib", REV.one),
      mine: github("lib", REV.two),
      other: github("lib", REV.three),
    },
  );
}

const OWN = `github:acme/lib/${REV.one}`;

test.each<[string, ReturnType<typeof flake>, ReturnType<typeof flake>, unknown[]]>([
  ["nothing, where it follows the same", flake(["mine"]), flake(["mine"]), []],
  [
    "another input that it follows",
    flake(["mine"]),
    flake(["other"]),
    [["org/lib", "redirected", "follows mine", "follows other"]],
  ],
  [
    "an input that it follows instead of its own node",
    flake("lib"),
    flake(["mine"]),
    [["org/lib", "redirected", OWN, "follows mine"]],
  ],
  [
    "its own node instead of an input that it followed",
    flake(["mine"]),
    flake("lib"),
    [["org/lib", "redirected", "follows mine", OWN]],
  ],
  [
    "the flake itself, which it follows now",
    flake("lib"),
    flake([]),
    [["org/lib", "redirected", OWN, "follows the flake itself"]],
  ],
  [
    "what it follows since somebody said so for the very same flake",
    flake(undefined),
    flake(["mine"]),
    [["org/lib", "added", null, "follows mine"]],
  ],
  [
    "the flake alone, where it moved and asks for more since",
    flake(undefined),
    flake(["mine"], { org: REV.two }),
    [["org", "moved", REV.one, REV.two]],
  ],
  [
    "both, where the flake moved and the input is taken from elsewhere",
    flake(["mine"]),
    flake(["other"], { org: REV.two }),
    [
      ["org", "moved", REV.one, REV.two],
      ["org/lib", "redirected", "follows mine", "follows other"],
    ],
  ],
  [
    "a direct input that follows another",
    flake("lib", { more: { alias: ["mine"] } }),
    flake("lib", { more: { alias: ["other"] } }),
    [["alias", "redirected", "follows mine", "follows other"]],
  ],
  [
    "a direct input that follows the same, which moved",
    flake("lib", { more: { alias: ["org"] } }),
    flake("lib", { more: { alias: ["org"] }, org: REV.two }),
    [
      ["alias", "moved", REV.one, REV.two],
      ["org", "moved", REV.one, REV.two],
    ],
  ],
])("the inputs table has %s", (_, before, after, rows) => {
  expect(compareInputs(before, after).map(({ path, kind, from, to }) => [path, kind, from, to])).toEqual(
    rows,
  );
});
