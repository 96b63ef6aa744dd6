import type { ClaudeContext } from "../model/context.ts";
import type { ClientVersion } from "../model/semantics.ts";
import { type CompiledPermissions, compilePermissions, permissionSetOf } from "../permissions/index.ts";

/** `reason` is for people and for the model. */
export interface Approval {
  kind: "run" | "ask" | "refuse";
  reason: string;
}

export interface ApprovalOptions {
  client: ClientVersion;
  home: string;
  /** Where tools run; rules with paths are relative to it. */
  directory: string;
  /** False: rules that allow count for nothing. */
  trusted: boolean;
}

/**
 * Whether a tool's command may run, decided as the client decides about the same command line in its Bash tool. Only
 * what the context's own rules allow runs; an always-approved tool has such a rule, for its program.
 */
export class Approvals {
  readonly #engine: CompiledPermissions;
  readonly #trusted: boolean;

  constructor(context: Pick<ClaudeContext, "permissions" | "sandbox">, options: ApprovalOptions) {
    const { client, home, directory: project, trusted } = options;
    const set = permissionSetOf(context, { client });
    // The client obeys neither of these modes where a project sets them.
    const mode = set.mode === "bypassPermissions" || set.mode === "auto" ? null : set.mode;
    this.#trusted = trusted;
    this.#engine = compilePermissions(
      // Tools do not run in a sandbox here, so that none approves them.
      { ...set, mode, sandboxEnabled: false, sandboxApprovesBash: false },
      { client, surroundings: { home, project, scope: "project", trusted } },
    );
  }

  /** @param argv program first; nothing in it is read by a shell. */
  of(argv: readonly string[]): Approval {
    const { decision, runs, reason } = this.#engine.decide({ tool: "Bash", argument: commandLine(argv) });
    if (decision === "deny") return { kind: "refuse", reason };
    if (decision === "allow" && runs === true) {
      return this.#trusted ? { kind: "run", reason } : { kind: "ask", reason: "its rules are a stranger's" };
    }
    // What the client runs by itself, since it only reads, is no approval of the context.
    return { kind: "ask", reason: decision === "default" ? "no rule of the context allows it" : reason };
  }
}

const PLAIN_WORD = /^[A-Za-z0-9_@%+:,./-]+$/;

/** The words as one line of a shell, in which each is one word again. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((word) => (PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
