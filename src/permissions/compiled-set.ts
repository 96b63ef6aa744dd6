import type { PermissionMode } from "../model/permission.ts";
import type { ClientVersion } from "../model/semantics.ts";
import { absolutePath } from "./paths.ts";
import { type CompiledList, compileList } from "./rule-set.ts";
import { type DecideOptions, type PermissionSet, type Surroundings, USUAL_SURROUNDINGS } from "./types.ts";

/** A permission set ready to decide about thousands of calls. */
export interface CompiledSet {
  allow: CompiledList;
  ask: CompiledList;
  deny: CompiledList;
  mode: PermissionMode;
  /** Absolute; the project first. */
  directories: string[];
  sandboxApprovesBash: boolean;
  blockReadsOutside: boolean;
  blockWritesOutside: boolean;
  surroundings: Surroundings;
  client: ClientVersion;
}

export function compileSet(set: PermissionSet, options: DecideOptions): CompiledSet {
  const surroundings = options.surroundings ?? USUAL_SURROUNDINGS;
  const { client } = options;
  // Project allow rules and directories wait for trust; deny and ask do not.
  const waits = surroundings.scope === "project" && !surroundings.trusted;
  const compile = (list: "allow" | "ask" | "deny", texts: readonly string[]): CompiledList =>
    compileList(list, texts, surroundings, client);
  return {
    allow: compile("allow", waits ? [] : set.allow),
    ask: compile("ask", set.ask),
    deny: compile("deny", set.deny),
    mode: effectiveMode(set),
    directories: [
      surroundings.project,
      ...(waits ? [] : set.additionalDirectories.map((path) => absoluteDirectory(path, surroundings))),
    ],
    sandboxApprovesBash: set.sandboxApprovesBash,
    // 2.1.257 and 2.1.314; the older recorded client knows neither.
    blockReadsOutside: client === "2.1.330" && set.other.blockReadsOutsideWorkingDirectories === true,
    blockWritesOutside: client === "2.1.330" && set.other.blockWritesOutsideWorkingDirectories === true,
    surroundings,
    client,
  };
}

function absoluteDirectory(path: string, { home, project }: Surroundings): string {
  return absolutePath(path, project, home);
}

/**
 * The mode as the set names it. Newer clients ignore `auto` and `bypassPermissions` in project files, but the mode of
 * a session may be chosen elsewhere: a set that names one is judged in it.
 */
function effectiveMode(set: PermissionSet): PermissionMode {
  if (set.mode === "bypassPermissions" && set.bypassDisabled) return "default";
  return set.mode ?? "default";
}
