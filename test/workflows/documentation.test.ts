import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { situationOf } from "../../src/action/event.ts";
import { documentedWorkflows, type Workflow } from "./documented.ts";

const PAGES = ["quick-start", "organisation", "update-bots", "migration", "bypass"].map(
  (name) => `docs/${name}.md`,
);
const read = (path: string) => readFileSync(path, "utf8");

describe.each(PAGES)("%s", (page) => {
  test("is listed in docs/README.md", () => {
    expect(read("docs/README.md")).toContain(`](${page.slice("docs/".length)})`);
  });

  test("links to pages and headings that are there", () => {
    const links = [...read(page).matchAll(/\]\((?!https:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    for (const [, path = "", heading] of links) {
      const target = path === "" ? page : normalize(join(dirname(page), path));
      expect(existsSync(target), target).toBe(true);
      if (heading !== undefined) expect(anchors(read(target)), target).toContain(heading);
    }
  });

  test("names no input, output, rule or error that there is not", () => {
    const known = words();
    const named = [...read(page).matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, word]) => word!);
    expect(named.filter((word) => !known.has(word))).toEqual([]);
  });
});

/** As GitHub makes anchors of headings. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Inputs and outputs of the actions, and every kebab-case word that the code has in quotes. */
function words(): Set<string> {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const quoted = sources.flatMap((name) =>
    [...read(join("src", name)).matchAll(/"([a-z]+(?:-[a-z]+)+)"/g)].map(([, word]) => word!),
  );
  const metadata = parse(read("action.yml")) as { inputs: object; outputs: object };
  return new Set([...quoted, ...Object.keys(metadata.inputs), ...Object.keys(metadata.outputs)]);
}

describe("workflows in the documentation", () => {
  const shown = documentedWorkflows().filter(({ page }) => PAGES.includes(page));

  test.each(shown)("$page: pins every foreign action by its hash", ({ text }) => {
    for (const [line, action] of text.matchAll(/^\s*(?:- )?uses: (\S+).*$/gm)) {
      if (/^nixclaude\/check[/@]/.test(action!)) continue;
      expect(line).toMatch(/@[0-9a-f]{40} # v\d+(?:\.\d+\.\d+)?$/);
    }
  });

  test("pin what this repository's own workflows pin, to the same version", () => {
    const versions = (text: string) =>
      [...text.matchAll(/uses: ([^@\s]+)@([0-9a-f]{40} # \S+)/g)].map(
        ([, action, version]) => [action!, version!] as const,
      );
    const folder = ".github/workflows";
    const own = new Map(readdirSync(folder).flatMap((name) => versions(read(join(folder, name)))));
    for (const [action, version] of shown.flatMap(({ text }) => versions(text))) {
      expect(own.get(action) ?? version).toBe(version);
    }
  });

  test.each(shown)("$page: hands the action inputs that it has", ({ workflow }) => {
    const { inputs } = parse(read("action.yml")) as { inputs: Record<string, unknown> };
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);
    for (const step of steps.filter(({ uses }) => uses === "nixclaude/check@v1")) {
      expect(Object.keys(step.with ?? {}).filter((name) => !(name in inputs))).toEqual([]);
    }
  });

  test("the first to copy has ten lines", () => {
    const [first] = shown.filter(({ page }) => page === "docs/quick-start.md");
    expect(first!.text.trimEnd().split("\n").slice(1)).toHaveLength(10);
  });

  test("the check of the reusable workflow has the name that the page gives", () => {
    const { jobs } = parse(read(".github/workflows/check.yml")) as {
      jobs: Record<string, Workflow["jobs"][string] & { name: string }>;
    };
    expect(read("docs/quick-start.md")).toContain(`\`behavior / ${Object.values(jobs)[0]!.name}\``);
  });
});

describe("the bypass contract", () => {
  const commit = "a".repeat(40);
  const ofEvent = (name: string, payload: object) =>
    situationOf(
      { name, payload: JSON.parse(JSON.stringify(payload)), sha: commit, ref: "refs/heads/main" },
      { allowUntrustedHead: false },
    );

  test("no approval is looked up for a merge group", () => {
    const group = ofEvent("merge_group", { merge_group: { base_sha: "b".repeat(40), head_sha: commit } });
    expect(group).toMatchObject({ kind: "check", pullRequest: null });
  });

  test("a head under pull_request_target is refused", () => {
    const side = { sha: commit, ref: "x", repo: { full_name: "a/b" } };
    const payload = { pull_request: { number: 1, head: side, base: side, user: { login: "a" } } };
    expect(ofEvent("pull_request_target", payload)).toMatchObject({
      kind: "refused",
      code: "untrusted-head",
    });
  });

  test("there is no approval by default", () => {
    const { inputs } = parse(read("action.yml")) as { inputs: Record<string, { default?: string }> };
    expect(inputs["approval-label"]!.default).toBeUndefined();
    expect(inputs["approval-teams"]!.default).toBeUndefined();
  });
});
