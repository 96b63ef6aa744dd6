import { parseArgs } from "node:util";
import { UsageError } from "../../src/model/errors.ts";
import { CLIENT_VERSIONS, type ClientVersion } from "../../src/model/semantics.ts";
import { CATEGORIES, type Category } from "./generate/index.ts";

export interface ConformanceOptions {
  seed: string;
  /** Over all clients: each is asked the same calls. 0: none are generated. */
  decisions: number;
  clients: readonly ClientVersion[];
  categories: readonly Category[];
  /** Of so many times the calls, only those on which the engine could be unsound; null: every call. */
  atRisk: number | null;
  facts: boolean;
  pairs: number;
  jobs: number;
  /** Sessions that may be spent on making disagreements small, for each client. */
  shrinkSessions: number;
  /** File for the report as JSON; null: none. */
  json: string | null;
  /** File for every answer of the clients; null: none. */
  record: string | null;
  /** File with such answers of the same seed: no client is asked, the engine alone is new. */
  replay: string | null;
}

export const USAGE = `Usage: npm run conformance -- [options]

  --seed TEXT         names the run: the same text, the same questions (default: 1)
  --decisions N       so many in all; each client is asked the same calls (default: 20000)
  --client VERSION    ${CLIENT_VERSIONS.join(", ")} or both (default: both)
  --category NAME     only this one; may be repeated. "facts": what the engine takes for the client's habits
  --at-risk N         of N times as many calls, ask those on which the engine could be unsound
  --facts             only the facts
  --pairs N           ask about N pairs of rule sets too, and whether the second is wider (default: 0)
  --jobs N            sessions at a time (default: 2)
  --shrink N          sessions spent on making disagreements small, for each client (default: 150)
  --json FILE         the report for machines
  --record FILE       keep every answer of the clients
  --replay FILE       hold the engine against such answers; no client is asked

Categories: ${CATEGORIES.join(", ")}, facts.
`;

/** @throws UsageError `conformance-option` */
export function parseOptions(argv: readonly string[]): ConformanceOptions {
  const values = parsed(argv);
  const named = values.category ?? [];
  const unknown = named.find((name) => name !== "facts" && !isCategory(name));
  if (unknown !== undefined) throw wrong(`There is no category ${JSON.stringify(unknown)}.`);
  if (values["at-risk"] !== undefined && (values.record ?? values.replay) !== undefined)
    throw wrong("--at-risk asks what depends on the engine: it goes with neither --record nor --replay.");
  const onlyFacts = values.facts === true || (named.length > 0 && named.every((name) => name === "facts"));
  const categories =
    named.length === 0 ? CATEGORIES : CATEGORIES.filter((category) => named.includes(category));
  return {
    seed: values.seed ?? "1",
    decisions: onlyFacts ? 0 : count("decisions", values.decisions, 20_000),
    clients: clientsNamed(values.client ?? "both"),
    categories: onlyFacts ? [] : categories,
    atRisk: values["at-risk"] === undefined ? null : count("at-risk", values["at-risk"], 1),
    facts: onlyFacts || named.length === 0 || named.includes("facts"),
    pairs: count("pairs", values.pairs, 0),
    jobs: Math.max(1, count("jobs", values.jobs, 2)),
    shrinkSessions: count("shrink", values.shrink, 150),
    json: values.json ?? null,
    record: values.record ?? null,
    replay: values.replay ?? null,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        seed: { type: "string" },
        decisions: { type: "string" },
        client: { type: "string" },
        category: { type: "string", multiple: true },
        "at-risk": { type: "string" },
        facts: { type: "boolean" },
        pairs: { type: "string" },
        jobs: { type: "string" },
        shrink: { type: "string" },
        json: { type: "string" },
        record: { type: "string" },
        replay: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

function isCategory(name: string): name is Category {
  return CATEGORIES.some((category) => category === name);
}

function clientsNamed(name: string): readonly ClientVersion[] {
  if (name === "both") return CLIENT_VERSIONS;
  const client = CLIENT_VERSIONS.find((version) => version === name);
  if (client === undefined) throw wrong(`There is no client ${JSON.stringify(name)}.`);
  return [client];
}

function count(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw wrong(`--${option} wants a number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

function wrong(message: string): UsageError {
  return new UsageError("conformance-option", message, { hint: USAGE });
}
