import { checkChange } from "../check/check.ts";
import { inspect } from "../check/inspect.ts";
import type { Outcome } from "../check/outcome.ts";
import type { CheckRequest } from "../check/request.ts";
import { createPorts, currentProgram } from "../cli/doors.ts";
import { NixclaudeError } from "../model/errors.ts";
import { installNix } from "./install-nix.ts";
import type { RunContext } from "./runner.ts";

/** What is asked for beside the request. */
export interface Work {
  /** `drift`: the newest of what each organisation says applies, beside what is locked of it. */
  kind: "check" | "drift";
  installNix: "auto" | "never";
  env: RunContext["env"];
}

/** Evaluates and judges what no earlier run has. Throws nothing but defects. */
export async function workOut(request: CheckRequest, work: Work): Promise<Outcome> {
  try {
    const first = await check(request, work);
    const isNixMissing = first.kind === "not-evaluated" && first.error.code === "nix-missing";
    // A repository without a flake needs none: only now is it known to be all that is missing. One that is named and not
    // there would still not be there.
    if (!isNixMissing || work.installNix === "never" || work.env.NIXCLAUDE_NIX) return first;
    await installNix(work.env);
    return await check(request, work);
  } catch (error) {
    if (error instanceof NixclaudeError) return { kind: "not-evaluated", error };
    throw error;
  }
}

async function check(request: CheckRequest, { kind, env }: Work): Promise<Outcome> {
  const ports = createPorts(env);
  const program = currentProgram();
  if (kind === "check") return checkChange(request, ports, program);
  const snapshot = await inspect(request, ports, program);
  const newest = snapshot.kind === "absent" ? [] : organisationsIn(snapshot);
  const organisations = [...new Set([...request.organisations, ...newest])];
  return checkChange({ ...request, organisations }, ports, program);
}

/** Inputs with constraints, as references without a revision. */
function organisationsIn(
  snapshot: Exclude<Awaited<ReturnType<typeof inspect>>, { kind: "absent" }>,
): string[] {
  const names = snapshot.foreignConstraints.flatMap(({ source }) =>
    source.startsWith("input:") ? [source.slice("input:".length)] : [],
  );
  return [...new Set(names)].flatMap((name) => snapshot.inputs[name]?.reference ?? []);
}
