import type { ClaudeContext } from "../model/context.ts";
import type { JsonObject } from "../model/json.ts";
import { memoryMarkdown } from "./memory.ts";
import { type RenderedFiles, RenderNotes } from "./rendered.ts";
import { settingsDocument } from "./settings.ts";
import { Sources } from "./sources.ts";
import { MANAGED_FILE } from "./targets.ts";

/**
 * Managed settings, which an administrator puts into the client's system directory so that neither project nor user can
 * undo them: the keys of a project's settings, of which the client takes more here (`defaultMode` of any value,
 * `denyInsteadOfPrompting`), and `claudeMd`, which is the place for persona, policies, tools and system facts. What it
 * says is not searched for imports and comments.
 */
export function renderManagedSettings(
  context: ClaudeContext,
  { inputs = [] }: { inputs?: readonly string[] } = {},
): Pick<RenderedFiles, "files" | "problems" | "omitted"> {
  const notes = new RenderNotes();
  const settings = settingsDocument(context, new Sources(inputs), notes, "managed") ?? {};
  const memory = memoryMarkdown(context, notes);
  const document = memory === null ? settings : { ...settings, claudeMd: joined(settings, memory) };
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const files = Object.keys(document).length === 0 ? [] : [{ path: MANAGED_FILE, text }];
  return { files, problems: notes.problems, omitted: notes.omitted };
}

/** What the context's own `settings.claudeMd` says stands first. */
function joined({ claudeMd }: JsonObject, memory: string): string {
  return typeof claudeMd === "string" && claudeMd.trim() !== ""
    ? `${claudeMd.trimEnd()}\n\n${memory}`
    : memory;
}
