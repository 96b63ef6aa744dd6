import { type FindingFact, SEVERITIES, type Severity } from "../model/finding.ts";
import { attributePath, type Position } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";

/** What a constraint's Nix function returned, understood; or why it cannot be. */
export type CheckFindings =
  | { kind: "findings"; findings: CheckFinding[] }
  | { kind: "broken"; problem: string; position?: Position };

export type CheckFinding = Pick<FindingFact, "message" | "severity"> & { path: string };

/** More than this is no list that anybody reads. */
export const MAX_FINDINGS = 1_000;
const MAX_MESSAGE_CHARACTERS = 1_000;
const MAX_PATH_CHARACTERS = 500;
const KEYS = ["message", "severity", "path"];

/** A list of `{ message, severity?, path? }`. Nothing else is: what is misread would be a pass that nobody meant. */
export function readFindings(value: RawValue): CheckFindings {
  try {
    return { kind: "findings", findings: itemsOf(value).map(findingOf) };
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    const { message: problem, position } = error;
    return { kind: "broken", problem, ...(position && { position }) };
  }
}

/** Never leaves this file. */
class Unfit extends Error {
  readonly position: Position | undefined;
  constructor(problem: string, position?: Position) {
    super(problem);
    this.position = position;
  }
}

function itemsOf(value: RawValue): RawValue[] {
  if (value.kind === "list" && value.items.length <= MAX_FINDINGS) return value.items;
  throw unfit(value, "its function", "a list of findings");
}

function findingOf(value: RawValue, index: number): CheckFinding {
  const name = attributePath("", index);
  if (value.kind !== "set") throw unfit(value, `finding ${name}`, "a set { message, severity?, path? }");
  const unknown = Object.keys(value.entries).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw new Unfit(
      `finding ${name} has the key ${JSON.stringify(cut(unknown, 64))}, expected message, severity and path`,
    );
  }
  const text = (key: string) => textOf(value.entries[key], `${key} of finding ${name}`);
  const message = text("message")?.trim() ?? "";
  if (message === "") throw new Unfit(`finding ${name} has no message`);
  const severity = text("severity");
  return {
    message: cut(message, MAX_MESSAGE_CHARACTERS),
    path: cut(text("path") ?? "", MAX_PATH_CHARACTERS),
    ...(severity !== null && { severity: severityOf(severity, name) }),
  };
}

function severityOf(word: string, finding: string): Severity {
  const severity = SEVERITIES.find((known) => known === word);
  if (severity !== undefined) return severity;
  throw new Unfit(
    `finding ${finding} has the severity ${JSON.stringify(cut(word, 64))}, expected error, warning or note`,
  );
}

/** null where nothing is said. */
function textOf(value: RawValue | undefined, name: string): string | null {
  if (value === undefined || (value.kind === "scalar" && value.value === null)) return null;
  if (value.kind === "scalar" && typeof value.value === "string") return value.value;
  throw unfit(value, name, "text");
}

function unfit(value: RawValue, what: string, expected: string): Unfit {
  if (value.kind === "failure")
    return new Unfit(`${what} did not evaluate: ${value.message}`, value.position);
  if (value.kind === "cut" || value.kind === "list")
    return new Unfit(`${what} returned more than is read (${MAX_FINDINGS} findings, each a set of texts)`);
  return new Unfit(`${what} is ${inWords(value)}, expected ${expected}`);
}

function inWords(value: Exclude<RawValue, { kind: "failure" | "cut" | "list" }>): string {
  switch (value.kind) {
    case "scalar":
      return value.value === null ? "null" : `a ${typeof value.value}`;
    case "function":
      return "a function (it is called once, with one set)";
    case "set":
      return "a set";
    case "string-like":
      return "a set that stands for a text";
    default:
      return `a ${value.kind}`;
  }
}

function cut(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  // A cut through a surrogate pair leaves half a character.
  return `${text.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/, "")}…`;
}
