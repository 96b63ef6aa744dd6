import { writeFileSync } from "node:fs";
import { findClient } from "../../src/client/find-client.ts";
import { runSession } from "../../src/client/session.ts";
import { NixclaudeError } from "../../src/model/errors.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import { readAnswers, writeAnswers } from "./answers-file.ts";
import type { Oracle } from "./ask.ts";
import { atRisk } from "./at-risk.ts";
import { groupByCause, joinEqualExamples } from "./causes.ts";
import { isDisagreement } from "./compare.ts";
import { engineFor } from "./engine.ts";
import { askFacts } from "./facts.ts";
import { generateRun } from "./generate/index.ts";
import { generatePairs } from "./generate/pairs.ts";
import { type ConformanceOptions, parseOptions } from "./options.ts";
import { askPairs } from "./pairs.ts";
import {
  type ConformanceReport,
  formatReport,
  isConformant,
  type ReportedDisagreement,
  reportedDisagreement,
} from "./report.ts";
import { type Compared, compareAnswers, compareScenarios } from "./run.ts";
import { projectRules, type Scenario, sessionRequest } from "./scenario.ts";
import { shrink } from "./shrink.ts";
import { tableOf } from "./table.ts";

/** The programs of the clients, by version. */
export type ClientPrograms = Readonly<Record<ClientVersion, string>>;

/**
 * Asks the real clients and the engine the same questions and prints how they agree.
 * @returns the exit status: 0 they agree, 1 they do not, 2 wrong usage, 3 the client could not be asked.
 */
export async function main(argv: readonly string[], programs: ClientPrograms): Promise<number> {
  try {
    const options = parseOptions(argv);
    const report = await conformance(options, programs);
    if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
    process.stdout.write(formatReport(report));
    return isConformant(report) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NixclaudeError)) throw error;
    process.stderr.write(`conformance: ${error.message}\n${error.hint}\n`);
    return error.exitCode;
  }
}

async function conformance(
  options: ConformanceOptions,
  programs: ClientPrograms,
): Promise<ConformanceReport> {
  const started = performance.now();
  const durations: number[] = [];
  const report: ConformanceReport = {
    schemaVersion: 1,
    seed: options.seed,
    rows: [],
    disagreements: [],
    facts: [],
    pairs: [],
    sessions: { count: 0, medianMs: 0 },
    askedMs: 0,
    durationMs: 0,
  };
  if (options.replay !== null) return replayed(report, options, options.replay);
  const runs: Compared[][] = [];
  for (const client of options.clients) {
    const oracle = oracleOf(programs[client], durations);
    // A client that cannot be asked at all says so here, before a run is halved down to single calls.
    await oracle(sessionRequest(projectRules({}), [{ tool: "Bash", argument: "ls" }]));
    const asked = performance.now();
    const compared = await askScenarios(client, oracle, options);
    runs.push(compared);
    if (options.record !== null) writeAnswers(options.record, runs);
    report.rows.push(...tableOf(compared));
    if (options.facts) report.facts.push(await askFacts(client, oracle, { jobs: options.jobs }));
    if (options.pairs > 0) {
      const pairs = generatePairs(options.seed, options.pairs);
      report.pairs.push(
        await askPairs(pairs, client, oracle, { jobs: options.jobs, ...progress(`pairs, ${client}`) }),
      );
    }
    report.askedMs += Math.round(performance.now() - asked);
    report.disagreements.push(...(await minimal(compared, client, oracle, options)));
  }
  report.sessions = { count: durations.length, medianMs: median(durations) };
  report.durationMs = Math.round(performance.now() - started);
  return report;
}

/** The same questions, with answers that were given before. */
function replayed(report: ConformanceReport, options: ConformanceOptions, file: string): ConformanceReport {
  for (const client of options.clients) {
    const scenarios = scenariosOf(options, client);
    const compared = compareAnswers(scenarios, client, readAnswers(file, client, scenarios));
    report.rows.push(...tableOf(compared));
    const causes = groupByCause(compared.filter(({ verdict }) => isDisagreement(verdict)));
    report.disagreements.push(...joinEqualExamples(causes).map(reportedDisagreement));
  }
  return report;
}

function scenariosOf(options: ConformanceOptions, client: ClientVersion): Scenario[] {
  const decisions = Math.ceil(options.decisions / options.clients.length);
  if (decisions === 0) return [];
  const choice = options.atRisk === null ? {} : { choice: { outOf: options.atRisk, of: atRisk(client) } };
  return generateRun({ ...options, decisions, ...choice }).filter(({ calls }) => calls.length > 0);
}

function oracleOf(program: string, durations: number[]): Oracle {
  const client = findClient(program);
  return async (request) => {
    const { answers, durationMs } = await runSession(client, request);
    durations.push(durationMs);
    return answers;
  };
}

function askScenarios(
  client: ClientVersion,
  oracle: Oracle,
  options: ConformanceOptions,
): Promise<Compared[]> {
  return compareScenarios(scenariosOf(options, client), client, oracle, {
    jobs: options.jobs,
    ...progress(`decisions, ${client}`),
  });
}

/** Of so many causes the example is made small, the worst first. */
const SHRUNK = 60;

async function minimal(
  compared: readonly Compared[],
  client: ClientVersion,
  oracle: Oracle,
  options: ConformanceOptions,
): Promise<ReportedDisagreement[]> {
  const causes = groupByCause(compared.filter(({ verdict }) => isDisagreement(verdict)));
  if (causes.length > 0)
    process.stderr.write(`${client}: ${causes.length} kinds of disagreement, making them small\n`);
  const examples = await shrink(
    causes.slice(0, SHRUNK).map((cause) => cause.examples[0]!),
    oracle,
    { client, jobs: options.jobs, sessions: options.shrinkSessions, engine: engineFor },
  );
  const small = causes.map((cause, index) => ({
    ...cause,
    examples: [examples[index] ?? cause.examples[0]!],
  }));
  return joinEqualExamples(small).map(reportedDisagreement);
}

const PROGRESS_EVERY = 2000;

function progress(of: string): { onAnswered: (calls: number) => void } {
  let answered = 0;
  return {
    onAnswered: (calls) => {
      const before = answered;
      answered += calls;
      if (Math.floor(before / PROGRESS_EVERY) < Math.floor(answered / PROGRESS_EVERY)) {
        process.stderr.write(`${of}: ${answered}\n`);
      }
    },
  };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
