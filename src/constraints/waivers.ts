import type { Change } from "../model/change.ts";
import type { SourcedConstraint } from "../model/constraint.ts";
import type { Finding } from "../model/finding.ts";
import { fingerprintOf } from "../model/fingerprint.ts";
import { canonicalJson, type Json } from "../model/json.ts";
import { nearest } from "../model/nearest.ts";
import { attributePath, positionOf } from "../model/position.ts";
import type { ClientVersion } from "../model/semantics.ts";
import type { PresentSnapshot, Snapshot } from "../model/snapshot.ts";
import type { Waiver } from "../model/waiver.ts";
import { canonicalRule } from "../permissions/index.ts";
import { daysBetween, EXPIRY_NOTICE_DAYS } from "./waiver-days.ts";
import {
  WAIVER_ADDED,
  WAIVER_EXPIRED,
  WAIVER_EXPIRING,
  WAIVER_NOT_ALLOWED,
  WAIVER_RULES,
  WAIVER_TOO_BROAD,
  WAIVER_UNUSED,
} from "./waiver-docs.ts";
import { CONSTRAINT_WEAKENED, type DocumentedId } from "./weakening-docs.ts";

export interface WaiverInput {
  before: Snapshot;
  after: Snapshot;
  changes: readonly Change[];
  /** As `collectConstraints` gives them: which may be waived, and which ids exist. */
  constraints: readonly SourcedConstraint[];
  /** Ids of all built-in rules, to name the one that a mistyped waiver means. */
  ruleIds: readonly string[];
  /** `YYYY-MM-DD`, UTC. */
  today: string;
  client: ClientVersion;
}

/** Ids that no waiver lifts: what they report belongs to one change and is approved, not waived. */
const NEVER_WAIVED = new Set([CONSTRAINT_WEAKENED, ...WAIVER_RULES].map(({ id }) => id));

/**
 * Marks the findings that the head's waivers cover, and adds what is to be said about the waivers themselves. No
 * finding is taken away. Waivers of the base only show what is new: one that the head deleted covers nothing.
 */
export function applyWaivers(findings: readonly Finding[], input: WaiverInput): Finding[] {
  if (input.after.kind === "absent") return [...findings];
  const present = { ...input, after: input.after };
  const accepted = new Map<Finding, Waiver>();
  const reported = Object.entries(input.after.context.waivers).flatMap(([id, waiver]) => {
    const use = useOf(id, waiver, findings, present);
    if (daysBetween(input.today, waiver.expires) >= 0) {
      for (const finding of use.waivable) accepted.set(finding, waiver);
    }
    return remarksOn(use, present).map((remark) => findingOf(remark, use, present));
  });
  const all = [...findings.map((finding) => marked(finding, accepted.get(finding))), ...reported];
  return all.map((finding) =>
    isWaivable(finding, input.constraints) ? finding : { ...finding, waivable: false },
  );
}

type PresentInput = WaiverInput & { after: PresentSnapshot };

function useOf(id: string, waiver: Waiver, findings: readonly Finding[], input: PresentInput): Use {
  const old = waiverIn(input.before, id);
  const covered = findings.filter((finding) => finding.rule === id && covers(waiver, finding, input.client));
  return {
    id,
    waiver,
    old,
    isNew: old === undefined || textOf(old) !== textOf(waiver),
    covered,
    waivable: covered.filter((finding) => isWaivable(finding, input.constraints)),
  };
}

function textOf(waiver: Waiver): string {
  return canonicalJson(waiver as unknown as Json);
}

function marked(finding: Finding, waiver: Waiver | undefined): Finding {
  if (waiver === undefined) return finding;
  const { reason, owner, expires } = waiver;
  return { ...finding, waived: { reason, owner, expires } };
}

function covers({ only }: Waiver, { subject }: Finding, client: ClientVersion): boolean {
  if (only === null) return true;
  // A limit that limits nothing is a mistake; it must not accept everything.
  if (only.path === undefined && only.rule === undefined) return false;
  if (only.path !== undefined && !isWithin(subject.path, only.path)) return false;
  return only.rule === undefined || isSameRule(subject.rule, only.rule, client);
}

/** `permissions.allow` is within `permissions`, and within itself. */
function isWithin(path: string, limit: string): boolean {
  return path === limit || path.startsWith(`${limit}.`) || path.startsWith(`${limit}[`);
}

/** `Bash(git:*)` and `Bash(git *)` are one rule. */
function isSameRule(rule: string | undefined, limit: string, client: ClientVersion): boolean {
  if (rule === undefined) return false;
  return (
    rule === limit || canonicalRule(rule, "allow", { client }) === canonicalRule(limit, "allow", { client })
  );
}

