import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { documentedWorkflows, type Job, type Step, type Workflow } from "./documented.ts";

const FOLDER = ".github/workflows";
const files = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});

const WRITES: Record<string, string[]> = {
  "comment.yml": ["pull-requests"],
  "dogfood-comment.yml": ["pull-requests"],
  "release.yml": ["attestations", "contents", "id-token"],
};

const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap((job) => job.steps ?? []);

describe.each(files)("$name", ({ name, text, workflow }) => {
  const jobs = Object.values(workflow.jobs);

  test("grants nothing by itself; each job says what it may do", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of jobs) expect(Object.keys(job.permissions ?? {})).not.toEqual([]);
  });

  test("writes only what it is for", () => {
    const granted = jobs.flatMap((job) => Object.entries(job.permissions ?? {}));
    const written = granted.filter(([, level]) => level !== "read").map(([scope]) => scope);
    expect([...new Set(written)].sort()).toEqual(WRITES[name] ?? []);
  });

  test("runs every foreign action by its full hash, with the version beside it", () => {
    for (const [line, action] of text.matchAll(/^\s*(?:- )?uses: (\S+).*$/gm)) {
      if (/^\.\/|^nixclaude\/check[/@]/.test(action!)) continue;
      expect(line).toMatch(/uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test("leaves no token in the checkout", () => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const step of checkouts) expect(step.with?.["persist-credentials"]).toBe(false);
  });

  test("has an end, and one run at a time", () => {
    for (const job of jobs) expect(job["timeout-minutes"]).toBeGreaterThan(0);
    const isCalled = "workflow_call" in workflow.on;
    // Called, the group of the whole workflow would be its caller's.
    if (isCalled) for (const job of jobs) expect(job).toHaveProperty("concurrency");
    else expect(workflow).toHaveProperty("concurrency.group");
  });

  test("never evaluates a stranger's change with this repository's rights", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    if (!("workflow_run" in workflow.on) && name !== "comment.yml") return;
    for (const step of stepsOf(workflow)) expect(step.with ?? {}).not.toHaveProperty("ref");
  });
});

test("one action has one version everywhere", () => {
  const versions = new Map<string, Set<string>>();
  for (const { text } of files) {
    for (const [, action, version] of text.matchAll(/uses: ([^@\s]+)@([0-9a-f]{40})/g)) {
      versions.set(action!, (versions.get(action!) ?? new Set()).add(version!));
    }
  }
  expect([...versions].filter(([, found]) => found.size > 1)).toEqual([]);
});

describe("the macOS job", () => {
  const command = stepsOf(files.find(({ name }) => name === "ci.yml")!.workflow)
    .map(({ run }) => run ?? "")
    .find((run) => run.startsWith("npx vitest run "))!;
  const folders = command.split(" ").slice(3);

  test.each(folders)("%s needs no Nix, no client and no built program", (folder) => {
    expect(existsSync(folder)).toBe(true);
    const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
      // Proofs are run by hand.
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".proof.ts"))
      .map((name) => readFileSync(join(folder, name), "utf8"));
    expect(texts.filter((text) => /support\/(?:nix|program)\.ts|get-client/.test(text))).toEqual([]);
  });
});

describe("what reusable workflows take and give", () => {
  const metadata = (file: string) =>
    parse(readFileSync(file, "utf8")) as {
      inputs: Record<string, { default?: string }>;
      outputs?: Record<string, unknown>;
    };
  const called = (uses: string) => files.find(({ name }) => uses.endsWith(`/${FOLDER}/${name}@v1`));

  test.each([
    ["check.yml", "nixclaude/check@v1", "action.yml"],
    ["comment.yml", "nixclaude/check/comment@v1", "comment/action.yml"],
  ])("%s hands inputs to %s that it has, with the same defaults", (name, action, file) => {
    const { workflow } = files.find((candidate) => candidate.name === name)!;
    const { inputs } = metadata(file);
    const step = stepsOf(workflow).find(({ uses }) => uses === action)!;
    expect(Object.keys(step.with ?? {}).filter((input) => !(input in inputs))).toEqual([]);
    const { workflow_call: call } = workflow.on as {
      workflow_call: { inputs: Record<string, { default: unknown }> };
    };
    for (const [input, { default: given }] of Object.entries(call.inputs)) {
      expect(step.with?.[input]).toBe(`\${{ inputs.${input} }}`);
      expect(String(given)).toBe(inputs[input]?.default ?? "");
    }
  });

  test("the documentation calls them with inputs that they take, and grants what their jobs ask for", () => {
    const calls = documentedWorkflows()
      .flatMap(({ workflow }) => Object.values(workflow.jobs))
      .filter((job): job is Job & { uses: string } => job.uses !== undefined);
    expect(calls.length).toBeGreaterThanOrEqual(2);
    for (const job of calls) {
      const { workflow } = called(job.uses)!;
      const { workflow_call: call } = workflow.on as { workflow_call: { inputs: Record<string, unknown> } };
      expect(Object.keys(job.with ?? {}).filter((input) => !(input in call.inputs))).toEqual([]);
      const asked = Object.assign({}, ...Object.values(workflow.jobs).map(({ permissions }) => permissions));
      expect(job.permissions).toEqual(asked);
    }
  });
});
