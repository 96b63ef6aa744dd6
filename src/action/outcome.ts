import { knownReport } from "../check/known.ts";
import type { Outcome } from "../check/outcome.ts";
import type { CheckRequest } from "../check/request.ts";
import { createPorts, currentProgram } from "../cli/doors.ts";
import { NixclaudeError } from "../model/errors.ts";
import type { ActionInputs } from "./inputs.ts";
import { type Checked, requestFor } from "./request.ts";
import type { RunContext } from "./runner.ts";

/** What comes of the check: a report that an earlier run has worked out, or a new one. */
export async function outcomeOf(
  situation: Checked,
  inputs: ActionInputs,
  context: RunContext,
): Promise<Outcome> {
  try {
    const request = await requestFor(situation, inputs, context);
    const known = situation.kind === "check" ? await knownOutcome(request, context) : null;
    if (known !== null) return known;
    const { workOut } = await import("./whole.ts");
    return await workOut(request, {
      kind: situation.kind,
      installNix: inputs.installNix,
      env: context.env,
    });
  } catch (error) {
    if (error instanceof NixclaudeError) return { kind: "not-evaluated", error };
    throw error;
  }
}

async function knownOutcome(request: CheckRequest, { env }: RunContext): Promise<Outcome | null> {
  const report = await knownReport(request, createPorts(env), currentProgram());
  return report === null ? null : { kind: "checked", report };
}
