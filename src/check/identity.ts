import type { CacheIdentity } from "./cache-key.ts";
import type { Ports } from "./ports.ts";

/** The program that runs: its version for the report, and an identity that differs for every build. */
export interface Program {
  version: string;
  build: string;
}

/** What a result depends on beside the request and the trees. */
export async function identify(ports: Ports, program: Program): Promise<CacheIdentity> {
  return {
    program: program.build,
    evaluator: (await ports.evaluator.fingerprint()) ?? "no nix",
    today: ports.clock.today(),
  };
}
