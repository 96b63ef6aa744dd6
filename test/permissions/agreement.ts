import type { Call } from "../../src/model/permission.ts";
import { CLIENT_VERSIONS, type ClientVersion } from "../../src/model/semantics.ts";
import { compilePermissions } from "../../src/permissions/decide.ts";
import type { DecisionResult, Surroundings } from "../../src/permissions/types.ts";
import {
  compileRecorded,
  type PermissionVector,
  permissionSet,
  type Recording,
  type Recordings,
  readRecordings,
  recordedCall,
  SURROUNDINGS,
} from "./recordings.ts";

export { readRecordings };

/** How the model and the client agree on one kind of case. */
export interface Agreement {
  category: string;
  client: ClientVersion;
  cases: number;
  agree: number;
  undecided: number;
  /** The client ran it and the model says that it does not: the worst error. */
  missedApprovals: number;
  /** The model says that it runs and the client asked or refused. */
  wrongApprovals: number;
  /** Neither ran it, but one asked where the other refused; or another list settled it. */
  otherwise: number;
}

export interface Disagreement {
  category: string;
  client: ClientVersion;
  case: string;
  call: Call;
  expected: string;
  actual: string;
  reason: string;
}

export interface AgreementReport {
  table: Agreement[];
  disagreements: Disagreement[];
}

/** Replays everything that was recorded. Rows are sorted by source, category and client. */
export function measureAgreement({ vectors, decisions }: Recordings): AgreementReport {
  const collector = new Collector();
  replayVectors(vectors, collector);
  for (const [source, recording] of decisions) replayRecording(source, recording, collector);
  return { table: collector.table(), disagreements: collector.disagreements };
}

class Collector {
  readonly disagreements: Disagreement[] = [];
  private readonly rows = new Map<string, Agreement>();

  add(case_: Omit<Disagreement, "actual" | "reason">, result: DecisionResult, verdict: Verdict): void {
    const key = `${case_.category}\0${case_.client}`;
    const row = this.rows.get(key) ?? {
      category: case_.category,
      client: case_.client,
      cases: 0,
      agree: 0,
      undecided: 0,
      missedApprovals: 0,
      wrongApprovals: 0,
      otherwise: 0,
    };
    this.rows.set(key, row);
    row.cases++;
    row[verdict.kind]++;
    if (verdict.kind !== "agree") {
      this.disagreements.push({ ...case_, actual: verdict.actual, reason: result.reason });
    }
  }

  table(): Agreement[] {
    return [...this.rows.values()];
  }
}

interface Verdict {
  kind: "agree" | "undecided" | "missedApprovals" | "wrongApprovals" | "otherwise";
  actual: string;
}

function replayRecording(source: string, recording: Recording, collector: Collector): void {
  const known = recording.clients.flatMap((version, index) => {
    const client = CLIENT_VERSIONS.find((candidate) => candidate === version);
    return client === undefined ? [] : [{ client, index }];
  });
  for (const { client, index } of known) {
    for (const set of recording.sets) {
      const compiled = compileRecorded(set, client);
      for (const [tool, argument, ...decisions] of set.calls) {
        const decision = decisions[index];
        if (typeof decision !== "string") continue;
        const call = recordedCall(tool, argument);
        const reason = index === 0 ? decisions[recording.clients.length] : undefined;
        const expected = isLeftToClassifier(reason) ? "classifier" : decision;
        const category = recordedCategory(source, set.id, call.tool);
        const result = compiled.decide(call);
        const verdict = compareRecorded(expected, result);
        collector.add({ category, client, case: set.id, call, expected }, result, verdict);
      }
    }
  }
}

/** The scripted model is no classifier, so what one would have said is for nobody to know. */
function isLeftToClassifier(reason: string | null | undefined): boolean {
  return reason?.startsWith("Auto mode is unavailable") === true;
}

const SET_FAMILIES: readonly [RegExp, string][] = [
  [/^edge-.*-allow-/, "one Bash allow rule"],
  [/^edge-.*-deny-/, "one Bash deny rule"],
  [/^edge-.*-ask-/, "one Bash ask rule"],
  [/^path-.*-read-allow-/, "one Read allow rule"],
  [/^path-.*-read-deny-/, "one Read deny rule"],
  [/^path-.*-edit-allow-/, "one Edit allow rule"],
  [/^path-.*-edit-deny-/, "one Edit deny rule"],
];

function recordedCategory(source: string, id: string, tool: string): string {
  const toolName = tool.startsWith("mcp__") ? "MCP" : tool;
  if (source !== "client-decisions") return `measured: ${toolName}`;
  const family = SET_FAMILIES.find(([pattern]) => pattern.test(id));
  return `recorded: ${family?.[1] ?? `mixed sets, ${toolName}`}`;
}

