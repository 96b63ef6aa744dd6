import { availableParallelism } from "node:os";
import type { ClientPort } from "../check/ports.ts";
import { findClient } from "./find-client.ts";
import { rejectedSettings } from "./rejected-settings.ts";
import type { SessionOptions } from "./session.ts";
import { runSessions } from "./sessions.ts";

/** The real client as the use case knows it. */
export function createClientPort(options: Partial<SessionOptions>): ClientPort {
  return {
    ask: (sessions) =>
      runSessions(
        sessions.map(({ client, request }) => ({ client: findClient(client), request })),
        { ...options, jobs: availableParallelism() },
      ),
    rejected: ({ client, request }) => rejectedSettings(findClient(client), request, options),
  };
}
