import { expect, test } from "vitest";
import { CHECK_OPTIONS } from "../../src/cli/option-lists.ts";
import { parseOptions } from "../../src/cli/parse-options.ts";
import { plainOptions } from "../../src/cli/plain-options.ts";

const read = (line: string) => plainOptions(line.split(" ").filter(Boolean), CHECK_OPTIONS);

test.each([
  ["", {}],
  ["--base main --head HEAD", { base: "main", head: "HEAD" }],
  ["--base=main --base other", { base: "other" }],
  ["--staged --offline --untrusted --frozen", { staged: true, offline: true, untrusted: true, frozen: true }],
  ["--worktree --include-untracked", { worktree: true, includeUntracked: true }],
  ["--no-cache", { cache: false }],
  ["--format json=a.json --format markdown", { format: ["json=a.json", "markdown"] }],
  ["--org a --flake sub --attribute x.y", { org: ["a"], flake: ["sub"], attribute: "x.y" }],
  [
    "--verify-with claude --allow-network --client-timeout 5",
    { verifyWith: ["claude"], allowNetwork: true, clientTimeout: "5" },
  ],
  ["--limit evaluationTimeout=5", { limit: ["evaluationTimeout=5"] }],
])("%s is read as the option parser reads it", (line, expected) => {
  expect(read(line)).toEqual(expected);
});

test("what is not said has the defaults that --help names", () => {
  const { attribute, failOn, cache, client, color, probe } = parseOptions(read("")!);
  const defaults = Object.fromEntries(
    CHECK_OPTIONS.map((option) => [option.flags.split(" ")[0], option.default]),
  );
  expect({ attribute, failOn, client, color, timeout: `${probe.timeoutMs / 1000}`, cache }).toEqual({
    attribute: defaults["--attribute"],
    failOn: defaults["--fail-on"],
    client: defaults["--client"],
    color: defaults["--color"],
    timeout: defaults["--client-timeout"],
    cache: true,
  });
});

test.each([
  "--help",
  "-h",
  "--base",
  "--base --head",
  "--base -x",
  "--staged=1",
  "--stage",
  "--cache",
  "word",
  "-- word",
  "--fail-on never",
  "--client 2.1.330",
  "--color always",
])("%s is left to the option parser", (line) => {
  expect(read(line)).toBeNull();
});
