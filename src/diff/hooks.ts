import type { ChangeFact } from "../model/change.ts";
import type { Hook } from "../model/context.ts";
import { canonicalJson, type Json } from "../model/json.ts";
import { type Effect, NARROWS, undecided, WIDENS } from "./effect.ts";
import { quote } from "./quote.ts";
import type { Side } from "./side.ts";

/**
 * What a hook says at these events comes too late to refuse or hold a call. At all others, those that a later client
 * brings included, calls may pass without it that did not pass before.
 */
const EVENTS_WITHOUT_A_SAY = new Set(["SessionStart", "SessionEnd", "Notification", "PostToolUse"]);

/**
 * Hooks run at the same time, so their order says nothing. A hook that goes and one that comes at the same event
 * and matcher are one hook that changed.
 */
export function diffHooks(before: Side, after: Side): ChangeFact[] {
  const old = difference(before.context.hooks, after.context.hooks);
  const now = difference(after.context.hooks, before.context.hooks);
  const facts: ChangeFact[] = [];
  for (const hook of now) {
    const replaced = old.findIndex(
      (other) => other.event === hook.event && other.matcher === hook.matcher && other.type === hook.type,
    );
    facts.push(replaced === -1 ? added(hook) : changed(old.splice(replaced, 1)[0]!, hook));
  }
  return [...facts, ...old.map(removed)];
}

function added(hook: Hook): ChangeFact {
  return {
    surface: "hooks",
    path: hook.path,
    kind: "added",
    ...WIDENS,
    before: null,
    after: hookJson(hook),
    summary: `${hookName(hook)} added: runs ${quote(hook.command)} by itself`,
  };
}

function changed(before: Hook, after: Hook): ChangeFact {
  const sameCode = codeOf(before) === codeOf(after);
  return {
    surface: "hooks",
    path: after.path,
    kind: "changed",
    ...(sameCode ? undecided("what the hook's options change cannot be told") : WIDENS),
    before: hookJson(before),
    after: hookJson(after),
    summary: sameCode
      ? `options of ${hookName(after)} changed`
      : `${hookName(after)} changed: ${commandChange(before.command, after.command)}`,
  };
}

function removed(hook: Hook): ChangeFact {
  const effect: Effect = EVENTS_WITHOUT_A_SAY.has(hook.event)
    ? NARROWS
    : undecided("the hook may have held calls back, and what it did cannot be told from its command line");
  return {
    surface: "hooks",
    path: hook.path,
    kind: "removed",
    ...effect,
    before: hookJson(hook),
    after: null,
    summary: `${hookName(hook)} removed: ${quote(hook.command)} no longer runs`,
  };
}

function commandChange(before: string, after: string): string {
  return before === after
    ? `what ${quote(after)} runs is other code now`
    : `runs ${quote(after)} instead of ${quote(before)}`;
}

/** The command line, and what is behind it: a package, the content of a path, files that it names. */
function codeOf({ command, other }: Hook): string {
  return canonicalJson({
    command,
    content: other.$content ?? null,
    package: other.$package ?? null,
    files: other.$files ?? null,
  });
}

function hookName(hook: Hook): string {
  return `${hook.event} hook${hook.matcher === "" || hook.matcher === "*" ? "" : ` for ${quote(hook.matcher)}`}`;
}

/** Everything of a hook but the place it stands at. An empty matcher and `*` both mean every tool. */
export function hookJson({ event, matcher, type, command, other }: Hook): Json {
  return { event, matcher: matcher === "*" ? "" : matcher, type, command, other };
}

/** Multiset difference: hooks of `some` that `others` has not as often. */
function difference(some: readonly Hook[], others: readonly Hook[]): Hook[] {
  const counts = new Map<string, number>();
  for (const hook of others) {
    const key = canonicalJson(hookJson(hook));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return some.filter((hook) => {
    const key = canonicalJson(hookJson(hook));
    const count = counts.get(key) ?? 0;
    if (count > 0) counts.set(key, count - 1);
    return count === 0;
  });
}
