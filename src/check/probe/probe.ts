import { clientServerName } from "../../context/client-server-name.ts";
import type { Change } from "../../model/change.ts";
import type { SessionResult } from "../../model/client-session.ts";
import { type Call, formatCall } from "../../model/permission.ts";
import { disagreementOf, type ProbedCall, type ProbeReport, ranOnlyAfter } from "../../model/probe.ts";
import type { PresentSnapshot, Snapshot } from "../../model/snapshot.ts";
import { mcpProbes, PROBES, type Probe, parseCall } from "../../permissions/index.ts";
import type { Run } from "../evaluate.ts";
import type { SessionQuestion } from "../ports.ts";
import { type ChosenClients, chooseClients } from "./choose-client.ts";
import { type SideSession, sideSession } from "./session-request.ts";
import { skippedSettings } from "./settings-at-fault.ts";
import { sideAnswers } from "./side-answers.ts";
import { toldDifferences } from "./told.ts";

type Sides<Value> = Record<"before" | "after", Value>;

/** A call with what it would mean. */
type Question = Pick<ProbedCall, "id" | "category" | "severity" | "reason"> & { call: Call };

/** Asks the real client about the catalogue, and about every call that a change names as its proof, on both sides. */
export async function probeEnds(
  run: Run,
  sides: Sides<Snapshot>,
  changes: readonly Change[],
): Promise<ProbeReport> {
  const port = run.ports.client;
  const clients = await chooseClients(run.request.probeWith, sides, port);
  const questions = questionsAbout(sides, changes);
  const calls = questions.map(({ call }) => call);
  const sessions = {
    before: sides.before.kind === "present" ? sideSession(sides.before, calls) : null,
    after: sides.after.kind === "present" ? sideSession(sides.after, calls) : null,
  };
  const results = await ask(port, clients, sessions);
  const skipped = {
    before: await skippedSettings(port, clients.before, sessions.before, sides.before),
    after: await skippedSettings(port, clients.after, sessions.after, sides.after),
  };
  const probed = {
    before: sideAnswers(results.before, sessions.before, calls),
    after: sideAnswers(results.after, sessions.after, calls),
  };
  return {
    clients: { before: results.before?.version ?? null, after: results.after?.version ?? null },
    asked: calls.length,
    calls: ordered(
      questions.map(({ call, ...question }, index) => ({
        ...question,
        call: formatCall(call),
        before: probed.before?.[index] ?? null,
        after: probed.after?.[index] ?? null,
      })),
    ),
    told:
      results.before === null || results.after === null
        ? []
        : toldDifferences(results.before, results.after, run.request.limits),
    leftOut: [
      ...new Set([
        ...(["before", "after"] as const).flatMap((side) => [
          ...(sessions[side]?.leftOut ?? []),
          ...skipped[side],
        ]),
      ]),
    ].sort(),
  };
}

async function ask(
  port: Run["ports"]["client"],
  clients: ChosenClients,
  sessions: Sides<SideSession | null>,
): Promise<Sides<SessionResult | null>> {
  const questions = (["before", "after"] as const).flatMap((side): SessionQuestion[] => {
    const session = sessions[side];
    const client = clients[side];
    return session === null || client === null ? [] : [{ client, request: session.request }];
  });
  const results = [...(await port.ask(questions))];
  return {
    before: sessions.before === null ? null : (results.shift() ?? null),
    after: sessions.after === null ? null : (results.shift() ?? null),
  };
}

function questionsAbout(sides: Sides<Snapshot>, changes: readonly Change[]): Question[] {
  const catalogue = [...PROBES, ...mcpProbes(serversOf(sides))].map(questionOf);
  const asked = new Set(catalogue.map(({ call }) => formatCall(call)));
  const witnesses = changes.flatMap(({ witness }): Question[] => {
    if (witness === undefined || asked.has(witness.call)) return [];
    asked.add(witness.call);
    return [
      {
        id: "witness",
        call: parseCall(witness.call),
        category: "witness",
        severity: "high",
        reason: "proof of a change",
      },
    ];
  });
  return [...witnesses, ...catalogue];
}

function questionOf({ id, call, category, severity, reason }: Probe): Question {
  return { id, call, category, severity, reason };
}

function serversOf({ before, after }: Sides<Snapshot>): { name: string; isNew: boolean }[] {
  const names = (snapshot: Snapshot) =>
    snapshot.kind === "present" ? Object.keys((snapshot as PresentSnapshot).context.mcpServers) : [];
  const old = new Set(names(before));
  return [...new Set([...old, ...names(after)])]
    .sort()
    .map((name) => ({ name: clientServerName(name), isNew: !old.has(name) }));
}

const SEVERITY_ORDER = ["critical", "high", "medium", "low"];

/** What runs now and did not before, then every other difference, then what contradicts the engine; worst first. */
function ordered(calls: readonly ProbedCall[]): ProbedCall[] {
  const weight = (call: ProbedCall): number => {
    if (ranOnlyAfter(call)) return 0;
    if (call.before !== null && call.after !== null && call.before.client !== call.after.client) return 1;
    return [call.before, call.after].some((side) => side !== null && disagreementOf(side) !== null) ? 2 : 3;
  };
  const rank = new Map(
    calls.map((call, index) => [call, [weight(call), SEVERITY_ORDER.indexOf(call.severity), index]]),
  );
  return [...calls].sort((a, b) => {
    const [left, right] = [rank.get(a)!, rank.get(b)!];
    // Calls of which nothing is said stay in the order of the catalogue.
    if (left[0] !== right[0]) return left[0]! - right[0]!;
    return left[0] === 3 ? left[2]! - right[2]! : left[1]! - right[1]! || left[2]! - right[2]!;
  });
}
