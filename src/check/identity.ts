import { NixclaudeError } from "../model/errors.ts";
import type { CacheIdentity } from "./cache-key.ts";
import type { EvaluatorPort, Ports } from "./ports.ts";

/** The program that runs: its version for the report, and an identity that differs for every build. */
export interface Program {
  version: string;
  build: string;
}

/** What a result depends on beside the request and the trees. */
export async function identify(ports: Ports, program: Program): Promise<CacheIdentity> {
  return {
    program: program.build,
    evaluator: await evaluatorIdentity(ports.evaluator),
    today: ports.clock.today(),
  };
}

/** A Nix that cannot be used is an error only for those who need one; the client's own files are read without. */
async function evaluatorIdentity(evaluator: EvaluatorPort): Promise<string> {
  try {
    return (await evaluator.fingerprint()) ?? "no nix";
  } catch (error) {
    if (error instanceof NixclaudeError) return "no usable nix";
    throw error;
  }
}
