import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import { UsageError } from "../../model/errors.ts";
import { GIT_HOOKS, type GitHook } from "../hooks/names.ts";
import type { HookManager } from "./manager.ts";
import { newYamlFile, withoutYamlBlocks, withYamlBlock, type YamlAddition } from "./yaml-lines.ts";

/** Where lefthook looks, in its order: https://lefthook.dev/configuration */
const STEMS = ["lefthook", ".lefthook", ".config/lefthook"];
const YAML_FILES = STEMS.flatMap((stem) => [`${stem}.yml`, `${stem}.yaml`]);
const OTHER_FILES = STEMS.flatMap((stem) => [`${stem}.toml`, `${stem}.json`, `${stem}.jsonc`]);

const REMARK = " `nixclaude uninstall` takes these lines out";
/** lefthook starts commands in the root of the work tree, with the PATH of whoever runs Git. */
const PROGRAM = 'PATH="$PWD/node_modules/.bin:$PATH" nixclaude';

/**
 * lefthook passes over commands when it finds no file to look at: for a push, when the branch that is checked out has
 * nothing new, whatever is pushed. It asks a command that names files of its own, if these are asked for; its
 * configuration is always there.
 */
const ALWAYS = "ls lefthook.* .lefthook.* .config/lefthook.* 2>/dev/null || true";

export const lefthook: HookManager = {
  name: "lefthook",
  isUsed: (root) => [...YAML_FILES, ...OTHER_FILES].some((file) => existsSync(join(root, file))),
  newMode: 0o644,
  changes: async (root, hooks) => {
    const file = YAML_FILES.find((name) => existsSync(join(root, name)));
    const other = OTHER_FILES.find((name) => existsSync(join(root, name)));
    if (file === undefined && other !== undefined) {
      if (hooks.length === 0) return [];
      throw notHere(other, "is not YAML", hooks);
    }
    const path = join(root, file ?? "lefthook.yml");
    const before = file === undefined ? null : readFileSync(path, "latin1");
    const bare = before === null ? null : withoutYamlBlocks(before);
    return [
      { path, before, after: hooks.length === 0 ? bare : withHooks(bare, hooks, file ?? "lefthook.yml") },
    ];
  },
  next: () => "Commit the file, and run `lefthook install` where that has not been done.",
};

function withHooks(bare: string | null, hooks: readonly GitHook[], file: string): string {
  if (bare === null) return newLefthookFile(hooks);
  let text = bare;
  for (const hook of hooks) {
    const next = withYamlBlock(text, REMARK, addition(hook, hasJobs(text, hook)));
    if (next === null) throw notHere(file, `leaves no place for lines of its own under ${hook}`, hooks);
    text = next;
  }
  return text;
}

/** Every hook in a file of its own: what is installed where no file is, and what a remote offers. */
export function newLefthookFile(hooks: readonly GitHook[]): string {
  return newYamlFile(
    REMARK,
    hooks.map((hook) => addition(hook, false)),
  );
}

/** Newer files have a list of jobs where older ones have named commands; lefthook reads both. */
function hasJobs(text: string, hook: GitHook): boolean {
  return parseDocument(text).hasIn([hook, "jobs"]);
}

function addition(hook: GitHook, asJob: boolean): YamlAddition {
  const command = lefthookCommand(hook);
  const value = asJob ? [{ name: "nixclaude", ...command }] : { nixclaude: command };
  const lines = stringify(value, { lineWidth: 0 }).trimEnd().split("\n");
  return { path: [hook, asJob ? "jobs" : "commands"], value, lines };
}

function lefthookCommand(hook: GitHook): Record<string, unknown> {
  switch (hook) {
    case "pre-commit":
      return { run: `${PROGRAM} hook pre-commit` };
    case "pre-push":
      return { use_stdin: true, files: ALWAYS, run: `${PROGRAM} hook pre-push {0} # {files}` };
    default:
      // Git has done its work, or goes on in any case.
      return { run: `${PROGRAM} hook ${hook} {0} || true` };
  }
}

function notHere(file: string, reason: string, hooks: readonly GitHook[]): UsageError {
  const wanted = GIT_HOOKS.filter((hook) => hooks.includes(hook));
  return new UsageError("hook-not-changed", `${file} ${reason}; nothing was changed`, {
    hint: `Add a command to each of ${wanted.join(", ")} yourself: \`nixclaude hook NAME {0}\`, for pre-push with use_stdin. docs/hooks.md shows them.`,
  });
}
