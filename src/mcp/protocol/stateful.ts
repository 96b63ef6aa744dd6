import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  type JSONRPCMessage,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  type ListToolsResult,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Notification, Request } from "./messages.ts";
import type { CallContext, ChangingList, ServerDefinition, ToolDefinition, ToolResult } from "./served.ts";
import { type Caller, namedCall, type Service } from "./service.ts";

/*
 * Revisions up to 2025-11-25, by the SDK: handshake, ping, cancellation and log levels are its work. Loaded when a client
 * asks for them.
 */

export interface StatefulLayer {
  /** @throws RequestError for a call whose parameters are none: the SDK would call that an error of the server. */
  take(message: Request | Notification): void;
  announce(what: ChangingList): void;
  log: CallContext["log"];
  close(): Promise<void>;
}

export async function statefulLayer(
  definition: ServerDefinition,
  service: Service,
  send: (message: JsonObject) => void,
): Promise<StatefulLayer> {
  const { info, instructions, resources, onChange } = definition;
  const changing = onChange === undefined ? {} : { listChanged: true };
  const server = new Server(info, {
    capabilities: {
      tools: changing,
      logging: {},
      ...(resources === undefined ? {} : { resources: changing }),
    },
    ...(instructions === undefined ? {} : { instructions }),
  });
  let initialized = false;
  server.oninitialized = () => {
    initialized = true;
  };
  server.setRequestHandler(
    ListToolsRequestSchema,
    async ({ params }): Promise<ListToolsResult> => ({
      tools: (await service.listTools({ ...params } as JsonObject)).map(olderDefinition),
    }),
  );
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra): Promise<CallToolResult> => {
    const token = extra._meta?.progressToken;
    const caller: Caller = {
      signal: extra.signal,
      log: (level, line) =>
        void server.sendLoggingMessage({ level, logger: params.name, data: line }).catch(gone),
      ...(token === undefined
        ? {}
        : {
            sendProgress: (update) =>
              void extra
                .sendNotification({
                  method: "notifications/progress",
                  params: { progressToken: token, ...update },
                })
                .catch(gone),
          }),
    };
    return olderResult(await service.callTool({ ...params } as JsonObject, caller));
  });
  if (resources !== undefined) handleResources(server, service);
  const transport = transportOver(send);
  await server.connect(transport);
  return {
    take: ({ kind, method, params, raw }) => {
      if (kind === "request" && method === "tools/call") namedCall(params);
      transport.onmessage?.(raw as JSONRPCMessage);
    },
    announce: (what) => {
      if (!initialized) return;
      const sent = what === "tools" ? server.sendToolListChanged() : server.sendResourceListChanged();
      sent.catch(gone);
    },
    log: (level, data) => {
      if (initialized) server.sendLoggingMessage({ level, logger: info.name, data }).catch(gone);
    },
    close: () => server.close(),
  };
}

function handleResources(server: Server, service: Service): void {
  server.setRequestHandler(ListResourcesRequestSchema, async ({ params }) => ({
    resources: (await service.listResources({ ...params } as JsonObject)) as { uri: string; name: string }[],
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [] }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }) => ({
    contents: (await service.readResource({ ...params } as JsonObject)) as { uri: string; text: string }[],
  }));
}

/** The client has gone while it was told something. */
function gone(): void {}

function transportOver(send: (message: JsonObject) => void): Transport {
  const transport: Transport = {
    start: async () => {},
    send: async (message) => send(message as unknown as JsonObject),
    close: async () => transport.onclose?.(),
  };
  return transport;
}

/** These revisions know only objects as structured content. */
function olderDefinition({ outputSchema, ...definition }: ToolDefinition): ListToolsResult["tools"][number] {
  const known = outputSchema?.type === "object" ? { outputSchema } : {};
  return { ...definition, ...known } as ListToolsResult["tools"][number];
}

function olderResult({ structuredContent, ...result }: ToolResult): CallToolResult {
  return isJsonObject(structuredContent) ? { ...result, structuredContent } : result;
}