function compareRecorded(expected: string, result: DecisionResult): Verdict {
  const actual = recordedDecision(result);
  // What a classifier decides the engine must not claim to know.
  if (actual === expected || (expected === "classifier" && actual === "undecided"))
    return { kind: "agree", actual };
  if (actual === "undecided") return { kind: "undecided", actual };
  if (expected === "allow" || (expected === "classifier" && actual !== "allow")) {
    return { kind: "missedApprovals", actual };
  }
  return { kind: actual === "allow" ? "wrongApprovals" : "otherwise", actual };
}

/** In the recorder's words: `prompt` stands for ask and for no rule matching. */
function recordedDecision(result: DecisionResult): string {
  if (result.decision === "undecided" || result.runs === "undecided") return "undecided";
  if (result.runs) return "allow";
  return result.decision === "deny" ? "deny" : "prompt";
}

function replayVectors(vectors: readonly PermissionVector[], collector: Collector): void {
  for (const vector of vectors) {
    const call = vectorCall(vector);
    const surroundings: Surroundings = {
      ...SURROUNDINGS,
      scope: vector.scope ?? "project",
      trusted: vector.trusted ?? true,
    };
    const client = "2.1.330";
    const compiled = compilePermissions(permissionSet(vector.rules, vector.mode ?? null), {
      client,
      surroundings,
    });
    const result = compiled.decide(call);
    const category = `vectors: ${vector.id.replace(/-\d+$/, "")}`;
    collector.add(
      { category, client, case: vector.id, call, expected: vector.expect },
      result,
      compareVector(vector, result),
    );
  }
}

function compareVector(vector: PermissionVector, result: DecisionResult): Verdict {
  const actual = result.decision;
  const outcome = result.runs === true ? "run" : result.decision === "deny" ? "block" : "prompt";
  const unknown = result.runs === "undecided";
  const sameOutcome = vector.outcome === undefined || unknown || vector.outcome === outcome;
  if (actual === vector.expect && sameOutcome) return { kind: "agree", actual };
  if (actual === "undecided" || unknown) return { kind: "undecided", actual };
  const ran = vector.outcome === "run" || vector.expect === "allow";
  if (ran && result.runs === false) return { kind: "missedApprovals", actual };
  return { kind: !ran && result.runs === true ? "wrongApprovals" : "otherwise", actual };
}

/** The field that holds what rules are about; other scalar fields are parameters. */
const ARGUMENT_FIELDS: Readonly<Record<string, string>> = {
  Bash: "command",
  Monitor: "command",
  PowerShell: "command",
  Read: "path",
  Write: "path",
  Edit: "path",
  NotebookEdit: "path",
  WebFetch: "url",
  WebSearch: "query",
  Skill: "skill",
  Agent: "subagent_type",
};

function vectorCall(vector: PermissionVector): Call {
  const { tool, ...fields } = vector.call;
  const field = Object.hasOwn(ARGUMENT_FIELDS, tool) ? ARGUMENT_FIELDS[tool]! : null;
  const argument = field === null ? "" : String(fields[field] ?? "");
  const parameters = Object.entries(fields).filter(
    (entry): entry is [string, string | number | boolean] =>
      entry[0] !== field && ["string", "number", "boolean"].includes(typeof entry[1]),
  );
  return { tool, argument, parameters: Object.fromEntries(parameters) };
}

/** The table of `docs/permissions.md`: one line per kind of case and client. */
export function formatAgreement(table: readonly Agreement[]): string {
  const lines = [
    "| cases | client | number | agree | undecided | missed approvals | wrong approvals | otherwise |",
    "| :-- | :-- | --: | --: | --: | --: | --: | --: |",
  ];
  for (const row of summarised(table)) {
    const share = `${((row.agree / row.cases) * 100).toFixed(2)} %`;
    lines.push(
      `| ${row.category} | ${row.client} | ${row.cases} | ${share} | ${row.undecided} | ${row.missedApprovals} | ${row.wrongApprovals} | ${row.otherwise} |`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Vectors by family, recorded decisions by kind of set; a total for each source and client last. */
function summarised(table: readonly Agreement[]): Agreement[] {
  const grouped = new Map<string, Agreement>();
  const add = (category: string, row: Agreement): void => {
    const key = `${category}\0${row.client}`;
    const sum = grouped.get(key);
    if (sum === undefined) grouped.set(key, { ...row, category });
    else for (const field of COUNTS) sum[field] += row[field];
  };
  for (const row of table) add(vectorFamily(row.category), row);
  for (const row of table) {
    const source = row.category.slice(0, row.category.indexOf(":"));
    add(source === "vectors" ? "**all vectors**" : `**all ${source} decisions**`, row);
  }
  return [...grouped.values()];
}

const COUNTS = ["cases", "agree", "undecided", "missedApprovals", "wrongApprovals", "otherwise"] as const;

function vectorFamily(category: string): string {
  return category.startsWith("vectors: ") ? category.replace(/^(vectors: [a-z]+).*$/, "$1") : category;
}
