import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Step {
  uses?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, { steps: Step[] }>;
}

const page = readFileSync("docs/action.md", "utf8");
const workflows = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => parse(match[1]!) as Workflow);

const ACTIONS: Record<string, string> = {
  "nixclaude/check@v1": "action.yml",
  "nixclaude/check/comment@v1": "comment/action.yml",
};

/** What this repository's own workflows run, by hash. */
const PINNED = readdirSync(".github/workflows").flatMap((file) =>
  [...readFileSync(`.github/workflows/${file}`, "utf8").matchAll(/uses: (\S+@[0-9a-f]{40}) #/g)].map(
    ([, uses]) => uses,
  ),
);

test("the page has workflows", () => {
  expect(workflows.length).toBeGreaterThanOrEqual(4);
});

test("its workflows use inputs and outputs that there are", () => {
  const steps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));
  for (const { uses, with: given = {} } of steps) {
    const file = ACTIONS[uses ?? ""];
    if (file === undefined) {
      expect(PINNED).toContain(uses);
      if (uses?.startsWith("actions/checkout@")) expect(given["persist-credentials"]).toBe(false);
      continue;
    }
    const { inputs } = parse(readFileSync(file, "utf8")) as { inputs: Record<string, unknown> };
    expect(Object.keys(given).filter((name) => !(name in inputs))).toEqual([]);
  }
  const { outputs } = parse(readFileSync("action.yml", "utf8")) as { outputs: Record<string, unknown> };
  const named = [...page.matchAll(/steps\.check\.outputs\.(\w+)/g)].map((match) => match[1]!);
  expect(named.filter((name) => !(name in outputs))).toEqual([]);
});

test("every workflow says what it may do, and none may write code", () => {
  for (const { permissions } of workflows) {
    expect(permissions.contents ?? "none").not.toBe("write");
    expect(Object.keys(permissions).length).toBeGreaterThan(0);
  }
});

test("every event of the table is one that is judged", () => {
  const source = readFileSync("src/action/event.ts", "utf8");
  const table = page.slice(page.indexOf("| event |"), page.indexOf("Commits that a shallow"));
  const events = [...table.matchAll(/`([a-z_]+)`/g)]
    .map((match) => match[1]!)
    .filter((name) => !name.startsWith("allow"));
  expect(events.filter((name) => !source.includes(`case "${name}":`))).toEqual([]);
  const judged = [...source.matchAll(/case "([a-z_]+)":/g)].map((match) => match[1]!);
  expect(judged.filter((name) => !events.includes(name))).toEqual([]);
});
