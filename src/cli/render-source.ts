import { resolve } from "node:path";
import { onlyTargets, REQUEST_FILE, type RenderedFiles, renderManagedSettings } from "../artifacts/index.ts";
import { messagesRequest } from "../artifacts/messages-request.ts";
import { type RenderedFlake, renderContextFile, withRendering } from "../check/rendering/index.ts";
import { readContextJson, readFromStore } from "../files/context-json.ts";
import { assertNever } from "../model/assert-never.ts";
import type { ClaudeContext } from "../model/context.ts";
import { checkRequest } from "./check-request.ts";
import { createPorts, currentProgram } from "./doors.ts";
import type { Io } from "./io.ts";
import type { CheckOptions } from "./options.ts";
import type { PrintedTarget, RenderOptions } from "./render-options.ts";

/** What was rendered, and from where. */
export interface RenderSource {
  /** How the state that was evaluated is called: `work tree`, `staged`, the file of `--context`. */
  label: string;
  /** Of the targets that were asked for. */
  rendered: RenderedFiles;
  /** null where the context is in a file. */
  flake: Pick<RenderedFlake, "repository" | "tree" | "directory" | "attribute"> | null;
}

/** Renders what was asked for; the repository, where there is one, is open until the answer is there. */
export async function renderSource<Answer>(
  wanted: RenderOptions,
  options: CheckOptions,
  io: Io,
  use: (source: RenderSource) => Promise<Answer>,
): Promise<Answer> {
  if (wanted.context !== null) {
    const value = readContextJson(resolve(io.cwd, wanted.context), storeOf(io));
    const { context, rendered } = await renderContextFile({
      value,
      label: wanted.context,
      client: options.client,
      read: (path) => readFromStore(path, storeOf(io)),
    });
    return use({ label: wanted.context, rendered: partOf(rendered, context, [], wanted), flake: null });
  }
  return withRendering(checkRequest(options, io), createPorts(io.env), currentProgram(), (flake) => {
    const inputs = Object.keys(flake.snapshot.inputs);
    const rendered = partOf(flake.rendered, flake.snapshot.context, inputs, wanted);
    return use({ label: flake.tree.label, rendered, flake });
  });
}

function partOf(
  all: RenderedFiles,
  context: ClaudeContext,
  inputs: readonly string[],
  { targets, printed }: RenderOptions,
): RenderedFiles {
  const parts = [onlyTargets(all, targets), ...printed.map((one) => printedFiles(one, context, inputs))];
  return {
    ...onlyTargets(all, targets),
    files: parts.flatMap(({ files }) => files),
    problems: parts.flatMap(({ problems }) => problems),
    omitted: parts.flatMap(({ omitted }) => omitted),
  };
}

function printedFiles(
  target: PrintedTarget,
  context: ClaudeContext,
  inputs: readonly string[],
): Pick<RenderedFiles, "files" | "problems" | "omitted"> {
  switch (target) {
    case "managed":
      return renderManagedSettings(context, { inputs });
    case "request":
      return requestBody(context, inputs);
    default:
      return assertNever(target);
  }
}

/** What all prompts have in common. A body never holds what only acts in a session: that is said, and no mistake. */
function requestBody(context: ClaudeContext, inputs: readonly string[]): ReturnType<typeof printedFiles> {
  const { body, problems, omitted } = messagesRequest(context, { prompt: null, inputs });
  return {
    files: [{ path: REQUEST_FILE, text: `${JSON.stringify(body, null, 2)}\n` }],
    problems: [...problems, ...omitted.map(({ path, reason }) => ({ path, message: reason }))],
    omitted: [],
  };
}

/** Nix says to what it builds where its store is. */
function storeOf({ env }: Io): string | undefined {
  return env.NIX_STORE?.startsWith("/") ? env.NIX_STORE : undefined;
}
