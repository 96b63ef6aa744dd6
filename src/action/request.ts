import { realpathSync } from "node:fs";
import type { RevisionSpec } from "../check/ports.ts";
import type { CheckRequest } from "../check/request.ts";
import type { Checkout } from "../git/index.ts";
import { DEFAULT_LIMITS } from "../model/limits.ts";
import { DEFAULT_CLIENT } from "../model/semantics.ts";
import { namedEnd, presentEnds } from "./ends.ts";
import type { Situation } from "./event.ts";
import type { ActionInputs } from "./inputs.ts";
import type { RunContext } from "./runner.ts";

/** What of an event leads to a check. */
export type Checked = Extract<Situation, { kind: "check" | "drift" }>;

/** The question that event and inputs ask; both of its ends are there afterwards. */
export async function requestFor(
  situation: Checked,
  inputs: ActionInputs,
  context: RunContext,
): Promise<CheckRequest> {
  const checkout = checkoutOf(inputs, context);
  const base = situation.kind === "drift" ? situation.head : situation.base;
  const asked = async (name: string | null, otherwise: () => Promise<RevisionSpec>) =>
    name === null ? otherwise() : namedEnd(checkout, name);
  const fromEvent = () => presentEnds(checkout, base, situation.head);
  return {
    directory: realpathSync(context.workspace),
    base: await asked(inputs.base, async () => (await fromEvent()).base),
    head: await asked(inputs.head, async () => (await fromEvent()).head),
    flakes: inputs.flakes,
    attribute: inputs.attribute,
    organisations: inputs.organisations,
    trust: situation.kind === "check" ? situation.trust : "trusted",
    offline: false,
    debug: context.env.RUNNER_DEBUG === "1",
    cache: true,
    client: DEFAULT_CLIENT,
    failOn: inputs.failOn,
    frozen: inputs.frozen,
    approve: [],
    limits: DEFAULT_LIMITS,
    probeWith: [],
    purpose: "judge",
  };
}

/** What Git works in, and what it may say to the remote. */
export function checkoutOf({ token }: ActionInputs, { env, workspace, serverUrl }: RunContext): Checkout {
  return { directory: workspace, env, credentials: token === "" ? null : { server: serverUrl, token } };
}
