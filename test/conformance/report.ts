import type { ClientAnswer } from "../../src/model/client-session.ts";
import { formatCall } from "../../src/model/permission.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import type { Cause } from "./causes.ts";
import { answerKind, decisionKind } from "./compare.ts";
import type { FactsReport } from "./facts.ts";
import type { PairDisagreement, PairsReport } from "./pairs.ts";
import { reasonFor } from "./reasons.ts";
import type { Compared } from "./run.ts";
import type { RuleSet } from "./scenario.ts";
import { agreement, formatTable, OVERALL, percent, type Row } from "./table.ts";

/** What one run found; `--json` writes it. */
export interface ConformanceReport {
  schemaVersion: 1;
  seed: string;
  rows: Row[];
  /** Minimal ones, most frequent cause first. */
  disagreements: ReportedDisagreement[];
  facts: FactsReport[];
  pairs: PairsReport[];
  sessions: { count: number; medianMs: number };
  /** Of the questions, without making disagreements small. */
  askedMs: number;
  durationMs: number;
}

export interface ReportedDisagreement {
  client: ClientVersion;
  category: string;
  verdict: string;
  /** How many of the run's disagreements had this cause. */
  cases: number;
  rules: RuleSet;
  call: string;
  parameters: Compared["call"]["parameters"];
  clientSaid: string;
  engineSaid: string;
  /** Why it stays; null: nobody has looked at it yet. */
  reason: string | null;
}

export function reportedDisagreement({ cases, examples }: Cause): ReportedDisagreement {
  const { client, category, verdict, rules, call, answer, result } = examples[0]!;
  const said = {
    verdict,
    call: formatCall(call),
    clientSaid: `${answerKind(answer)}${saidAbout(answer)}`,
    engineSaid: `${decisionKind(result)} (${result.reason})`,
  };
  return {
    client,
    category,
    cases,
    rules,
    parameters: call.parameters,
    ...said,
    reason: reasonFor({ ...said, category }),
  };
}

function saidAbout(answer: ClientAnswer): string {
  const text = ("reason" in answer ? answer.reason : null) ?? answer.message;
  return answer.kind === "runs" ? "" : ` (${firstLine(text)})`;
}

function firstLine(text: string): string {
  const line = text.split("\n")[0]!;
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

/** At least so much of what is asked must be answered alike. */
const LEAST_AGREEMENT = 0.995;

export function isConformant(report: ConformanceReport): boolean {
  const overall = report.rows.filter((row) => row.category === OVERALL);
  return (
    overall.every((row) => row.unsound === 0 && agreement(row) >= LEAST_AGREEMENT) &&
    report.facts.every((facts) => facts.refuted.length === 0) &&
    report.pairs.every((pairs) => pairs.missed.length === 0)
  );
}

export function formatReport(report: ConformanceReport): string {
  const parts = [`Seed ${report.seed}\n`];
  if (report.rows.length > 0) parts.push(formatTable(report.rows));
  if (report.disagreements.length > 0) {
    parts.push(`Disagreements, made as small as they get (${report.disagreements.length} in all):\n`);
    parts.push(report.disagreements.map(formatDisagreement).join("\n"));
  }
  parts.push(...report.facts.map(formatFacts), ...report.pairs.map(formatPairs));
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const { count, medianMs } = report.sessions;
  parts.push(
    `${count} sessions, half of them in under ${seconds(medianMs)}; ${seconds(report.askedMs)} for the questions, ${seconds(report.durationMs)} in all.\n`,
  );
  return parts.join("\n");
}

function formatDisagreement(one: ReportedDisagreement): string {
  return [
    `${one.verdict}, ${one.category}, ${one.client} (${one.cases} ${one.cases === 1 ? "case" : "cases"})`,
    `  rules   ${formatRules(one.rules)}`,
    `  call    ${JSON.stringify(one.call).slice(1, -1)}`,
    `  client  ${one.clientSaid}`,
    `  engine  ${one.engineSaid}`,
    ...(one.reason === null ? [] : [`  known   ${one.reason}`]),
    "",
  ].join("\n");
}

export function formatRules({ files, mode, trusted }: RuleSet): string {
  const parts = files.map(({ scope, settings }) => `${scope} ${JSON.stringify(settings)}`);
  if (mode !== null) parts.push(`mode ${mode}`);
  if (!trusted) parts.push("not trusted");
  return parts.length === 0 ? "none" : parts.join("; ");
}

function formatFacts({ client, asked, confirmed, refuted }: FactsReport): string {
  const lines = refuted.map(
    ({ fact, answer }) =>
      `  ${fact.id}: ${formatCall(fact.call)} ${fact.outcome} by the table; the client: ${answerKind(answer)}${saidAbout(answer)}\n`,
  );
  return `Facts of ${client}: ${confirmed} of ${asked} confirmed\n${lines.join("")}`;
}

function formatPairs(report: PairsReport): string {
  const { client, pairs, notWider, wider, undecided, calls, missed, unconfirmed } = report;
  const decided = percent(pairs === 0 ? 1 : (notWider + wider) / pairs);
  return [
    `Pairs, ${client}: ${pairs}, of which ${notWider} not wider, ${wider} wider, ${undecided} undecided (${decided} decided)\n`,
    `  ${calls} calls under the pairs that are not wider: ${missed.length} run after and not before\n`,
    ...missed.map((one) => formatPair("missed", one)),
    `  ${wider - unconfirmed.length} of ${wider} witnesses run after and not before\n`,
    ...unconfirmed.map((one) => formatPair("unconfirmed", one)),
  ].join("");
}

function formatPair(word: string, { pair, call, before, after }: PairDisagreement): string {
  const { before: rulesBefore, after: rulesAfter } = pair;
  return [
    `  ${word}: ${JSON.stringify(call).slice(1, -1)}\n`,
    `    before ${JSON.stringify(rulesBefore)}: ${answerKind(before)}${saidAbout(before)}\n`,
    `    after  ${JSON.stringify(rulesAfter)}: ${answerKind(after)}${saidAbout(after)}\n`,
  ].join("");
}
