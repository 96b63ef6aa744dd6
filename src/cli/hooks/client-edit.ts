import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { RevisionSpec } from "../../check/ports.ts";
import { workTreeOf } from "../../git/work-tree-root.ts";
import { NixclaudeError } from "../../model/errors.ts";
import type { Finding } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";
import { blockingFindings } from "../../render/blocking.ts";
import { visible } from "../../render/escape.ts";
import type { Io } from "../io.ts";
import { type EditCall, editedText, readEditCall } from "./edit-call.ts";
import { checkFor, hasNoContext } from "./judge.ts";
import { readInput } from "./read-input.ts";

type Decision = { decision: "deny" | "ask"; reason: string } | null;

/**
 * The client's `PreToolUse` hook: checks what the work tree would be after an edit of the files that configure Claude,
 * against HEAD. Denies what would be blocked; has a person asked where that cannot be told; says nothing otherwise, so
 * that the client decides as it always does. Always exits with 0: for the client, any other status but 2 lets the edit
 * through.
 */
export async function clientEdit(io: Io): Promise<number> {
  const made = await decide(io);
  if (made === null) return 0;
  const answer = {
    hookEventName: "PreToolUse",
    permissionDecision: made.decision,
    permissionDecisionReason: made.reason,
  };
  io.stdout.write(`${JSON.stringify({ hookSpecificOutput: answer })}\n`);
  return 0;
}

async function decide(io: Io): Promise<Decision> {
  try {
    const call = readEditCall(await readInput(io));
    return call === null ? null : await decideAbout(call, io);
  } catch (error) {
    const because = error instanceof NixclaudeError ? `${error.message}. ${error.hint}` : String(error);
    return askBecause(because);
  }
}

async function decideAbout(call: EditCall, io: Io): Promise<Decision> {
  const named = resolve(call.cwd ?? io.cwd, call.file);
  const file = realPath(named);
  const root = workTreeOf(existingParent(dirname(file)), io.env);
  if (root === null) return null;
  const path = relative(root, file);
  if (!configuresClaude(path) && !configuresClaude(relative(root, named))) return null;
  const content = editedText(call, existsSync(file) ? readFileSync(file, "utf8") : null);
  if (content === null) return askBecause(`what this edit makes of ${path} could not be told`);
  return judge({ ...io, cwd: root }, { path, content });
}

async function judge(io: Io, edited: { path: string; content: string }): Promise<Decision> {
  const worktree = { kind: "worktree", includeUntracked: false } as const;
  const after = await checkTree({ ...worktree, edited }, io);
  if (hasNoContext(after)) return null;
  if (after.kind === "not-evaluated") return askBecause(after.error.message);
  const blocking = blockingFindings(after.report).filter((finding) => !isMendedNext(finding, edited.path));
  if (blocking.length === 0) return null;
  // What is blocked already stays so until it is mended, which may take more than one edit.
  const before = await checkTree(worktree, io);
  const known = before.kind === "checked" ? fingerprints(before.report) : new Set<string>();
  const added = blocking.filter(({ fingerprint }) => !known.has(fingerprint));
  if (added.length === 0) return null;
  const lines = added.slice(0, MOST_FINDINGS).map(({ rule, message, help }) => `${rule}: ${message} ${help}`);
  const more = added.length > MOST_FINDINGS ? [`and ${added.length - MOST_FINDINGS} more`] : [];
  const reason = ["nixclaude blocks this edit, as it would block the commit.", ...lines, ...more];
  return { decision: "deny", reason: reason.map(visible).join("\n") };
}

/** Rendered files fit again once `nixclaude render` has run, and that comes after the edit of the flake. */
function isMendedNext({ rule, subject }: Finding, edited: string): boolean {
  return rule === "artifact-drift" && subject.path !== edited;
}

const MOST_FINDINGS = 5;

/** What an agent writes is a stranger's: it is evaluated without a network and without the user's environment. */
function checkTree(head: RevisionSpec, io: Io) {
  return checkFor({ base: { kind: "revision", name: "HEAD" }, head, trust: "untrusted" }, io);
}

function fingerprints(report: Report): Set<string> {
  return new Set(blockingFindings(report).map(({ fingerprint }) => fingerprint));
}

function askBecause(reason: string): Decision {
  return {
    decision: "ask",
    reason: visible(`nixclaude could not tell what this edit lets Claude do: ${reason}`),
  };
}

const FILES = new Set(["flake.nix", "flake.lock", ".mcp.json", "claude.md"]);
const FOLDERS = new Set(["claude", ".claude"]);

/** The flake and its lock, the client's own files, and the folders in which context is kept. Some systems ignore case. */
export function configuresClaude(path: string): boolean {
  const parts = path.toLowerCase().split("/");
  return FILES.has(parts.at(-1) ?? "") || parts.slice(0, -1).some((part) => FOLDERS.has(part));
}

/** Links are followed as far as there is something; a file that is to be made keeps its name. */
function realPath(path: string): string {
  const parent = existingParent(path);
  const real = realpathSync(parent);
  return parent === path ? real : join(real, relative(parent, path));
}

function existingParent(path: string): string {
  let parent = path;
  while (!existsSync(parent) && basename(parent) !== "") parent = dirname(parent);
  return parent;
}
