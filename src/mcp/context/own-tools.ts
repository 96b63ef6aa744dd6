import { NixclaudeError } from "../../model/errors.ts";
import { failed, type ServedTool, type ToolResult } from "../protocol/served.ts";
import type { FlakePort } from "./flake.ts";

/** Questions about the flake itself. They read, and change nothing. */
export function ownTools(port: FlakePort): ServedTool[] {
  return [
    {
      definition: {
        name: "nixclaude_why",
        title: "Why is a call approved?",
        description:
          "Says whether a tool call runs without asking in this repository, by which rule, and where that is set.",
        inputSchema: {
          type: "object",
          properties: {
            call: { type: "string", description: 'The call as rules write it, such as "Bash(git push)".' },
          },
          required: ["call"],
          additionalProperties: false,
        },
        annotations: READS,
      },
      call: ({ call }) =>
        typeof call === "string"
          ? answered(() => port.why(call))
          : Promise.resolve(failed('`call` is text, such as "Bash(git push)".')),
    },
    {
      definition: {
        name: "nixclaude_check",
        title: "What may Claude do now?",
        description:
          "Compares the work tree with the last commit: what Claude may do that it could not do before, what caused it, and whether the organisation's constraints hold.",
        inputSchema: { type: "object", additionalProperties: false },
        annotations: READS,
      },
      call: () => answered(() => port.check()),
    },
  ];
}

export const OWN_NAMES: ReadonlySet<string> = new Set(["nixclaude_why", "nixclaude_check"]);

const READS = { readOnlyHint: true, openWorldHint: false };

async function answered(answer: () => Promise<string>): Promise<ToolResult> {
  try {
    return { content: [{ type: "text", text: await answer() }] };
  } catch (error) {
    if (error instanceof NixclaudeError)
      return failed(`It could not be told: ${error.message}. ${error.hint}`);
    throw error;
  }
}
