import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { UsageError } from "../../model/errors.ts";
import type { GitHook } from "../hooks/names.ts";
import type { HookManager } from "./manager.ts";
import { newYamlFile, withoutYamlBlocks, withYamlBlock, type YamlAddition } from "./yaml-lines.ts";

const FILE = ".pre-commit-config.yaml";
const REMARK = " `nixclaude uninstall` takes these lines out";

/**
 * https://pre-commit.com: hooks of the program that is installed. Those that only say something are left out, since
 * pre-commit shows nothing of hooks that pass.
 */
export const preCommit: HookManager = {
  name: "pre-commit",
  isUsed: (root) => existsSync(join(root, FILE)),
  newMode: 0o644,
  changes: async (root, hooks) => {
    if (hooks.includes("commit-msg")) throw noTrailers();
    const path = join(root, FILE);
    const before = existsSync(path) ? readFileSync(path, "latin1") : null;
    const bare = before === null ? null : withoutYamlBlocks(before);
    if (hooks.length === 0) return [{ path, before, after: bare }];
    return [{ path, before, after: bare === null ? newYamlFile(REMARK, [ADDITION]) : withHooks(bare) }];
  },
  next: (hooks: readonly GitHook[]) =>
    `Commit the file, and run \`pre-commit install ${hooks
      .filter((hook) => hook === "pre-commit" || hook === "pre-push")
      .map((hook) => `--hook-type ${hook}`)
      .join(" ")}\`.`,
};

function localHook(id: string, name: string, hook: "pre-commit" | "pre-push") {
  return {
    id,
    name,
    language: "system",
    entry: `sh -c 'PATH="$PWD/node_modules/.bin:$PATH" exec nixclaude hook ${hook}'`,
    stages: [hook],
    pass_filenames: false,
    always_run: true,
  };
}

const VALUE = [
  {
    repo: "local",
    hooks: [
      localHook("nixclaude", "what Claude may do", "pre-commit"),
      localHook("nixclaude-push", "what Claude may do, in what is pushed", "pre-push"),
    ],
  },
];
const ADDITION: YamlAddition = {
  path: ["repos"],
  value: VALUE,
  lines: stringify(VALUE, { lineWidth: 0 }).trimEnd().split("\n"),
};

function withHooks(bare: string): string {
  const text = withYamlBlock(bare, REMARK, ADDITION);
  if (text !== null) return text;
  throw new UsageError(
    "hook-not-changed",
    `${FILE} leaves no place for lines of its own; nothing was changed`,
    {
      hint: "Write the list `repos` on lines of its own, or add the hooks yourself: docs/hooks.md shows them.",
    },
  );
}

function noTrailers(): UsageError {
  return new UsageError(
    "hook-not-changed",
    "pre-commit does not hand over what trailers need; nothing was changed",
    {
      hint: "Leave --trailer out, or add it beside pre-commit: nixclaude install --with git --trailer.",
    },
  );
}
