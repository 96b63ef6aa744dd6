import type { Readable, Writable } from "node:stream";
import { linesOver } from "./lines.ts";
import {
  ERROR,
  errorMessage,
  type Incoming,
  type Notification,
  type Request,
  resultMessage,
} from "./messages.ts";
import type { ServerDefinition } from "./served.ts";
import { serviceOf } from "./service.ts";
import type { StatefulLayer } from "./stateful.ts";
import { errorOf, isStateless, statelessLayer } from "./stateless.ts";

export interface Connection {
  /** Standard input: one message a line. */
  input: Readable;
  /** Standard output: holds messages of the protocol and nothing else. */
  output: Writable;
  /** Ends the server as a client does that closes its side. */
  stop?: AbortSignal;
}

/**
 * Serves one client over standard streams, in revision 2026-07-28 and in those before it. Settles when the client has
 * closed its side or gone away, and every call that ran has been ended.
 */
export async function serve(
  definition: ServerDefinition,
  { input, output, stop }: Connection,
): Promise<void> {
  const lines = linesOver(input, output);
  const service = serviceOf(definition);
  const stateless = statelessLayer(definition, service, lines.send);
  let stateful: Promise<StatefulLayer> | undefined;
  const forward = (message: Request | Notification) =>
    stateful
      ?.then((layer) => layer.take(message))
      .catch((error) => {
        if (message.kind === "request") lines.send(errorMessage(message.id, errorOf(error)));
      });

  const takeRequest = (request: Request) => {
    if (isStateless(request)) return stateless.take(request);
    if (request.method === "initialize") stateful ??= loadStateful(definition, service, lines.send);
    if (stateful !== undefined) return void forward(request);
    if (request.method === "ping") return lines.send(resultMessage(request.id, {}));
    lines.send(errorMessage(request.id, NO_REVISION));
  };
  const take = (message: Incoming) => {
    switch (message.kind) {
      case "malformed":
        return lines.send(errorMessage(message.id, message));
      case "request":
        return takeRequest(message);
      case "notification":
        if (message.method !== "notifications/cancelled" || !stateless.cancel(message)) void forward(message);
        return;
      case "answer":
        // Nothing was asked of the client.
        return;
    }
  };
  const quiet = definition.onChange?.(
    (what) => {
      stateless.announce(what);
      void stateful?.then((layer) => layer.announce(what)).catch(() => {});
    },
    (level, line) => void stateful?.then((layer) => layer.log(level, line)).catch(() => {}),
  );
  lines.onMessage(take);
  await Promise.race([lines.ended, aborted(stop)]);
  quiet?.();
  // What came before the end is still answered, but for calls: those are cancelled.
  const layer = await stateful?.catch(() => undefined);
  await new Promise(setImmediate);
  await service.end();
  await new Promise(setImmediate);
  stateless.close();
  await layer?.close();
  input.destroy();
}

const NO_REVISION = {
  code: ERROR.invalidParams,
  message:
    "Call initialize first (revisions up to 2025-11-25), or name the revision in params._meta (2026-07-28).",
};

async function loadStateful(
  ...args: Parameters<typeof import("./stateful.ts").statefulLayer>
): Promise<StatefulLayer> {
  return (await import("./stateful.ts")).statefulLayer(...args);
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}
