import {
  declarationChanged,
  type InputAt,
  inputsAt,
  type LockFile,
  placeOf,
  referenceOf,
  type SourceAttributes,
} from "../lock/index.ts";
import type { FindingFact } from "../model/finding.ts";
import { canonicalJson } from "../model/json.ts";
import { inputAttribute } from "../model/lock.ts";
import { attributePath } from "../model/position.ts";
import type { Locks } from "./rule.ts";

type Words = Pick<FindingFact, "message" | "help"> & Partial<Pick<FindingFact, "severity">>;

/** A finding about an input. `said` names what of its node it is about (`locked.narHash`); the first that is there counts. */
export function aboutInput(
  locks: Locks,
  { path, node }: InputAt,
  said: string | readonly string[],
  words: Words,
): FindingFact {
  const lines = [said].flat().map((name) => node.lines.get(name));
  return {
    ...words,
    subject: { path: inputAttribute(path) },
    position: { file: locks.file, line: lines.find((line) => line !== undefined) ?? node.line, column: 1 },
  };
}

/** The same for what stands where the flake above names the input: what it follows. */
export function aboutEdge(locks: Locks, { path, name, parent }: InputAt, words: Words): FindingFact {
  return {
    ...words,
    subject: { path: inputAttribute(path) },
    position: { file: locks.file, line: parent.lines.get(`inputs.${name}`) ?? parent.line, column: 1 },
  };
}

/** A finding about a node, whether an input leads to it or not. */
export function aboutNode(
  locks: Locks,
  { key, line }: { key: string; line: number },
  words: Words,
): FindingFact {
  const subject = { path: attributePath("nodes", key) };
  return { ...words, subject, position: { file: locks.file, line, column: 1 } };
}

/** Every input with a node of its own, each node once. */
export function ownInputs(lock: LockFile | null): InputAt[] {
  const seen = new Set<string>();
  return [...(lock === null ? [] : inputsAt(lock).values())].filter(({ edge, node }) => {
    if (typeof edge !== "string" || node.locked === null || seen.has(node.key)) return false;
    seen.add(node.key);
    return true;
  });
}

export interface MovedInput {
  path: string;
  before: InputAt;
  after: InputAt;
  /** Who can have said what is different in it. */
  saidBy: "flake" | "perhaps-above" | "nobody";
}

/**
 * Inputs that are there on both sides. What lies below an input that is another flake now is another flake's: it has
 * nothing to be held against.
 */
export function sharedInputs(locks: Locks): MovedInput[] {
  if (locks.before === null || locks.after === null) return [];
  const [old, now] = [inputsAt(locks.before), inputsAt(locks.after)];
  const standing = new Map<string, "same" | "moved" | "another">();
  const shared: MovedInput[] = [];
  // Level by level: what stands above was looked at before.
  for (const [path, after] of now) {
    const before = old.get(path);
    if (before === undefined) continue;
    const above = after.above === null ? "same" : (standing.get(after.above) ?? "another");
    const here = placeOf(before.node) !== placeOf(after.node) ? "another" : sameSource(before, after);
    standing.set(path, above === "same" || here === "another" ? here : above);
    if (above !== "another")
      shared.push({ path, before, after, saidBy: speaker(locks, path, before, after, above) });
  }
  return shared;
}

/** Those of them that have a node of their own on both sides. */
export function sharedNodes(locks: Locks): MovedInput[] {
  return sharedInputs(locks).filter(
    ({ before, after }) => typeof before.edge === "string" && typeof after.edge === "string",
  );
}

function speaker(
  { declared }: Locks,
  path: string,
  before: InputAt,
  after: InputAt,
  above: "same" | "moved",
): MovedInput["saidBy"] {
  if (declared !== undefined && declarationChanged(declared.before, declared.after, path)) return "flake";
  // A lock that does not fit the flake's own inputs is not evaluated: what is new there, the flake says.
  const asked = ({ edge, node }: InputAt) =>
    typeof edge === "string" ? canonicalJson({ ...node.original }) : canonicalJson([...edge]);
  if (after.above === null) return asked(before) === asked(after) ? "nobody" : "flake";
  return above === "moved" ? "perhaps-above" : "nobody";
}

function sameSource({ node: before }: InputAt, { node: after }: InputAt): "same" | "moved" {
  const { rev, narHash } = after.locked ?? {};
  return before.locked?.rev === rev && before.locked?.narHash === narHash ? "same" : "moved";
}

/** The first characters of a revision, or a whole hash. */
export function shortRevision({ rev, narHash }: SourceAttributes): string {
  return typeof rev === "string" ? rev.slice(0, 7) : String(narHash ?? "nothing");
}

/** Attributes by which one revision has several contents. */
const CONTENTS = ["submodules", "lfs", "exportIgnore"];

/**
 * All that names one revision of a source, and so has one content; null where no revision is named. What merely can
 * be spelled in several ways (a host that is the default one) plays no part.
 */
export function revisionKey({ dir: _, ...source }: SourceAttributes): string | null {
  if (source.rev === undefined) return null;
  const contents = CONTENTS.filter((name) => source[name] === true || source[name] === 1);
  return canonicalJson([referenceOf(source).toLowerCase(), source.rev, contents]);
}
