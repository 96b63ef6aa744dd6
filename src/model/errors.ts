/**
 * What is thrown: only "the tool could not tell" and "the tool was called wrongly". What a policy says is never
 * thrown; findings are returned. The exit status of a run that ends in one of these is a property of its class.
 */
export abstract class NixclaudeError extends Error {
  /** Stable id for scripts and documentation, kebab-case: `nix-missing`, `evaluation-timeout`. */
  readonly code: string;
  /** What to do next: one sentence, shown under the message. */
  readonly hint: string;
  /** Longer facts, one a line (a Nix trace, for `--debug`; several failures at once): shown when asked for. */
  readonly details: readonly string[];
  abstract readonly exitCode: 2 | 3 | 4;

  constructor(
    code: string,
    message: string,
    options: ErrorOptions & { hint: string; details?: readonly string[] },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? [];
  }

  /** The same error with where it happened in front, and a further way out behind. */
  inContext(where: string, hint: string): NixclaudeError {
    const Same = this.constructor as new (
      ...of: ConstructorParameters<typeof NixclaudeError>
    ) => NixclaudeError;
    return new Same(this.code, `${where}: ${this.message}`, {
      hint: `${this.hint} ${hint}`,
      details: this.details,
      cause: this,
    });
  }
}

interface ErrorOptions {
  cause?: unknown;
}

/** Wrong words on the command line or in the Action's inputs; nothing was evaluated. */
export class UsageError extends NixclaudeError {
  readonly exitCode = 2;
}

/** A revision, tree or object that Git could not give: unknown revision, no repository, conflicts in the index. */
export class RevisionError extends NixclaudeError {
  readonly exitCode = 3;
}

/** Nix could not evaluate, or was not allowed to go on: errors in the flake, limits, fetches, Nix missing. */
export class EvaluationError extends NixclaudeError {
  readonly exitCode = 3;
}

/** `flake.lock` could not be understood. */
export class LockError extends NixclaudeError {
  readonly exitCode = 3;
}

/** A `claudeContext` that cannot be judged: unknown version, a constraint that does not say what it means. */
export class ContextError extends NixclaudeError {
  readonly exitCode = 3;
}

/** The real client could not be asked: not found, no closed box, a crash, a log-in, settings it does not take. */
export class ClientError extends NixclaudeError {
  readonly exitCode = 3;
}

/** The disk, the output or another outside thing failed under the tool. */
export class SystemError extends NixclaudeError {
  readonly exitCode = 3;
}
