import type { CheckPlan, EvaluationPlan, EvaluationResult } from "../check/ports.ts";
import type { RawValue } from "../model/raw-value.ts";
import { callChecks } from "./checks.ts";
import { Evaluation } from "./evaluation.ts";
import type { Environment } from "./locate.ts";
import { NixRunner } from "./session.ts";

/** Evaluates a plan with the Nix at `binary`; whatever was started or made for it ends with it. */
export async function evaluate(
  plan: EvaluationPlan,
  binary: string,
  env: Environment,
  cacheDirectory: string,
): Promise<EvaluationResult> {
  const nix = new NixRunner(binary, env, cacheDirectory, plan);
  try {
    return await new Evaluation(plan, nix).run();
  } finally {
    nix.close();
  }
}

/** The same for functions of constraints. */
export async function call(
  plan: CheckPlan,
  binary: string,
  env: Environment,
  cacheDirectory: string,
): Promise<RawValue[]> {
  const nix = new NixRunner(binary, env, cacheDirectory, plan);
  try {
    return await callChecks(plan, nix);
  } finally {
    nix.close();
  }
}
