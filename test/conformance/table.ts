import type { ClientVersion } from "../../src/model/semantics.ts";
import type { Verdict } from "./compare.ts";
import type { Compared } from "./run.ts";

/** How engine and client agree about one category; the last row of each client is the sum. */
export interface Row {
  category: string;
  client: ClientVersion;
  /** Without those that are unclear. */
  decisions: number;
  agree: number;
  unsound: number;
  wrongApproval: number;
  undecided: number;
  askOrDeny: number;
  unclear: number;
}

export const OVERALL = "overall";

const COUNTED = {
  agree: "agree",
  unsound: "unsound",
  "wrong approval": "wrongApproval",
  undecided: "undecided",
  "ask or deny": "askOrDeny",
  unclear: "unclear",
} as const satisfies Record<Verdict, keyof Row>;

/** By client, then category, in the order in which they were asked. */
export function tableOf(compared: readonly Compared[]): Row[] {
  const rows = new Map<ClientVersion, Map<string, Row>>();
  const count = (client: ClientVersion, category: string, verdict: Verdict): void => {
    const ofClient = rows.get(client) ?? new Map<string, Row>();
    rows.set(client, ofClient);
    const row = ofClient.get(category) ?? emptyRow(category, client);
    ofClient.set(category, row);
    row[COUNTED[verdict]]++;
    if (verdict !== "unclear") row.decisions++;
  };
  for (const { client, category, verdict } of compared) count(client, category, verdict);
  for (const { client, verdict } of compared) count(client, OVERALL, verdict);
  return [...rows.values()].flatMap((ofClient) => [...ofClient.values()]);
}

function emptyRow(category: string, client: ClientVersion): Row {
  const none = {
    decisions: 0,
    agree: 0,
    unsound: 0,
    wrongApproval: 0,
    undecided: 0,
    askOrDeny: 0,
    unclear: 0,
  };
  return { category, client, ...none };
}

export function agreement({ agree, decisions }: Row): number {
  return decisions === 0 ? 1 : agree / decisions;
}

/** Rounded down, so that 100.00 % means all of them. */
export function percent(share: number): string {
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}

const HEAD = [
  "category",
  "client",
  "decisions",
  "agree",
  "unsound",
  "wrong approvals",
  "undecided",
  "ask or deny",
  "unclear",
];

/** As a table in Markdown that lines up in a terminal too. */
export function formatTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.category === OVERALL ? `**${OVERALL}**` : row.category,
    row.client,
    String(row.decisions),
    percent(agreement(row)),
    ...[row.unsound, row.wrongApproval, row.undecided, row.askOrDeny, row.unclear].map(String),
  ]);
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...lines.map((line) => line[column]!.length)),
  );
  const right = (column: number): boolean => column > 1;
  const cell = (text: string, column: number): string =>
    right(column) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  const rule = widths.map((width, column) =>
    right(column) ? `${"-".repeat(width - 1)}:` : `:${"-".repeat(width - 1)}`,
  );
  return [HEAD.map(cell), rule, ...lines.map((line) => line.map(cell))]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}