/** Base's and head's version count: neither of them can make the other waivable. */
function isWaivable({ rule, source }: Finding, constraints: readonly SourcedConstraint[]): boolean {
  if (source === "builtin") return !NEVER_WAIVED.has(rule);
  return constraints.every((one) => one.id !== rule || one.source !== source || one.constraint.waivable);
}

interface Use {
  id: string;
  waiver: Waiver;
  /** The waiver of the same id at the base. */
  old: Waiver | undefined;
  isNew: boolean;
  /** Findings that it names. */
  covered: readonly Finding[];
  waivable: readonly Finding[];
}

/** What is to be said of one waiver: an id, and words. */
type Remark = [rule: DocumentedId, message: string, help: string];

function remarksOn(use: Use, input: PresentInput): Remark[] {
  if (daysBetween(input.today, use.waiver.expires) < 0) return [expired(use)];
  return [added(use), withoutEffect(use, input), expiring(use, input), tooBroad(use)].filter(
    (remark) => remark !== null,
  );
}

function expired({ id, waiver, covered }: Use): Remark {
  const effect = covered.length > 0 ? "what it accepted counts again" : "nothing needs it any more";
  return [
    WAIVER_EXPIRED,
    `The waiver of ${id} expired on ${waiver.expires}; ${effect}.`,
    `Mend the finding and delete waivers.${id}, or have ${waiver.owner} set a later day.`,
  ];
}

function added({ id, waiver, old, isNew }: Use): Remark | null {
  if (!isNew) return null;
  const what = old === undefined ? "is new in this change" : "was changed in this change";
  return [
    WAIVER_ADDED,
    `The waiver of ${id} ${what}: "${waiver.reason}", owned by ${waiver.owner}, until ${waiver.expires}.`,
    "Check that the exception is meant, and limited to what needs it.",
  ];
}

function withoutEffect({ id, covered, waivable }: Use, input: PresentInput): Remark | null {
  if (covered.length > waivable.length || NEVER_WAIVED.has(id)) {
    return [
      WAIVER_NOT_ALLOWED,
      `The waiver of ${id} has no effect: ${id} cannot be waived.`,
      "Delete the waiver and mend the finding, or have it approved for this change.",
    ];
  }
  if (covered.length > 0) return null;
  return [
    WAIVER_UNUSED,
    `The waiver of ${id} covers no finding${suggestion(id, input)}.`,
    "Delete it, or correct its id or what it is limited to.",
  ];
}

function expiring({ id, waiver, waivable }: Use, { today }: PresentInput): Remark | null {
  const days = daysBetween(today, waiver.expires);
  if (waivable.length === 0 || days > EXPIRY_NOTICE_DAYS) return null;
  const when = days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
  return [
    WAIVER_EXPIRING,
    `The waiver of ${id} expires ${when}, on ${waiver.expires}.`,
    `Mend what it accepts before then, or have ${waiver.owner} set a later day.`,
  ];
}

/** What it was written for is what it accepted before this change; a new waiver is reported as new instead. */
function tooBroad({ id, waivable, isNew }: Use): Remark | null {
  const later = isNew ? undefined : waivable.find(({ introduced }) => introduced);
  if (later === undefined) return null;
  return [
    WAIVER_TOO_BROAD,
    `The waiver of ${id} was written before this change and accepts what it introduces: ${later.message}`,
    `Limit it with waivers.${id}.only to what it was written for.`,
  ];
}

function findingOf(
  [{ id: rule, severity }, message, help]: Remark,
  { id, waiver, isNew }: Use,
  { after, changes }: PresentInput,
): Finding {
  const path = attributePath("waivers", id);
  const change = changes.find((one) => one.surface === "waivers" && one.path === path);
  const position = positionOf(after.positions, path);
  return {
    // With the waiver's content: an approval of one version is none of another.
    fingerprint: fingerprintOf(rule, id, waiver as unknown as Json),
    rule,
    source: "builtin",
    severity,
    message,
    help,
    subject: { path },
    ...(change === undefined ? {} : { change: change.id }),
    ...(position === undefined ? {} : { position }),
    introduced: isNew || rule === WAIVER_TOO_BROAD.id,
  };
}

function waiverIn(snapshot: Snapshot, id: string): Waiver | undefined {
  if (snapshot.kind === "absent" || !Object.hasOwn(snapshot.context.waivers, id)) return undefined;
  return snapshot.context.waivers[id];
}

function suggestion(id: string, { constraints, ruleIds }: PresentInput): string {
  const known = new Set([...constraints.map((one) => one.id), ...ruleIds]);
  if (known.has(id)) return "";
  const near = nearest(id, known);
  return near === null ? ": there is no rule or constraint of that name" : `; the nearest id is ${near}`;
}
