import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import {
  ERROR,
  errorMessage,
  type Notification,
  type Request,
  RequestError,
  type RequestId,
  resultMessage,
} from "./messages.ts";
import type { ChangingList, ServerDefinition } from "./served.ts";
import type { Service } from "./service.ts";

/*
 * Revision 2026-07-28 (https://modelcontextprotocol.io/specification/2026-07-28): no handshake; every request says in
 * `_meta` which revision it speaks and what its client can do, and is answered from that alone.
 */

export const STATELESS_VERSION = "2026-07-28";
const SUPPORTED = [STATELESS_VERSION];
const PREFIX = "io.modelcontextprotocol/";
const VERSION_KEY = `${PREFIX}protocolVersion`;
const CAPABILITIES_KEY = `${PREFIX}clientCapabilities`;
const SERVER_KEY = `${PREFIX}serverInfo`;
const SUBSCRIPTION_KEY = `${PREFIX}subscriptionId`;

/** Lists that cannot change are fresh this long; a server that is started anew may have another one. */
const UNCHANGING_TTL_MS = 300_000;

export interface StatelessLayer {
  take(request: Request): void;
  /** False when no such request is under way. */
  cancel(notification: Notification): boolean;
  announce(what: ChangingList): void;
  /** Ends every subscription, in the words of the protocol. */
  close(): void;
}

/** A request that carries its revision, or that only this revision knows. */
export function isStateless({ method, params }: Request): boolean {
  return (
    method === "server/discover" ||
    method === "subscriptions/listen" ||
    (isJsonObject(params._meta) && VERSION_KEY in params._meta)
  );
}

export function statelessLayer(
  definition: ServerDefinition,
  service: Service,
  send: (message: JsonObject) => void,
): StatelessLayer {
  const running = new Map<RequestId, AbortController>();
  const subscriptions = new Map<RequestId, ReadonlySet<ChangingList>>();
  const _meta = { [SERVER_KEY]: definition.info };
  const complete = (id: RequestId, result: JsonObject) =>
    send(resultMessage(id, { resultType: "complete", ...result, _meta: { ..._meta, ...metaOf(result) } }));

  const listen = (request: Request) => {
    const honoured = honouredBy(definition, request.params.notifications);
    subscriptions.set(request.id, new Set(honoured));
    const filter = Object.fromEntries(honoured.map((list) => [`${list}ListChanged`, true]));
    notify(request.id, "notifications/subscriptions/acknowledged", { notifications: filter });
  };
  const notify = (id: RequestId, method: string, params: JsonObject = {}) =>
    send({ jsonrpc: "2.0", method, params: { _meta: { [SUBSCRIPTION_KEY]: id }, ...params } });

  const answer = async (request: Request): Promise<void> => {
    const { id } = request;
    const controller = new AbortController();
    try {
      checkMeta(request);
      if (running.has(id) || subscriptions.has(id)) {
        throw new RequestError(ERROR.invalidRequest, "A request with this id is still under way.");
      }
      if (request.method === "subscriptions/listen") return listen(request);
      running.set(id, controller);
      const result = await resultOf(request, controller.signal);
      // Nobody may be told anything more of a request that was cancelled.
      if (!controller.signal.aborted) complete(id, result);
    } catch (error) {
      if (!controller.signal.aborted) send(errorMessage(id, errorOf(error)));
    } finally {
      if (running.get(id) === controller) running.delete(id);
    }
  };

  const resultOf = async (request: Request, signal: AbortSignal): Promise<JsonObject> => {
    const { method, params } = request;
    switch (method) {
      case "server/discover":
        return { ...discovered(definition), ...freshness(definition) };
      case "tools/list":
        return { tools: asJson(await service.listTools(params)), ...freshness(definition) };
      case "tools/call":
        return asJson(await service.callTool(params, { signal, ...progressFor(params), log: () => {} }));
      case "resources/list":
      case "resources/templates/list":
      case "resources/read":
        if (definition.resources !== undefined) return resourceResult(method, params);
    }
    throw new RequestError(ERROR.methodNotFound, `There is no method ${method}.`);
  };

  const resourceResult = async (method: string, params: JsonObject): Promise<JsonObject> => {
    if (method === "resources/read") {
      return { contents: await service.readResource(params), ttlMs: 0, cacheScope: "private" };
    }
    const items = await service.listResources(params);
    const lists = method === "resources/list" ? { resources: items } : { resourceTemplates: [] };
    return { ...lists, ...freshness(definition) };
  };

  const progressFor = (params: JsonObject) => {
    const token = isJsonObject(params._meta) ? params._meta.progressToken : undefined;
    if (typeof token !== "string" && typeof token !== "number") return {};
    return {
      sendProgress: (update: { progress: number; message: string }) =>
        send({
          jsonrpc: "2.0",
          method: "notifications/progress",
          params: { progressToken: token, ...update },
        }),
    };
  };

  return {
    take: (request) => void answer(request),
    cancel: ({ params: { requestId } }) => {
      if (typeof requestId !== "string" && typeof requestId !== "number") return false;
      const controller = running.get(requestId);
      controller?.abort();
      return subscriptions.delete(requestId) || controller !== undefined;
    },
    announce: (what) => {
      for (const [id, lists] of subscriptions) {
        if (lists.has(what)) notify(id, `notifications/${what}/list_changed`);
      }
    },
    close: () => {
      for (const id of subscriptions.keys()) complete(id, { _meta: { [SUBSCRIPTION_KEY]: id } });
      subscriptions.clear();
    },
  };
}

