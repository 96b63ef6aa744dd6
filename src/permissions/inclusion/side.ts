import type { RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { absolutePath } from "../rules/paths.ts";
import { modeEffects } from "../sets/modes.ts";
import { isSuspended } from "../sets/suspended-rules.ts";
import { type PermissionSet, USUAL_SURROUNDINGS } from "../types.ts";
import type { RuleContext } from "./families.ts";
import { directoryPieces } from "./path-language.ts";
import { type ListedRule, listRules } from "./rule-language.ts";

/** One permission set, parsed: what approves and what holds back. */
export interface Side {
  set: PermissionSet;
  context: Omit<RuleContext, "list">;
  allow: readonly ListedRule[];
  /** Ask and deny: both keep a call from running unasked. */
  held: readonly ListedRule[];
  heldKeys: ReadonlySet<string>;
  allowKeys: ReadonlySet<string>;
  /** Texts of exact allow rules. */
  exactCommands: ReadonlySet<string>;
  /** What approves beside the rules. */
  grants: ReadonlySet<Grant>;
}

export type Grant = "bypass" | "classifier" | "edits" | "sandboxed-bash";

const parsedSides = new WeakMap<PermissionSet, Map<ClientVersion, Side>>();

/** Sets are never changed once made, so a set is parsed once for all questions about it. */
export function sideOf(set: PermissionSet, client: ClientVersion): Side {
  const known = parsedSides.get(set) ?? new Map<ClientVersion, Side>();
  parsedSides.set(set, known);
  const found = known.get(client);
  if (found !== undefined) return found;
  const side = parseSide(set, client);
  known.set(client, side);
  return side;
}

function parseSide(set: PermissionSet, client: ClientVersion): Side {
  const context = contextOf(client, set.additionalDirectories);
  const grants = grantsOf(set, client);
  // What auto mode sets aside approves nothing while a classifier judges.
  const counts = ({ parsed }: ListedRule) => !grants.has("classifier") || !isSuspended(parsed, client);
  const allow = listRules("allow", set.allow, context).filter(counts);
  const held = [...listRules("ask", set.ask, context), ...listRules("deny", set.deny, context)];
  return {
    set,
    context,
    allow,
    held,
    heldKeys: new Set(held.map(heldKey)),
    allowKeys: new Set(allow.map((rule) => rule.key)),
    exactCommands: new Set(
      allow.flatMap(({ parsed }) =>
        parsed.kind === "command" && parsed.pattern.kind === "exact" ? [parsed.pattern.text] : [],
      ),
    ),
    grants,
  };
}

export function contextOf(
  client: ClientVersion,
  additionalDirectories: readonly string[],
): Omit<RuleContext, "list"> {
  const surroundings = USUAL_SURROUNDINGS;
  const { home, project } = surroundings;
  const directories = [project, ...additionalDirectories.map((path) => absolutePath(path, project, home))];
  return { client, surroundings, directoryPatterns: [...new Set(directories)].map(directoryPieces) };
}

/**
 * Ask and deny are told apart only where that changes which calls they keep from running: an ask rule on a path does
 * not reach Bash, a deny on a read also refuses writes, and the sandbox lifts ask rules without content.
 */
export function heldKey(rule: ListedRule): string {
  const same = rule.parsed.kind === "command" || rule.parsed.kind === "mcp" || rule.parsed.kind === "domain";
  return same ? rule.key : listKey(rule.list, rule.key);
}

export function listKey(list: RuleList, key: string): string {
  return `${list} ${key}`;
}

function grantsOf(set: PermissionSet, client: ClientVersion): Set<Grant> {
  const effects = modeEffects(set.mode ?? "default", client, {
    bypassDisabled: set.bypassDisabled,
    autoDisabled: set.other.disableAutoMode === "disable",
  });
  const grants = new Set<Grant>();
  if (effects.grants === "everything") grants.add("bypass");
  if (effects.grants === "edits") grants.add("edits");
  if (effects.classifier !== null) grants.add("classifier");
  if (set.sandboxApprovesBash) grants.add("sandboxed-bash");
  return grants;
}
