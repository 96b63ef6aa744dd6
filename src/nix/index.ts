import type { EvaluationPlan, EvaluationResult, EvaluatorPort } from "../check/ports.ts";
import { EvaluationError } from "../model/errors.ts";
import { type Environment, INSTALL_NIX, identityOf, locateNix } from "./locate.ts";
import { ownNixDigest } from "./own-files.ts";

export interface EvaluatorOptions {
  env: Environment;
  /** Where a store and fetched inputs may be kept between runs; made when needed. No spaces in it. */
  cacheDirectory: string;
  /** A particular Nix; default: as `locateNix` finds it. */
  nixPath?: string;
}

/** The door to Nix. */
export function createEvaluator(options: EvaluatorOptions): EvaluatorPort {
  return {
    fingerprint: async () => {
      const binary = locateNix(options.env, options.nixPath);
      return binary === null ? null : `${identityOf(binary)} ${ownNixDigest()}`;
    },
    evaluate: (plan) => evaluate(plan, options),
  };
}

async function evaluate(plan: EvaluationPlan, options: EvaluatorOptions): Promise<EvaluationResult> {
  const binary = locateNix(options.env, options.nixPath);
  if (binary === null) {
    throw new EvaluationError("nix-missing", "there is no Nix on this machine to evaluate the flake with", {
      hint: INSTALL_NIX,
    });
  }
  // Loaded here: a run whose answer is cached never needs it.
  const { NixRunner } = await import("./session.ts");
  const { Evaluation } = await import("./evaluation.ts");
  const nix = new NixRunner(binary, options.env, options.cacheDirectory, plan);
  try {
    return await new Evaluation(plan, nix).run();
  } finally {
    nix.close();
  }
}
