import type { EvaluationPlan } from "../check/ports.ts";
import { EvaluationError } from "../model/errors.ts";
import { type ProcessEnd, removeAtExit, removeNow, runProcess } from "../system/process.ts";
import { makeTemporaryDirectory } from "../system/temporary-directory.ts";
import {
  evalArguments,
  logAndFeatures,
  type Mode,
  networkNamespace,
  nixEnvironment,
  type Session,
} from "./environment.ts";
import { type Environment, INSTALL_NIX } from "./locate.ts";
import { isWorthKeeping } from "./log.ts";
import { chooseStore, makeDirectory, type Store } from "./store.ts";

/** Runs Nix for one plan: same store, same scratch directory, one deadline over all runs. */
export class NixRunner {
  readonly store: Store;
  readonly scratch: string;
  readonly timeoutMs: number;
  /** What sealed runs may open. */
  allowedUris: readonly string[] = [];
  readonly #binary: string;
  readonly #env: Environment;
  readonly #plan: EvaluationPlan;
  readonly #cacheDirectory: string;
  #deadline = 0;
  #namespace: readonly string[] | null = null;
  #started = false;

  constructor(binary: string, env: Environment, cacheDirectory: string, plan: EvaluationPlan) {
    makeDirectory(cacheDirectory);
    this.#binary = binary;
    this.#env = env;
    this.#plan = plan;
    this.#cacheDirectory = cacheDirectory;
    this.timeoutMs = plan.limits.evaluationTimeoutMs;
    this.renewDeadline();
    this.store = chooseStore(plan.trust === "trusted" ? env : {}, cacheDirectory);
    this.scratch = makeTemporaryDirectory("eval");
    removeAtExit(this.scratch);
  }

  /** The runs to come have the whole time again. */
  renewDeadline(): void {
    this.#deadline = performance.now() + this.timeoutMs;
  }

  evaluate(mode: Mode, expression: string): Promise<ProcessEnd> {
    const session = this.#session(mode);
    return this.#run(mode, [...evalArguments(session), "--expr", expression]);
  }

  /** Another Nix command, with the same store and environment; never evaluates foreign outputs. */
  command(args: readonly string[]): Promise<ProcessEnd> {
    const mode = this.#plan.trust === "trusted" ? "trusted" : "fetch";
    const offline = this.#plan.offline ? ["--offline"] : [];
    const options = ["--option", "accept-flake-config", "false", "--option", "warn-dirty", "false"];
    // Some flags are understood only by a Nix that knows already that it may use flakes.
    const all = [...logAndFeatures(), ...args, ...this.store.arguments, ...offline, ...options];
    return this.#run(mode, all);
  }

  git(args: readonly string[], cwd: string): Promise<ProcessEnd> {
    return this.#process("git", args, this.#environment("trusted"), cwd);
  }

  /** @throws EvaluationError `nix-too-old`, when that is what went wrong. */
  async refuseOldVersion(): Promise<void> {
    const end = await this.#process(this.#binary, ["--version"], this.#environment("sealed"), this.scratch);
    const found = end.kind === "exited" ? /(\d+)\.(\d+)[\w.-]*\s*$/.exec(end.stdout.trim()) : null;
    if (found === null) return;
    const [major, minor] = [Number(found[1]), Number(found[2])];
    if (major > 2 || (major === 2 && minor >= 8)) return;
    throw new EvaluationError("nix-too-old", `Nix ${found[0].trim()} is too old; 2.8 or later is needed`, {
      hint: INSTALL_NIX,
    });
  }

  close(): void {
    removeNow(this.scratch);
  }

  #run(mode: Mode, args: readonly string[]): Promise<ProcessEnd> {
    if (!this.#started) this.#plan.onStarted?.();
    this.#started = true;
    const [program = this.#binary, ...before] = mode === "sealed" ? [...this.#prefix(), this.#binary] : [];
    return this.#process(program, [...before, ...args], this.#environment(mode), this.scratch);
  }

  #process(program: string, args: readonly string[], environment: Record<string, string>, cwd: string) {
    const command = {
      program,
      arguments: args,
      environment,
      cwd,
      timeoutMs: Math.max(1, this.#deadline - performance.now()),
      maxOutputBytes: this.#plan.limits.evaluatorOutputBytes,
    };
    return runProcess(command, isWorthKeeping);
  }

  #prefix(): readonly string[] {
    this.#namespace ??= networkNamespace(this.#env);
    return this.#namespace;
  }

  #environment(mode: Mode): Record<string, string> {
    return nixEnvironment(this.#env, this.#session(mode));
  }

  #session(mode: Mode): Session {
    return {
      mode,
      offline: this.#plan.offline,
      memoryBytes: this.#plan.limits.evaluationMemoryBytes,
      store: this.store,
      scratch: this.scratch,
      allowedUris: this.allowedUris,
      cacheDirectory: this.#cacheDirectory,
    };
  }
}
