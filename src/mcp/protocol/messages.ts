import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/*
 * JSON-RPC 2.0 as the Model Context Protocol uses it: ids are strings or integers and never null; an error that cannot
 * be told which request it answers has no id.
 */

export type RequestId = string | number;

export interface Request {
  kind: "request";
  id: RequestId;
  method: string;
  params: JsonObject;
  /** As it came, for those who read it themselves. */
  raw: JsonObject;
}

export interface Notification {
  kind: "notification";
  method: string;
  params: JsonObject;
  raw: JsonObject;
}

/** Something that cannot be acted on; `id` where it could be read. */
export interface Malformed {
  kind: "malformed";
  id?: RequestId;
  code: number;
  message: string;
}

/** An answer to a request of ours: for the layer that sent it. */
export interface Answer {
  kind: "answer";
  raw: JsonObject;
}

export type Incoming = Request | Notification | Answer | Malformed;

/** Codes of JSON-RPC and of revision 2026-07-28. */
export const ERROR = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  unsupportedProtocolVersion: -32022,
} as const;

/** Thrown by whoever handles a request; becomes the error of its response. */
export class RequestError extends Error {
  readonly code: number;
  readonly data: Json | undefined;

  constructor(code: number, message: string, data?: Json) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export function incoming(value: Json): Incoming {
  if (Array.isArray(value)) {
    return invalid("A batch is no message: send each request on a line of its own.");
  }
  if (!isJsonObject(value)) return invalid("A message is a JSON object.");
  const id = idOf(value);
  const known = id === undefined ? {} : { id };
  if (value.jsonrpc !== "2.0") return { ...invalid('A message has "jsonrpc": "2.0".'), ...known };
  const { method, params = {} } = value;
  if (method === undefined && ("result" in value || "error" in value)) return { kind: "answer", raw: value };
  if (typeof method !== "string")
    return { ...invalid("A request has a method, which is a string."), ...known };
  if (value.id !== undefined && id === undefined) {
    return invalid("The id of a request is a string or an integer.");
  }
  if (id === undefined) {
    // Nobody waits for an answer to a notification, however wrong it is.
    return { kind: "notification", method, params: isJsonObject(params) ? params : {}, raw: value };
  }
  return isJsonObject(params)
    ? { kind: "request", id, method, params, raw: value }
    : { kind: "malformed", id, code: ERROR.invalidParams, message: "params is a JSON object." };
}

function invalid(message: string): Malformed {
  return { kind: "malformed", code: ERROR.invalidRequest, message };
}

function idOf({ id }: JsonObject): RequestId | undefined {
  return typeof id === "string" || (typeof id === "number" && Number.isInteger(id)) ? id : undefined;
}

export function resultMessage(id: RequestId, result: JsonObject): JsonObject {
  return { jsonrpc: "2.0", id, result };
}

export function errorMessage(
  id: RequestId | undefined,
  error: { code: number; message: string; data?: Json | undefined },
): JsonObject {
  const { code, message, data } = error;
  return {
    jsonrpc: "2.0",
    ...(id === undefined ? {} : { id }),
    error: { code, message, ...(data === undefined ? {} : { data }) },
  };
}
