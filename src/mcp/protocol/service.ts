import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { ERROR, RequestError } from "./messages.ts";
import type { CallContext, ServedTool, ServerDefinition, ToolDefinition, ToolResult } from "./served.ts";

/** Calls beyond these wait for their turn: a client may send thousands at once. */
export const MAX_CALLS_AT_ONCE = 16;

const PROGRESS_INTERVAL_MS = 1_000;

/** Who called, whatever revision it speaks. */
export interface Caller {
  signal: AbortSignal;
  /** Present when the client asked for progress; `progress` grows with each. */
  sendProgress?(update: { progress: number; message: string }): void;
  log: CallContext["log"];
}

/** What both revisions of the protocol do with a definition. */
export interface Service {
  listTools(params: JsonObject): Promise<ToolDefinition[]>;
  /** @throws RequestError for a tool that is not there and arguments that are no object. */
  callTool(params: JsonObject, caller: Caller): Promise<ToolResult>;
  listResources(params: JsonObject): Promise<JsonObject[]>;
  readResource(params: JsonObject): Promise<JsonObject[]>;
  /** Cancels what runs, and settles when nothing does any more. */
  end(): Promise<void>;
}

export function serviceOf(definition: ServerDefinition): Service {
  // Not AbortSignal.any: on Node 20 a signal that lives as long as the server keeps every other one.
  const calls = new Set<AbortController>();
  const busy = new Set<Promise<unknown>>();
  let ended = false;
  const turns = turnsOf(MAX_CALLS_AT_ONCE);
  const tracked = <Result>(work: Promise<Result>): Promise<Result> => {
    busy.add(work);
    const done = () => busy.delete(work);
    work.then(done, done);
    return work;
  };
  const call = async (params: JsonObject, caller: Caller): Promise<ToolResult> => {
    const { name, args } = namedCall(params);
    const tool = await toolNamed(definition, name);
    const controller = new AbortController();
    const abort = () => controller.abort();
    if (ended || caller.signal.aborted) abort();
    caller.signal.addEventListener("abort", abort);
    calls.add(controller);
    try {
      const { signal } = controller;
      return await turns(signal, () => underWay(tool, args, { ...caller, signal }));
    } finally {
      calls.delete(controller);
      caller.signal.removeEventListener("abort", abort);
    }
  };
  return {
    listTools: (params) =>
      tracked(listed(params, async () => (await definition.tools("list")).map(definitionOf))),
    callTool: (params, caller) => tracked(call(params, caller)),
    listResources: (params) =>
      tracked(listed(params, async () => (await resourcesOf(definition)).map(({ definition: it }) => it))),
    readResource: (params) => tracked(readResource(definition, params)),
    end: async () => {
      ended = true;
      for (const controller of calls) controller.abort();
      await Promise.allSettled(busy);
    },
  };
}

function definitionOf({ definition }: ServedTool): ToolDefinition {
  return definition;
}

/** Lists come whole, so there is no cursor that a client could have been given. */
async function listed<Item>({ cursor }: JsonObject, items: () => Promise<Item[]>): Promise<Item[]> {
  if (cursor !== undefined) throw new RequestError(ERROR.invalidParams, "There is no such cursor.");
  return items();
}

/** @throws RequestError when the parameters are none of a call. */
export function namedCall({ name, arguments: args = {} }: JsonObject): { name: string; args: JsonObject } {
  if (typeof name !== "string") throw new RequestError(ERROR.invalidParams, "A call names a tool.");
  if (!isJsonObject(args)) throw new RequestError(ERROR.invalidParams, "arguments is a JSON object.");
  return { name, args };
}

async function toolNamed(definition: ServerDefinition, name: string): Promise<ServedTool> {
  const tool = (await definition.tools("call")).find((candidate) => candidate.definition.name === name);
  if (tool !== undefined) return tool;
  throw new RequestError(ERROR.invalidParams, `Unknown tool: ${name}`);
}

async function resourcesOf({ resources }: ServerDefinition) {
  return (await resources?.()) ?? [];
}

async function readResource(definition: ServerDefinition, { uri }: JsonObject): Promise<JsonObject[]> {
  const found = (await resourcesOf(definition)).find((resource) => resource.definition.uri === uri);
  if (found === undefined) {
    throw new RequestError(ERROR.invalidParams, `Resource not found: ${String(uri)}`, { uri: String(uri) });
  }
  const { text, mimeType = found.definition.mimeType } = await found.read();
  return [{ uri: found.definition.uri, text, ...(mimeType === undefined ? {} : { mimeType }) }];
}

/** Says once a second that the call still runs, with the newest message of the tool. */
async function underWay(
  tool: ServedTool,
  args: JsonObject,
  { signal, log, sendProgress }: Caller,
): Promise<ToolResult> {
  let newest = "";
  let seconds = 0;
  const timer = setInterval(() => {
    seconds++;
    sendProgress?.({ progress: seconds, message: newest === "" ? `running for ${seconds} s` : newest });
  }, PROGRESS_INTERVAL_MS);
  if (sendProgress === undefined) clearInterval(timer);
  try {
    return await tool.call(args, {
      signal,
      log,
      progress: (message) => {
        newest = message;
      },
    });
  } finally {
    clearInterval(timer);
  }
}

/** Runs at most so many at once, in the order in which they came. One that is aborted gives up its place in the line. */
function turnsOf(count: number) {
  let free = count;
  const waiting = new Set<() => void>();
  const release = () => {
    free++;
    const [next] = waiting;
    next?.();
  };
  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.delete(take);
        reject(new RequestError(ERROR.internal, "The call was cancelled."));
      };
      const take = () => {
        waiting.delete(take);
        signal.removeEventListener("abort", giveUp);
        free--;
        resolve();
      };
      if (signal.aborted) giveUp();
      else if (free > 0) take();
      else {
        waiting.add(take);
        signal.addEventListener("abort", giveUp, { once: true });
      }
    });
  return async <Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> => {
    await turn(signal);
    try {
      return await work();
    } finally {
      release();
    }
  };
}