function checkMeta({ params }: Request): void {
  const meta = isJsonObject(params._meta) ? params._meta : {};
  const requested = meta[VERSION_KEY];
  if (typeof requested !== "string" || !isJsonObject(meta[CAPABILITIES_KEY])) {
    throw new RequestError(
      ERROR.invalidParams,
      `A request of revision ${STATELESS_VERSION} has ${VERSION_KEY} (a string) and ${CAPABILITIES_KEY} (an object) in params._meta.`,
    );
  }
  if (requested !== STATELESS_VERSION) {
    throw new RequestError(ERROR.unsupportedProtocolVersion, "Unsupported protocol version", {
      supported: SUPPORTED,
      requested,
    });
  }
}

function discovered({ info: _, instructions, resources, onChange }: ServerDefinition): JsonObject {
  const changing: JsonObject = onChange === undefined ? {} : { listChanged: true };
  return {
    supportedVersions: SUPPORTED,
    capabilities: { tools: changing, ...(resources === undefined ? {} : { resources: changing }) },
    ...(instructions === undefined ? {} : { instructions }),
  };
}

function freshness({ onChange }: ServerDefinition): JsonObject {
  return { ttlMs: onChange === undefined ? UNCHANGING_TTL_MS : 0, cacheScope: "private" };
}

function honouredBy({ onChange, resources }: ServerDefinition, filter: Json | undefined): ChangingList[] {
  if (onChange === undefined || !isJsonObject(filter)) return [];
  const lists: ChangingList[] = resources === undefined ? ["tools"] : ["tools", "resources"];
  return lists.filter((list) => filter[`${list}ListChanged`] === true);
}

function metaOf({ _meta }: JsonObject): JsonObject {
  return isJsonObject(_meta) ? _meta : {};
}

/** The same value: interfaces whose optional properties are absent, not undefined. */
function asJson<Value extends object>(value: Value): Value extends readonly unknown[] ? Json[] : JsonObject {
  return value as never;
}

export function errorOf(error: unknown): { code: number; message: string; data?: Json | undefined } {
  if (error instanceof RequestError) return error;
  return { code: ERROR.internal, message: error instanceof Error ? error.message : String(error) };
}
