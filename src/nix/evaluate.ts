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

/**
 * The same for functions of constraints. They are handed what they do not bring with them, the contexts of whoever is
 * checked, and so they are called without a network; planning may still ask for what an organisation is today.
 */
export async function call(
  plan: CheckPlan,
  binary: string,
  env: Environment,
  cacheDirectory: string,
): Promise<RawValue[]> {
  const planning = new NixRunner(binary, env, cacheDirectory, plan);
  const calling = new NixRunner(binary, env, cacheDirectory, { ...plan, offline: true });
  try {
    return await callChecks(plan, { planning, calling });
  } finally {
    planning.close();
    calling.close();
  }
}
