import type { EvaluatorPort } from "../check/ports.ts";
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
    prepare: () => {
      // Whoever evaluates then waits for the same load, and sees how it ended.
      void load().catch(() => {});
    },
    evaluate: async (plan) => {
      const binary = requireNix(options);
      return (await load()).evaluate(plan, binary, options.env, options.cacheDirectory);
    },
    callChecks: async (plan) => {
      const binary = requireNix(options);
      return (await load()).call(plan, binary, options.env, options.cacheDirectory);
    },
  };
}

function requireNix({ env, nixPath }: EvaluatorOptions): string {
  const binary = locateNix(env, nixPath);
  if (binary !== null) return binary;
  throw new EvaluationError("nix-missing", "there is no Nix on this machine to evaluate the flake with", {
    hint: INSTALL_NIX,
  });
}

/** On demand: a run whose answer is cached never needs it. */
function load() {
  return import("./evaluate.ts");
}
