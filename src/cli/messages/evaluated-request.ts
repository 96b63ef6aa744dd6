import { join } from "node:path";
import { type MessagesRequest, messagesRequest } from "../../artifacts/messages-request.ts";
import { limitBreaches } from "../../artifacts/messages-request-limits.ts";
import { inspectWith } from "../../check/inspect.ts";
import { noContext } from "../../check/no-context.ts";
import { UsageError } from "../../model/errors.ts";
import type { Json } from "../../model/json.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";
import { visible } from "../../render/escape.ts";
import { checkRequest } from "../check-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import type { CheckOptions } from "../options.ts";
import type { RequestOptions } from "./options.ts";
import { type RunnableTools, runnableTools } from "./tools.ts";

export interface EvaluatedRequest {
  request: MessagesRequest;
  snapshot: PresentSnapshot;
  /** Of the flake, absolute: its tools run there. */
  directory: string;
  tools: RunnableTools;
}

/**
 * The flake's context and a prompt as a request; tools that could not be run are not offered.
 * @throws NixclaudeError when the context could not be told, or the request is larger than any may be.
 */
export async function evaluatedRequest(
  prompt: string,
  options: CheckOptions & { request: RequestOptions },
  io: Io,
): Promise<EvaluatedRequest> {
  const { snapshot, directory } = await inspectWith(
    checkRequest(options, io),
    createPorts(io.env),
    currentProgram(),
    async (inspected) => {
      if (inspected.snapshot.kind === "absent") throw noContext(inspected.snapshot, inspected.directory);
      const root = join(inspected.run.repository.root, inspected.directory);
      return { snapshot: inspected.snapshot, directory: root };
    },
  );
  const { context } = snapshot;
  const inputs = Object.keys(snapshot.inputs);
  const tools = await runnableTools(context, { inputs, directory });
  const request = messagesRequest(context, { prompt, inputs, ...options.request });
  const offered = request.body.tools?.filter(({ name }) => tools.byName.has(name)) ?? [];
  // The cache's breakpoint stands in the last one.
  const last = request.body.tools?.at(-1)?.cache_control;
  const marked = offered.map((tool, index) =>
    index === offered.length - 1 && last !== undefined ? { ...tool, cache_control: last } : tool,
  );
  const { tools: _, ...without } = request.body;
  const body = marked.length === 0 ? without : { ...request.body, tools: marked };
  rejectBreaches(body as unknown as Json);
  return {
    request: { ...request, body, problems: [...request.problems, ...tools.problems] },
    snapshot,
    directory,
    tools,
  };
}

/** Only its size can be wrong. */
function rejectBreaches(body: Json): void {
  const breaches = limitBreaches(body);
  if (breaches.length === 0) return;
  const said = breaches.map(({ path, message }) => `${path === "" ? "it" : path} ${message}`);
  throw new UsageError("request-not-allowed", `the API would not take this request: ${said.join("; ")}`, {
    hint: "Ask with a shorter prompt, or with a smaller context.",
  });
}

/** What the request does not say as the context does, a line each, for standard error. */
export function requestNotes({ problems, omitted }: MessagesRequest): string {
  const lines = [
    ...problems.map(({ path, message }) => `note: ${path}: ${message}`),
    ...omitted.map(({ path, reason }) => `note: ${path} is not part of the request: ${reason}`),
  ];
  return lines.map((line) => `${visible(line)}\n`).join("");
}
