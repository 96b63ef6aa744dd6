import type { DeclaredTool } from "../../mcp/tools-file/tools-file.ts";
import type { Approvals, ToolOutcome, ToolUse } from "../../messages/index.ts";
import { commandLine } from "../../messages/index.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { visible } from "../../render/escape.ts";
import { invocationOf, type RunnableTools } from "./tools.ts";

export interface ToolCallPorts {
  tools: RunnableTools;
  approvals: Approvals;
  /** Asks a person; null: there is none. */
  confirm(question: string): Promise<boolean | null>;
  /** One line for standard error. */
  say(line: string): void;
}

/** More than a person reads before saying yes. */
const LONGEST_QUESTION = 4_000;
const SHOWN_CHARACTERS = 200;

/** One use of a tool: nothing runs that the context does not approve and nobody at the terminal does. */
export async function useTool({ name, input }: ToolUse, ports: ToolCallPorts): Promise<ToolOutcome> {
  const tool = ports.tools.byName.get(name);
  if (tool === undefined) return refused(name, `There is no tool ${JSON.stringify(name)}.`, ports);
  if (!isJsonObject(input)) return refused(name, "The input is no object.", ports);
  try {
    const invoked = await invocationOf(tool, input);
    if ("refusal" in invoked) return refused(name, `Nothing was run: ${invoked.refusal}`, ports);
    const line = commandLine(invoked.argv);
    const hindered = await hindrance(tool, line, invoked, ports);
    if (hindered !== null) {
      ports.say(`${tool.name}: not run: ${shortened(line)}`);
      return refused(name, hindered, ports);
    }
    return await called(tool, input);
  } catch (error) {
    // Input nested so deep that nothing can write it down, a pattern that the engine gives up on.
    return refused(name, `Nothing is known of the call: ${String(error)}`, ports);
  }
}

/** Why it must not run; null when it may. */
async function hindrance(
  tool: DeclaredTool,
  line: string,
  { argv, rest }: { argv: string[]; rest: string },
  { approvals, confirm, say }: ToolCallPorts,
): Promise<string | null> {
  const approval = approvals.of(argv);
  if (approval.kind === "refuse") return `The context refuses this: ${approval.reason}.`;
  if (approval.kind === "run") {
    say(`${tool.name}: ${shortened(line)} (${approval.reason})`);
    return null;
  }
  const given = rest === "{}" ? [] : [`with ${rest}`];
  const shown = [line, ...given].map((part) => `  ${visible(part)}\n`).join("");
  if (shown.length > LONGEST_QUESTION) {
    return "It is too long to be shown to a person, and nothing approves it.";
  }
  const answer = await confirm(`Run ${tool.name}? (${visible(approval.reason)})\n${shown}[y/N] `);
  if (answer === true) return null;
  return answer === null
    ? "Nothing approves this, and there is no terminal to ask at."
    : "The user does not want this to run.";
}

async function called(tool: DeclaredTool, input: JsonObject): Promise<ToolOutcome> {
  const { declaredTool } = await import("../../mcp/command/declared-tool.ts");
  const result = await declaredTool(tool).call(input, {
    signal: new AbortController().signal,
    progress: () => {},
    log: () => {},
  });
  return {
    text: result.content.map(({ text }) => text).join("\n"),
    isError: result.isError === true,
  };
}

function refused(name: string, text: string, { say }: ToolCallPorts): ToolOutcome {
  say(`${shortened(name)}: ${shortened(text)}`);
  return { text, isError: true };
}

function shortened(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
