import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { withFileReferences } from "../check/file-references.ts";
import { namedTree } from "../check/own-tree.ts";
import type { ClientFilesPort } from "../check/ports.ts";
import { type FoundFile, openProjectTree, type ProjectTree } from "../check/project-tree.ts";
import { DEFAULT_LIMITS } from "../model/limits.ts";
import type { Position } from "../model/position.ts";
import type { PathContent, RawSet, RawValue } from "../model/raw-value.ts";
import { parseJsonObject } from "./json-value.ts";
import { memoryFiles } from "./memory.ts";
import { mergeSettings, settingsMembers } from "./settings.ts";

/** The version of the context's format that these files are put into. */
const CONTEXT_VERSION = "2025-01";

/** A key of a set with its value and its place. */
type Member = [key: string, value: RawValue, position: Position | undefined];

interface Project {
  tree: ProjectTree;
  /** The project's directory in the tree, `""` for the root. */
  directory: string;
}

/**
 * A context out of the client's own files, for repositories without a flake: the same shape as `claudeContext`, with
 * positions in those files. A file that the client would drop because it is no JSON becomes a `failure` in the place
 * of what it would have said.
 */
export function createClientFiles(): ClientFilesPort {
  return {
    read: async (repository, tree, directory) => {
      const project = { tree: await openProjectTree(repository, tree), directory };
      const members = [
        ...(await settings(project)),
        ...(await mcpServers(project)),
        ...(await policies(project)),
        ...(await skills(project)),
        ...(await markdownUnits(project, "agents", ".claude/agents")),
        ...(await markdownUnits(project, "commands", ".claude/commands")),
        ...(await markdownUnits(project, "outputStyles", ".claude/output-styles")),
      ];
      const version: Member = ["version", { kind: "scalar", value: CONTEXT_VERSION }, undefined];
      if (members.length === 0) return null;
      return withFileReferences(setOf([version, ...members]), {
        own: async () => namedTree(project.tree, tree),
        directory,
        inputs: new Map(),
      });
    },
  };
}

const SETTINGS_FILES = [".claude/settings.json", ".claude/settings.local.json"];

async function settings(project: Project): Promise<Member[]> {
  let merged: RawSet | null = null;
  for (const name of SETTINGS_FILES) {
    const value = await readJson(project, name, "settings-not-json");
    if (value === null) continue;
    // Which rules such a file held cannot be known, and without them nothing that the other says can be judged.
    if (value.kind === "failure") return [["settings", value, value.position]];
    merged = merged === null ? value : mergeSettings(merged, value);
  }
  if (merged === null) return [];
  const members = settingsMembers(merged);
  return Object.entries(members.entries).map(([key, value]) => [key, value, members.positions[key]]);
}

async function mcpServers(project: Project): Promise<Member[]> {
  const value = await readJson(project, ".mcp.json", "mcp-not-json");
  if (value === null) return [];
  if (value.kind === "failure") return [["mcpServers", value, value.position]];
  // The client ignores the other keys of this file.
  const servers = Object.entries(value.entries).find(([key]) => key === "mcpServers");
  return servers === undefined ? [] : [["mcpServers", servers[1], value.positions.mcpServers]];
}

/** Each file of instructions is a policy of its own, under its path. */
async function policies(project: Project): Promise<Member[]> {
  const files = await memoryFiles(project.tree, project.directory);
  const members = [...files].map(([id, file]) =>
    fileMember(project, id, posix.join(project.directory, id), file),
  );
  return collection("policies", await Promise.all(members));
}

/** `.claude/skills/NAME` with a `SKILL.md`, compared with all files beside it. */
async function skills(project: Project): Promise<Member[]> {
  const root = inProject(project, ".claude/skills");
  const byName = new Map<string, [path: string, file: FoundFile][]>();
  for (const [path, file] of project.tree.below(root)) {
    const [name, ...rest] = path.slice(root.length + 1).split("/");
    if (name === undefined || rest.length === 0) continue;
    byName.set(name, [...(byName.get(name) ?? []), [rest.join("/"), file]]);
  }
  const members = [...byName]
    .filter(([, files]) => files.some(([path]) => path.toUpperCase() === "SKILL.MD"))
    .map(([name, files]) => skillMember(project, name, posix.join(root, name), files));
  return collection("skills", await Promise.all(members));
}

