import { findClient } from "../../../src/client/find-client.ts";
import { runSession } from "../../../src/client/session.ts";
import type { SessionRequest, SessionResult } from "../../../src/model/client-session.ts";
import { CLIENT_VERSIONS, type ClientVersion } from "../../../src/model/semantics.ts";

export { CLIENT_VERSIONS };

/** One session of a client that `test/conformance/package.json` pins. */
export function session(version: ClientVersion, request: Partial<SessionRequest>): Promise<SessionResult> {
  const client = findClient(`test/conformance/node_modules/claude-code-${version}/bin/claude.exe`);
  return runSession(
    client,
    { files: [], mode: null, trusted: true, mcpServers: {}, calls: [], ...request },
    { timeoutMs: 30_000 },
  );
}

/** All that the model was told, as one text. */
export function told({ request }: SessionResult): string {
  return [...request.system, ...request.messages].join("\n");
}
