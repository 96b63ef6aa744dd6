import { clientPackageOf } from "../../context/index.ts";
import type { SessionRequest, SessionResult } from "../../model/client-session.ts";
import { ClientError } from "../../model/errors.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { ClientPort } from "../ports.ts";

/** The client of each side, as it was named; null where there is no context to ask about. */
export type ChosenClients = Record<"before" | "after", string | null>;

/**
 * Which client is asked on which side. A context that brings the client along is asked with that version; before and
 * after a move of it that makes two clients.
 * @param named clients as the user named them, at least one.
 * @throws ClientError `client-missing`, `client-ambiguous`
 */
export async function chooseClients(
  named: readonly string[],
  sides: Record<"before" | "after", Snapshot>,
  port: ClientPort,
): Promise<ChosenClients> {
  const wanted = { before: wantedVersion(sides.before), after: wantedVersion(sides.after) };
  const versions = new Set(Object.values(wanted).flatMap(({ version }) => version ?? []));
  const single = named.length === 1 ? named[0]! : null;
  // Which version a program is matters only where there is something to choose, or the context names one.
  const byVersion =
    single === null || versions.size > 0 ? await versionsOf(named, port) : new Map<string, string>();
  const choose = (side: "before" | "after"): string | null => {
    const { present, version } = wanted[side];
    if (!present) return null;
    if (version === null) return single ?? ambiguous(byVersion);
    return byVersion.get(version) ?? missing(side, version, byVersion);
  };
  return { before: choose("before"), after: choose("after") };
}

function wantedVersion(snapshot: Snapshot): { present: boolean; version: string | null } {
  if (snapshot.kind === "absent") return { present: false, version: null };
  return { present: true, version: clientPackageOf(snapshot.context)?.version ?? null };
}

/** Nothing is asked; the session alone says which version it is. */
const EMPTY_SESSION: SessionRequest = { files: [], mode: null, trusted: true, mcpServers: {}, calls: [] };

async function versionsOf(named: readonly string[], port: ClientPort): Promise<Map<string, string>> {
  const sessions: readonly SessionResult[] = await port.ask(
    named.map((client) => ({ client, request: EMPTY_SESSION })),
  );
  return new Map(sessions.map(({ version }, index) => [version, named[index]!]));
}

function missing(side: string, version: string, known: ReadonlyMap<string, string>): never {
  throw new ClientError(
    "client-missing",
    `The context ${side === "before" ? "before the change" : "after it"} brings Claude Code ${version}, and no client of that version was named.`,
    {
      hint: "Name one program for each version, for example by building the package of each side.",
      details: [...known].map(([other, client]) => `named: ${client} (${other})`),
    },
  );
}

function ambiguous(known: ReadonlyMap<string, string>): never {
  throw new ClientError(
    "client-ambiguous",
    "Several clients were named, and the context does not say which of them it is for.",
    {
      hint: "Name one client, or let the context name the package of the client (tools.<name>.pkg).",
      details: [...known].map(([version, client]) => `named: ${client} (${version})`),
    },
  );
}