async function skillMember(
  project: Project,
  name: string,
  path: string,
  files: [path: string, file: FoundFile][],
): Promise<Member> {
  const contents = await Promise.all(
    files.map(async ([file, found]) => ({ path: file, content: await contentOf(project, found) })),
  );
  const content: PathContent = {
    kind: "directory",
    files: contents.map(({ path: file, content: { sha256, text } }) => ({
      path: file,
      sha256,
      ...(text === undefined ? {} : { text }),
    })),
    truncated: false,
  };
  const main = files.find(([file]) => file.toUpperCase() === "SKILL.MD")?.[0] ?? "SKILL.md";
  return [name, { kind: "path", path: `./${path}`, content }, startOf(posix.join(path, main))];
}

/** `.claude/agents/team/reviewer.md` is the agent `team/reviewer`. */
async function markdownUnits(project: Project, key: string, holder: string): Promise<Member[]> {
  const root = inProject(project, holder);
  const members = project.tree
    .below(root)
    .filter(([path]) => path.endsWith(".md"))
    .map(([path, file]) => fileMember(project, path.slice(root.length + 1, -".md".length), path, file));
  return collection(key, await Promise.all(members));
}

async function fileMember(project: Project, name: string, path: string, file: FoundFile): Promise<Member> {
  const { sha256, text } = await contentOf(project, file);
  const content: PathContent = { kind: "file", sha256, ...(text === undefined ? {} : { text }) };
  return [name, { kind: "path", path: `./${path}`, content }, startOf(path)];
}

/**
 * A link that leads out of the repository cannot be read at a revision: where it leads stands for what is there, so
 * that at least a change of it is seen.
 */
async function contentOf(project: Project, file: FoundFile): Promise<{ sha256: string; text?: string }> {
  const bytes =
    file.kind === "file"
      ? await project.tree.read(file)
      : Buffer.from(`(a link to ${file.target}, outside of this repository)\n`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const isText = bytes.length <= DEFAULT_LIMITS.comparedTextBytes && isUtf8(bytes) && !bytes.includes(0);
  return isText ? { sha256, text: Buffer.from(bytes).toString("utf8") } : { sha256 };
}

async function readJson(
  project: Project,
  name: string,
  code: string,
): Promise<RawSet | Extract<RawValue, { kind: "failure" }> | null> {
  const path = inProject(project, name);
  const file = project.tree.find(path);
  if (file === null) return null;
  const failure = (message: string, position: Position) =>
    ({ kind: "failure", code, message: `the client drops ${path}: ${message}`, position }) as const;
  if (file.kind === "outside") {
    return failure(`it is a link to ${file.target}, outside of this repository`, startOf(path));
  }
  const bytes = await project.tree.read(file);
  if (!isUtf8(bytes)) return failure("it is not UTF-8 text", startOf(path));
  const parsed = parseJsonObject(Buffer.from(bytes).toString("utf8"), path);
  return parsed.kind === "parsed" ? parsed.value : failure(parsed.message, parsed.position);
}

function collection(key: string, members: Member[]): Member[] {
  return members.length === 0 ? [] : [[key, setOf(members), members[0]![2]]];
}

function setOf(members: readonly Member[]): RawSet {
  return {
    kind: "set",
    entries: Object.fromEntries(members.map(([key, value]) => [key, value])),
    positions: Object.fromEntries(
      members.flatMap(([key, , position]) => (position === undefined ? [] : [[key, position]])),
    ),
  };
}

function inProject(project: Project, path: string): string {
  return posix.join(project.directory, path);
}

function startOf(file: string): Position {
  return { file, line: 1, column: 1 };
}
