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
  const { after } = input;
  const entries = Object.entries(after.context.waivers);
  const accepted = new Map<Finding, Waiver>();
  const reported = entries.flatMap(([id, waiver]) => {
    const covered = findings.filter(
      (finding) => finding.rule === id && covers(waiver, finding, input.client),
    );
    const waivable = covered.filter((finding) => isWaivable(finding, input.constraints));
    const isExpired = daysBetween(input.today, waiver.expires) < 0;
    if (!isExpired) for (const finding of waivable) accepted.set(finding, waiver);
    return reportsOn({ id, waiver, covered, waivable, isExpired }, { ...input, after });
  });
  return [...findings.map((finding) => marked(finding, accepted.get(finding))), ...reported];
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
  /** Findings that it names. */
  covered: readonly Finding[];
  waivable: readonly Finding[];
  isExpired: boolean;
}

type PresentInput = WaiverInput & { after: PresentSnapshot };

function reportsOn(use: Use, input: PresentInput): Finding[] {
  const { id, waiver, covered, waivable, isExpired } = use;
  const report = (rule: DocumentedId, message: string, help: string, isIntroduced: boolean) =>
    reportOf(rule, use, { message, help, introduced: isIntroduced }, input);
  const old = waiverIn(input.before, id);
  const isNew =
    old === undefined || canonicalJson(old as unknown as Json) !== canonicalJson(waiver as unknown as Json);
  if (isExpired) {
    const effect = covered.length > 0 ? "what it accepted counts again" : "nothing needs it any more";
    return [
      report(
        WAIVER_EXPIRED,
        `The waiver of ${id} expired on ${waiver.expires}; ${effect}.`,
        `Mend the finding and delete waivers.${id}, or have ${waiver.owner} set a later day.`,
        isNew,
      ),
    ];
  }
  const found: Finding[] = [];
  if (covered.length > waivable.length || NEVER_WAIVED.has(id)) {
    found.push(
      report(
        WAIVER_NOT_ALLOWED,
        `The waiver of ${id} has no effect: ${id} cannot be waived.`,
        "Delete the waiver and mend the finding, or have it approved for this change.",
        isNew,
      ),
    );
  } else if (covered.length === 0) {
    found.push(
      report(
        WAIVER_UNUSED,
        `The waiver of ${id} covers no finding${suggestion(id, input)}.`,
        "Delete it, or correct its id or what it is limited to.",
        isNew,
      ),
    );
  }
  if (waivable.length === 0) return found;
  const days = daysBetween(input.today, waiver.expires);
  if (days <= EXPIRY_NOTICE_DAYS) {
    const when = days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
    found.push(
      report(
        WAIVER_EXPIRING,
        `The waiver of ${id} expires ${when}, on ${waiver.expires}.`,
        `Mend what it accepts before then, or have ${waiver.owner} set a later day.`,
        isNew,
      ),
    );
  }
  if (isNew) {
    const what = old === undefined ? "is new in this change" : "was changed in this change";
    found.push(
      report(
        WAIVER_ADDED,
        `The waiver of ${id} ${what}: "${waiver.reason}", owned by ${waiver.owner}, until ${waiver.expires}.`,
        "Check that the exception is meant, and limited to what needs it.",
        true,
      ),
    );
    return found;
  }
  const later = waivable.filter(({ introduced }) => introduced);
  if (later.length > 0) {
    found.push(
      report(
        WAIVER_TOO_BROAD,
        `The waiver of ${id} was written before this change and accepts what it introduces: ${later[0]!.message}`,
        `Limit it with waivers.${id}.only to what it was written for.`,
        true,
      ),
    );
  }
  return found;
}

function reportOf(
  { id: rule, severity }: DocumentedId,
  { id, waiver }: Use,
  words: Pick<Finding, "message" | "help" | "introduced">,
  { after, changes }: PresentInput,
): Finding {
  const path = attributePath("waivers", id);
  const change = changes.find((one) => one.surface === "waivers" && one.path === path);
  const position = positionOf(after.positions, path);
  return {
    ...words,
    // With the waiver's content: an approval of one version is none of another.
    fingerprint: fingerprintOf(rule, id, waiver as unknown as Json),
    rule,
    source: "builtin",
    severity,
    subject: { path },
    ...(change === undefined ? {} : { change: change.id }),
    ...(position === undefined ? {} : { position }),
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
