import { isDeepStrictEqual } from "node:util";
import { callableTools } from "../../artifacts/messages-request-tools.ts";
import { withoutDigests } from "../../artifacts/own-words.ts";
import { RenderNotes } from "../../artifacts/rendered.ts";
import { Sources } from "../../artifacts/sources.ts";
import type { ClaudeContext, Tool } from "../../model/context.ts";
import type { Json } from "../../model/json.ts";
import { declaredTool } from "../command/declared-tool.ts";
import type { ServedTool } from "../protocol/served.ts";
import { readToolsFile } from "../tools-file/read.ts";

/** The server as the client plugin names it: clients put `mcp__` and this in front of each tool. */
export const SERVER_NAME = "plugin_nixclaude_flake";

export interface Offer {
  /** In the order of the context. */
  tools: ServedTool[];
  /** Tools that could not be offered, by attribute path, and why. */
  leftOut: { path: string; reason: string }[];
}

export interface OfferOptions {
  root: string;
  inputs: readonly string[];
  taken: ReadonlySet<string>;
  known: Readonly<Record<string, Tool>>;
}

export const NOTHING: Offer = { tools: [], leftOut: [] };

/** A person decides, whatever the client's rules say (2.1.330; older clients know no such word). */
const ASKS = { _meta: { "anthropic/requiresUserInteraction": true } };

/**
 * The tools of a context that have both a command and an input schema, each by itself: what is wrong with one keeps no
 * other away.
 * @param root absolute directory in which they run.
 * @param inputs names of the flake's inputs: what lies in them has no place of its own on this machine.
 * @param taken names that are not to be had.
 * @param known tools as they were when the session began. A rule that approves a tool's name was made for what that was:
 *   for every other one a person is asked.
 */
export function offerOf(context: ClaudeContext, { root, inputs, taken, known }: OfferOptions): Offer {
  const notes = new RenderNotes();
  const declared = Object.entries(context.tools).filter(
    ([, { command, inputSchema }]) => command !== null && inputSchema !== null,
  );
  const callable = callableTools(Object.fromEntries(declared), new Sources(inputs), notes);
  const leftOut = [
    ...notes.problems.map(({ path, message }) => ({ path, reason: message })),
    ...notes.omitted,
  ];
  const tools = callable.flatMap((tool): ServedTool[] => {
    const path = `tools.${tool.name}`;
    if (taken.has(tool.name)) {
      leftOut.push({ path, reason: "this server has a tool of its own with that name" });
      return [];
    }
    const read = readToolsFile({ name: SERVER_NAME, tools: [{ ...tool, cwd: root }] } as Json);
    if ("file" in read) {
      const isKnown = isSameTool(known, context.tools, tool.name);
      return read.file.tools.map(declaredTool).map((served) => (isKnown ? served : asking(served)));
    }
    leftOut.push(
      ...read.problems.map(({ path: at, message }) => ({ path: placeOf(at, path), reason: message })),
    );
    return [];
  });
  return { tools, leftOut };
}

/** Has the name the same tool in both, command and all? */
export function isSameTool(before: OfferOptions["known"], now: OfferOptions["known"], name: string): boolean {
  return (
    Object.hasOwn(before, name) && Object.hasOwn(now, name) && isDeepStrictEqual(before[name], now[name])
  );
}

/** Does its command name files of the repository? What they hold is known by an evaluation alone. */
export function runsFiles(tools: OfferOptions["known"], name: string): boolean {
  const command = Object.hasOwn(tools, name) ? tools[name]?.command : null;
  return command?.some((word) => withoutDigests(word) !== word) ?? false;
}

function asking(tool: ServedTool): ServedTool {
  return { ...tool, definition: { ...tool.definition, ...ASKS } };
}

/** `tools[0].command` of a file with one tool, where it stands in the context. */
function placeOf(at: string, path: string): string {
  return at.startsWith("tools[0]") ? path + at.slice("tools[0]".length) : path;
}
