import { callableTools } from "../../artifacts/messages-request-tools.ts";
import { RenderNotes, type RenderProblem } from "../../artifacts/rendered.ts";
import { Sources } from "../../artifacts/sources.ts";
import type { DeclaredTool } from "../../mcp/tools-file/tools-file.ts";
import type { ClaudeContext } from "../../model/context.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { attributePath } from "../../model/position.ts";

export interface RunnableTools {
  byName: ReadonlyMap<string, DeclaredTool>;
  /** Why others cannot be run, by attribute path. */
  problems: RenderProblem[];
}

/** Only names that a server could have as well; no server is started. */
const SERVER_NAME = "ask";

/** What lets requests in is not for tools: what they print goes to the model. */
const WITHOUT_KEY = { ANTHROPIC_API_KEY: "", ANTHROPIC_AUTH_TOKEN: "", ANTHROPIC_CUSTOM_HEADERS: "" };

/** The context's callable tools, each read by the rules of a tools file: what is wrong with one keeps no other away. */
export async function runnableTools(
  context: Pick<ClaudeContext, "tools">,
  { inputs, directory }: { inputs: readonly string[]; directory: string },
): Promise<RunnableTools> {
  const { readToolsFile } = await import("../../mcp/tools-file/read.ts");
  const byName = new Map<string, DeclaredTool>();
  const problems: RenderProblem[] = [];
  // What it notes, the request notes as well.
  for (const tool of callableTools(context.tools, new Sources(inputs), new RenderNotes())) {
    const file = { name: SERVER_NAME, tools: [{ ...tool, cwd: directory, env: WITHOUT_KEY }] };
    const read = readToolsFile(file as unknown as Json);
    if ("file" in read) {
      for (const declared of read.file.tools) byName.set(declared.name, declared);
      continue;
    }
    const path = attributePath("tools", tool.name);
    problems.push(
      ...read.problems.map(({ path: at, message }) => ({
        path: at.startsWith("tools[0]") ? `${path}${at.slice("tools[0]".length)}` : path,
        message: `${message}; the tool is not offered`,
      })),
    );
  }
  return { byName, problems };
}

/** What a call would run, or why it cannot be made. */
export async function invocationOf(
  tool: DeclaredTool,
  input: JsonObject,
): Promise<{ argv: string[]; rest: string } | { refusal: string }> {
  const [{ mistakesIn }, { invocation }] = await Promise.all([
    import("../../mcp/command/validator.ts"),
    import("../../mcp/command/argv.ts"),
  ]);
  const mistakes = mistakesIn(input, tool.inputSchema, "arguments");
  return mistakes.length > 0 ? { refusal: mistakes.join("\n") } : invocation(tool, input);
}
