import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CONSTRAINT_RULES, WAIVER_RULES } from "../../src/constraints/index.ts";
import { DEMAND_KINDS } from "../../src/constraints/kinds/index.ts";
import { snapshotOf, type WritableSet } from "../support/context.ts";
import { defaultNix } from "../support/nix.ts";
import { userEnvironment } from "../support/program.ts";
import {
  changesBetween,
  DAY_SECONDS,
  inputOf,
  judge,
  messagesOf,
  NOW_SECONDS,
  withInputs,
} from "./support.ts";

const page = readFileSync("docs/constraints.md", "utf8");

/** A claudeContext in Nix, and the findings quoted below it. */
const examples = [...page.matchAll(/```nix example=([a-z-]+)\n([\s\S]*?)```\n\n((?:>.*\n)+)/g)].map(
  ([, name, nix, quoted]) => ({
    name: name!,
    nix: nix!,
    messages: quoted!
      .split("\n")
      .map((line) => line.replace(/^> ?/, ""))
      .filter((line) => line !== ""),
  }),
);

/** All examples in one evaluation by the real Nix. */
function evaluated(): Record<string, WritableSet> {
  const sets = examples.map(({ name, nix }) => `"${name}" = {\n${nix}};`).join("\n");
  const { stdout, stderr, status } = spawnSync(
    defaultNix().binary,
    [
      "--extra-experimental-features",
      "nix-command",
      "eval",
      "--store",
      "dummy://",
      "--json",
      "--expr",
      `{ ${sets} }`,
    ],
    { encoding: "utf8", env: userEnvironment() },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, WritableSet>;
}

const contexts = evaluated();

test.each(examples)("the example of $name finds what the page says", async ({ name, messages }) => {
  const inputs = [
    inputOf("standards", "github:acme/standards"),
    inputOf("nixpkgs", "github:NixOS/nixpkgs", { lastModified: NOW_SECONDS - 100 * DAY_SECONDS }),
  ];
  const context = contexts[name]!;
  const before = withInputs(snapshotOf({ constraints: context.constraints! }), ...inputs);
  const after = withInputs(snapshotOf(context), ...inputs);
  expect(after.problems).toEqual([]);
  expect(messagesOf(await judge(before, after, { changes: changesBetween(before, after) }))).toEqual(
    messages,
  );
});

test("every kind of demand has an example that fires", () => {
  const shown = new Set(examples.map(({ name }) => name));
  expect(Object.keys(DEMAND_KINDS).filter((kind) => kind !== "check" && !shown.has(kind))).toEqual([]);
});

test("the pages name every id that is found here", () => {
  const waivers = readFileSync("docs/waivers.md", "utf8");
  for (const { id } of CONSTRAINT_RULES) expect(page).toContain(`\`${id}\``);
  for (const { id, severity } of WAIVER_RULES)
    expect(waivers).toMatch(new RegExp(`\\| \`${id}\` \\|.*\\| ${severity} \\|`));
});
