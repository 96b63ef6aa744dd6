import { type PermissionMode, RULE_LISTS, type RuleList } from "../../model/permission.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { absolutePath } from "../rules/paths.ts";
import {
  type DecideOptions,
  type ParsedRule,
  type PermissionSet,
  type Surroundings,
  USUAL_SURROUNDINGS,
} from "../types.ts";
import { type ModeEffects, modeEffects } from "./modes.ts";
import { type CompiledList, compileList } from "./rule-set.ts";
import { isSuspended } from "./suspended-rules.ts";

/** A permission set ready to decide about thousands of calls. */
export interface CompiledSet extends Readonly<Record<RuleList, CompiledList>> {
  /** What runs beside the rules, as the mode that grants just that; never `auto`, `plan` or `dontAsk`. */
  mode: PermissionMode;
  /** A classifier judges what would ask, in this mode. */
  classifier: ModeEffects["classifier"];
  /** Plan mode: edits are held for a person. */
  plans: boolean;
  /** Absolute; the project first. */
  directories: string[];
  sandboxEnabled: boolean;
  sandboxApprovesBash: boolean;
  blockReadsOutside: boolean;
  blockWritesOutside: boolean;
  /** What would ask is refused, as in the mode `dontAsk`. */
  refusesPrompts: boolean;
  surroundings: Surroundings;
  client: ClientVersion;
}

/** The rules of one settings file; several of them may make one set. */
export interface RuleSource extends Readonly<Record<RuleList, readonly string[]>> {
  scope: Surroundings["scope"];
}

/** What stands in one or several settings files, merged but for the rules. */
export interface SetParts {
  sources: readonly RuleSource[];
  mode: PermissionMode | null;
  bypassDisabled: boolean;
  autoDisabled: boolean;
  additionalDirectories: readonly string[];
  sandboxEnabled: boolean;
  sandboxApprovesBash: boolean;
  blockReadsOutside: boolean;
  blockWritesOutside: boolean;
  denyInsteadOfPrompting: boolean;
}

export function compileSet(set: PermissionSet, options: DecideOptions): CompiledSet {
  const surroundings = options.surroundings ?? USUAL_SURROUNDINGS;
  const { scope } = surroundings;
  const { allow, ask, deny, additionalDirectories, other } = set;
  const waits = waitsForTrust(surroundings, options.client);
  return compileParts(
    {
      sources: [{ scope, allow: waits ? [] : allow, ask, deny }],
      mode: set.mode,
      bypassDisabled: set.bypassDisabled,
      autoDisabled: other.disableAutoMode === "disable",
      additionalDirectories: waits ? [] : additionalDirectories,
      sandboxEnabled: set.sandboxEnabled ?? set.sandboxApprovesBash,
      sandboxApprovesBash: set.sandboxApprovesBash,
      blockReadsOutside: other.blockReadsOutsideWorkingDirectories === true,
      blockWritesOutside: other.blockWritesOutsideWorkingDirectories === true,
      denyInsteadOfPrompting: other.denyInsteadOfPrompting === true && heedsDenyInsteadOfPrompting(scope),
    },
    surroundings,
    options.client,
  );
}

export function compileParts(
  parts: SetParts,
  surroundings: Surroundings,
  client: ClientVersion,
): CompiledSet {
  const { home, project } = surroundings;
  const { grants, classifier, plans, refusesPrompts } = modeEffects(parts.mode ?? "default", client, parts);
  const lists = RULE_LISTS.map((list) => {
    const texts = parts.sources.map((source) => ({
      texts: source[list],
      surroundings: { ...surroundings, scope: source.scope },
    }));
    const counts = (rule: ParsedRule) =>
      list !== "allow" || classifier === null || !isSuspended(rule, client);
    return [list, compileList(list, texts, client, counts)] as const;
  });
  // 2.1.257, 2.1.314 and 2.1.319; the older recorded client knows none of the three.
  const newer = client !== "2.1.197";
  return {
    ...(Object.fromEntries(lists) as Record<RuleList, CompiledList>),
    mode: GRANTING_MODES[grants],
    classifier,
    plans,
    directories: [project, ...parts.additionalDirectories.map((path) => absolutePath(path, project, home))],
    sandboxEnabled: parts.sandboxEnabled,
    sandboxApprovesBash: parts.sandboxApprovesBash,
    blockReadsOutside: newer && parts.blockReadsOutside,
    blockWritesOutside: newer && parts.blockWritesOutside,
    refusesPrompts: refusesPrompts || (newer && parts.denyInsteadOfPrompting),
    surroundings,
    client,
  };
}

/** Project allow rules and directories wait for trust, in 2.1.197 local ones too; deny and ask rules do not. */
export function waitsForTrust(
  { scope, trusted }: Pick<Surroundings, "scope" | "trusted">,
  client: ClientVersion,
): boolean {
  return !trusted && (scope === "project" || (scope === "local" && client === "2.1.197"));
}

/** Only people and organisations may say that nobody is there to answer; a repository may not (measured). */
export function heedsDenyInsteadOfPrompting(scope: Surroundings["scope"]): boolean {
  return scope === "user" || scope === "managed";
}

/**
 * The mode is taken as named. Newer clients ignore `auto` and `bypassPermissions` in project files, but the mode of a
 * session may be chosen elsewhere: a set that names one is judged in it.
 */
const GRANTING_MODES: Readonly<Record<ModeEffects["grants"], CompiledSet["mode"]>> = {
  nothing: "default",
  edits: "acceptEdits",
  everything: "bypassPermissions",
};
