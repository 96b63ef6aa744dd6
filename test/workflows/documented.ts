import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

export interface Job {
  uses?: string;
  with?: Record<string, unknown>;
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  steps?: Step[];
}

export interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  concurrency?: unknown;
  jobs: Record<string, Job>;
}

export interface DocumentedWorkflow {
  page: string;
  text: string;
  workflow: Workflow;
}

const PAGES = ["README.md", ...readdirSync("docs").map((name) => join("docs", name))].filter((path) =>
  path.endsWith(".md"),
);

/** Every fenced block of YAML in the documentation that has jobs; those in lists are indented. */
export function documentedWorkflows(): DocumentedWorkflow[] {
  return PAGES.flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/^( *)```yaml\n([\s\S]*?)^\1```/gm)].flatMap(
      ([, indent = "", block = ""]) => {
        const text = block.replaceAll(new RegExp(`^${indent}`, "gm"), "");
        const workflow = parse(text) as Workflow | null;
        return workflow !== null && "jobs" in workflow ? [{ page, text, workflow }] : [];
      },
    ),
  );
}
