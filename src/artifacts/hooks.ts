import type { Hook } from "../model/context.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { parentPath } from "../model/position.ts";
import { filesBehind, plainKeys } from "./own-words.ts";
import type { RenderNotes } from "./rendered.ts";
import { HOOK_SHAPES } from "./settings-shapes.ts";
import { fitting } from "./shapes.ts";
import type { Sources } from "./sources.ts";

/** The key under which the client reads what runs, by type of hook. */
const SUBJECT_KEYS: Readonly<Record<string, string>> = {
  command: "command",
  http: "url",
  prompt: "prompt",
  agent: "prompt",
  mcp_tool: "tool",
};

/** The client's nested object again: events in order of appearance, groups as they were written. */
export function hooksObject(hooks: readonly Hook[], sources: Sources, notes: RenderNotes): JsonObject {
  const events = new Map<string, Map<string, { matcher: string; hooks: Json[] }>>();
  for (const hook of hooks) {
    const written = hookObject(hook, sources, notes);
    if (written === undefined) continue;
    const groups = events.get(hook.event) ?? new Map<string, { matcher: string; hooks: Json[] }>();
    events.set(hook.event, groups);
    const at = groupOf(hook);
    const group = groups.get(at) ?? { matcher: hook.matcher, hooks: [] };
    groups.set(at, group);
    group.hooks.push(written);
  }
  return Object.fromEntries(
    [...events].map(([event, groups]) => [
      event,
      [...groups.values()].map(({ matcher, hooks: members }) =>
        matcher === "" ? { hooks: members } : { matcher, hooks: members },
      ),
    ]),
  );
}

function hookObject(hook: Hook, sources: Sources, notes: RenderNotes): Json | undefined {
  const shape = Object.hasOwn(HOOK_SHAPES, hook.type) ? HOOK_SHAPES[hook.type] : undefined;
  const key = Object.hasOwn(SUBJECT_KEYS, hook.type) ? SUBJECT_KEYS[hook.type] : undefined;
  if (shape === undefined || key === undefined) {
    const known = Object.keys(SUBJECT_KEYS).join(", ");
    notes.problem(
      hook.path,
      `the client knows no such type of hook, and would drop the file: it takes ${known}`,
    );
    return undefined;
  }
  const others = plainKeys(hook.other, hook.path, sources, notes);
  // Where the type's own key is among the others, `command` holds what stands under a key that the type ignores.
  if (Object.hasOwn(others, key)) return fitting({ type: hook.type, ...others }, shape, hook.path, notes);
  const subject = sources.place(hook.command, filesBehind(hook.other), hook.path, notes);
  if (subject === undefined) return undefined;
  return fitting({ type: hook.type, [key]: subject, ...others }, shape, hook.path, notes);
}

/** `hooks.PreToolUse[0].hooks[1]` → `hooks.PreToolUse[0]`. */
function groupOf(hook: Hook): string {
  return parentPath(parentPath(hook.path) ?? "") ?? "";
}
