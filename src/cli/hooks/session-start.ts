import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { memoryMarkdown, memoryText } from "../../artifacts/memory.ts";
import { RenderNotes } from "../../artifacts/rendered.ts";
import { inspectWith } from "../../check/inspect.ts";
import { NixclaudeError } from "../../model/errors.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { visible } from "../../render/escape.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import { parseOptions } from "../parse-options.ts";
import { sessionRequest } from "../session-request.ts";
import { readInput } from "./read-input.ts";

/** A person waits for the session; what takes longer is said to be missing. */
const TIME_LIMIT = "evaluation-time=20s";

/**
 * The client's `SessionStart` hook: tells the session what the flake says of Claude, so that no file has to be rendered
 * for it. Where that cannot be told, it says so in one line. Always exits with 0: no session is kept from starting.
 */
export async function sessionStart(io: Io): Promise<number> {
  const context = await contextFor(io);
  if (context === null) return 0;
  const answer = { hookEventName: "SessionStart", additionalContext: context };
  io.stdout.write(`${JSON.stringify({ hookSpecificOutput: answer })}\n`);
  return 0;
}

async function contextFor(io: Io): Promise<string | null> {
  try {
    return await instructionsIn(directoryOf(await readInput(io)) ?? io.cwd, io);
  } catch (error) {
    if (error instanceof NixclaudeError && NOTHING_THERE.has(error.code)) return null;
    const because = error instanceof NixclaudeError ? `${error.message}. ${error.hint}` : String(error);
    return visible(
      `nixclaude could not evaluate claudeContext of this repository, so its persona, policies and tools are not known in this session: ${because}`,
    );
  }
}

/** Nothing was said of Claude here, and nothing is missing. */
const NOTHING_THERE = new Set(["not-a-repository", "no-head"]);

async function instructionsIn(directory: string, io: Io): Promise<string | null> {
  const options = parseOptions({ worktree: true, limit: [TIME_LIMIT] });
  const ports = createPorts(io.env);
  const request = await sessionRequest(options, { ...io, cwd: directory }, ports);
  return inspectWith(request, ports, currentProgram(), async ({ snapshot, run }) => {
    if (snapshot.kind === "absent" || snapshot.from !== "flake") return null;
    const { context } = snapshot;
    const rendered = memoryText(context, new RenderNotes());
    const file = await run.repository.readFile(run.trees.after, "CLAUDE.md");
    const isTold = rendered !== null && (file === null ? "" : decoded(file)).includes(rendered.trim());
    // The client reads the file itself: said twice, it would only cost.
    const text = memoryMarkdown(context, new RenderNotes());
    return isTold || text === null ? null : withinLimit(text);
  });
}

/** The client keeps longer texts from the model (2.1.197, 2.1.330), all but the first 2,000 characters of them. */
const MOST_CHARACTERS = 10_000;

function withinLimit(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const note = `(nixclaude: of ${text.length} characters that the flake says, the client takes ${MOST_CHARACTERS} from a hook; the rest is missing here. All of it is the resource nixclaude://instructions of the server plugin:nixclaude:flake: read it before anything else. nixclaude render writes it to CLAUDE.md, which has no such limit.)\n\n`;
  return note + text.slice(0, MOST_CHARACTERS - note.length);
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\r\n?/g, "\n");
}

/** Where the session is, as the client says it; null where it says nothing that is there. */
function directoryOf(input: string): string | null {
  let said: Json;
  try {
    said = JSON.parse(input) as Json;
  } catch {
    return null;
  }
  const cwd = isJsonObject(said) ? said.cwd : null;
  return typeof cwd === "string" && isAbsolute(cwd) && existsSync(cwd) ? cwd : null;
}
