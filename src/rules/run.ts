import { withoutListIndex } from "../diff/index.ts";
import type { Finding, FindingFact } from "../model/finding.ts";
import { fingerprintOf } from "../model/fingerprint.ts";
import { compareText } from "../model/order.ts";
import type { Locks, Rule, RuleInput } from "./rule.ts";

/**
 * What the rules find, by rule, subject and fingerprint. A finding that judges a change is introduced by it; one
 * about what stands there is introduced unless the snapshot before had it too.
 */
export function runEach(rules: readonly Rule[], input: RuleInput): Finding[] {
  return rules
    .flatMap((rule) => findingsOf(rule, input))
    .sort(
      (a, b) =>
        compareText(a.rule, b.rule) ||
        compareText(a.subject.path, b.subject.path) ||
        compareText(a.subject.rule ?? "", b.subject.rule ?? "") ||
        compareText(a.fingerprint, b.fingerprint),
    );
}

function findingsOf(rule: Rule, input: RuleInput): Finding[] {
  const facts = rule.check(input);
  const stoodBefore = facts.some(({ change }) => change === undefined)
    ? new Set(rule.check(asBefore(input)).map((fact) => nameOf(rule, fact, input)))
    : new Set<string>();
  const found = new Map<string, Finding>();
  for (const { severity, ...fact } of facts) {
    const fingerprint = nameOf(rule, fact, input);
    // A permission rule that stands in a list twice is one finding.
    const key = `${fingerprint} ${fact.message}`;
    if (found.has(key)) continue;
    found.set(key, {
      fingerprint,
      rule: rule.id,
      source: "builtin",
      severity: severity ?? rule.severity,
      ...fact,
      introduced: fact.change !== undefined || !stoodBefore.has(fingerprint),
    });
  }
  return [...found.values()];
}

/** What a rule would have seen without the change. */
function asBefore(input: RuleInput): RuleInput {
  const { before, probe, locks, behaviorLock, artifacts } = input;
  const unchanged = {
    ...input,
    after: before,
    changes: [],
    inputChanges: [],
    ...(locks !== undefined && { locks: asBase(locks) }),
    ...(behaviorLock !== undefined && {
      behaviorLock: { ...behaviorLock, after: behaviorLock.before ?? ({ kind: "fits" } as const) },
    }),
    ...(artifacts !== undefined && { artifacts: { ...artifacts, after: artifacts.before ?? [] } }),
  };
  if (probe === undefined) return unchanged;
  const calls = probe.calls.map((call) => ({ ...call, after: call.before }));
  const clients = { ...probe.clients, after: probe.clients.before };
  return { ...unchanged, probe: { ...probe, clients, calls, told: [] } };
}

function asBase({ declared, ...locks }: Locks): Locks {
  const stands = { ...locks, after: locks.before };
  if (declared === undefined) return stands;
  return { ...stands, declared: { ...declared, after: declared.before } };
}

function nameOf(rule: Rule, fact: FindingFact, { changes }: RuleInput): string {
  const change = changes.find(({ id }) => id === fact.change);
  return findingFingerprint(rule.id, fact, change?.fingerprint ?? null);
}

/**
 * Names a finding from revision to revision: by the change that it judges, else by the permission rule that it is
 * about, else by its words (which hold neither lines nor witnesses).
 */
export function findingFingerprint(
  ruleId: string,
  { subject, message }: Pick<FindingFact, "subject" | "message">,
  changeFingerprint: string | null,
): string {
  const path = withoutListIndex(subject.path);
  if (changeFingerprint !== null) return fingerprintOf(ruleId, "builtin", path, changeFingerprint);
  return fingerprintOf(ruleId, "builtin", path, subject.rule ?? message.replaceAll(subject.path, path));
}
