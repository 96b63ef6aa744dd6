import { NixclaudeError } from "../../model/errors.ts";
import type { FlakePort, FlakeState } from "./flake.ts";

/** What is known of the flake now. */
export interface Known {
  /** Newest state that could be told; null: none could. */
  state: FlakeState | null;
  /** Why it is not the newest there is. */
  failure: NixclaudeError | null;
}

/** What made it fail may lie outside: after this long it is tried again, even when nothing has changed. */
const RETRY_AFTER_MS = 30_000;

/** Evaluates the flake when it has changed, once at a time, and keeps what was known when that fails. */
export class CurrentFlake {
  readonly #port: Pick<FlakePort, "evaluate">;
  readonly #monotonicMs: () => number;
  #known: Known = { state: null, failure: null };
  #changes = 1;
  #evaluated = 0;
  #failedAt = 0;
  #running: Promise<void> | null = null;

  /** @param port `evaluate` is called once for each change. */
  constructor(port: Pick<FlakePort, "evaluate">, monotonicMs: () => number) {
    this.#port = port;
    this.#monotonicMs = monotonicMs;
  }

  /** Something that the flake is made of is, or may be, another one. */
  changed(): void {
    this.#changes++;
  }

  /** Never throws a NixclaudeError. */
  async now(): Promise<Known> {
    if (this.#isStale()) await this.#evaluation();
    // What changed while an evaluation ran that had begun before: once more, and not for ever.
    if (this.#isStale()) await this.#evaluation();
    return this.#known;
  }

  #isStale(): boolean {
    const isWorthAnotherTry =
      this.#known.failure !== null && this.#monotonicMs() - this.#failedAt > RETRY_AFTER_MS;
    return this.#evaluated !== this.#changes || isWorthAnotherTry;
  }

  #evaluation(): Promise<void> {
    this.#running ??= this.#evaluate().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #evaluate(): Promise<void> {
    const changes = this.#changes;
    try {
      this.#known = { state: await this.#port.evaluate(), failure: null };
    } catch (error) {
      if (!(error instanceof NixclaudeError)) throw error;
      this.#known = { ...this.#known, failure: error };
      this.#failedAt = this.#monotonicMs();
    }
    this.#evaluated = changes;
  }
}
