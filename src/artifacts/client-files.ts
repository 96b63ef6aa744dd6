import type { ClaudeContext } from "../model/context.ts";
import type { JsonObject } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import { attributePath } from "../model/position.ts";
import type { PresentSnapshot } from "../model/snapshot.ts";
import { type FilesBeside, filesBesideSkills } from "./beside-skills.ts";
import { pathProblem } from "./file-names.ts";
import { mcpDocument } from "./mcp-servers.ts";
import { isKnownText, memoryText } from "./memory.ts";
import { type ClientFile, type FileBeside, type RenderedFiles, RenderNotes } from "./rendered.ts";
import { settingsDocument } from "./settings.ts";
import { Sources } from "./sources.ts";
import { textUnitFiles } from "./text-units.ts";

export interface RenderOptions {
  /**
   * Where the context comes from. Policies of a flake are sections of one `CLAUDE.md`, plain text; those of `files`
   * are memory files by their paths, and are written there as they are.
   */
  from: PresentSnapshot["from"];
  /** Names of the flake's inputs (`standards`): a command line that names a file of one cannot be written. */
  inputs?: readonly string[];
  /** Files beside the text of a skill, as far as they could be had. */
  beside?: FilesBeside;
}

/** A file, and the attribute it is made of. */
interface Made {
  path: string;
  file: ClientFile | FileBeside;
}

/**
 * The files of a project under which a session of the client behaves as the context says. Where it would not, a problem
 * says so, and what the context does not hold is omitted; nothing is left out without either.
 */
export function renderClientFiles(context: ClaudeContext, options: RenderOptions): RenderedFiles {
  const notes = new RenderNotes();
  const sources = new Sources(options.inputs ?? []);
  const made = [
    ...json("settings", ".claude/settings.json", settingsDocument(context, sources, notes)),
    ...json("mcpServers", ".mcp.json", mcpDocument(context.mcpServers, sources, notes)),
    ...textUnitFiles(context, options.from, sources, notes),
    ...filesBesideSkills(context.skills, options.beside, notes),
    ...memoryFiles(context, options.from, notes),
  ];
  const all = withoutCollisions(made, notes).sort((a, b) => compareText(a.path, b.path));
  const files = all.filter((file) => "text" in file);
  const texts = new Set(files.map(({ path }) => path));
  return {
    files,
    // Without the skill that they belong to, they are nothing.
    beside: all.filter((file) => "bytes" in file).filter(({ of }) => texts.has(of)),
    problems: notes.problems,
    omitted: notes.omitted,
    withheld: notes.withheld,
  };
}

function memoryFiles(context: ClaudeContext, from: PresentSnapshot["from"], notes: RenderNotes): Made[] {
  if (from === "flake") {
    const text = memoryText(context, notes);
    return text === null ? [] : [{ path: "persona", file: { path: "CLAUDE.md", text } }];
  }
  return Object.entries(context.policies).flatMap(([id, text]): Made[] => {
    const path = attributePath("policies", id);
    if (!isKnownText(text, path, notes)) return [];
    const problem = pathProblem(id);
    if (problem === null) return [{ path, file: { path: id, text } }];
    notes.omit(path, "it lies outside of the project");
    return [];
  });
}

function json(path: string, file: string, document: JsonObject | null): Made[] {
  return document === null
    ? []
    : [{ path, file: { path: file, text: `${JSON.stringify(document, null, 2)}\n` } }];
}

/**
 * One file for each path, and no file where another needs a directory. Names that differ in case or in the spelling
 * of accents are one file on some systems.
 */
function withoutCollisions(made: readonly Made[], notes: RenderNotes): Made["file"][] {
  const files = new Map<string, string>();
  const directories = new Map<string, string>();
  return made.flatMap(({ path, file }) => {
    const key = file.path.normalize("NFC").toLowerCase();
    const parents = parentsOf(key);
    const other =
      files.get(key) ??
      directories.get(key) ??
      parents.map((parent) => files.get(parent)).find((found) => found !== undefined);
    if (other !== undefined) {
      notes.problem(path, `its file ${file.path} would be in the place of that of ${other}`);
      return [];
    }
    files.set(key, path);
    for (const parent of parents) if (!directories.has(parent)) directories.set(parent, path);
    return [file];
  });
}

function parentsOf(path: string): string[] {
  const steps = path.split("/");
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join("/"));
}
