import { realpathSync } from "node:fs";
import { checkChange } from "../check/check.ts";
import { inspect } from "../check/inspect.ts";
import type { Outcome } from "../check/outcome.ts";
import type { RevisionSpec } from "../check/ports.ts";
import type { CheckRequest } from "../check/request.ts";
import { createPorts, currentProgram } from "../cli/doors.ts";
import type { Checkout } from "../git/index.ts";
import { NixclaudeError, UsageError } from "../model/errors.ts";
import { DEFAULT_LIMITS } from "../model/limits.ts";
import { DEFAULT_CLIENT } from "../model/semantics.ts";
import { publish, publishFailure } from "./effects.ts";
import { namedEnd, presentEnds } from "./ends.ts";
import { type PullRequest, type Situation, situationOf } from "./event.ts";
import { eventPayload } from "./event-payload.ts";
import { type ActionInputs, readInputs } from "./inputs.ts";
import { installNix } from "./install-nix.ts";
import type { Conversation } from "./pull-request.ts";
import type { RunContext, Runner } from "./runner.ts";

/**
 * One step of a workflow. Returns the exit status: 0 pass or warn, 1 blocked, 2 wrong inputs or an event that is not
 * judged, 3 could not tell.
 */
export async function runAction(context: RunContext, runner: Runner): Promise<number> {
  try {
    const inputs = readInputs(runner.input);
    const situation = situationFor(inputs, context);
    if (situation.kind === "nothing") {
      runner.notice(`Nothing to check: ${situation.because}.`);
      return 0;
    }
    if (situation.kind === "refused") {
      throw new UsageError(situation.code, situation.because, { hint: situation.hint });
    }
    return await checkAndTell(situation, inputs, context, runner);
  } catch (error) {
    if (!(error instanceof NixclaudeError)) throw error;
    await publishFailure(error, runner);
    return error.exitCode;
  }
}

type Checked = Extract<Situation, { kind: "check" | "drift" }>;

async function checkAndTell(
  situation: Checked,
  inputs: ActionInputs,
  context: RunContext,
  runner: Runner,
): Promise<number> {
  const pullRequest = situation.kind === "check" ? situation.pullRequest : null;
  const outcome = await outcomeOf(situation, inputs, context);
  const conversation = await converse(pullRequest, inputs, context, runner);
  if (outcome.kind === "not-evaluated") {
    await publishFailure(outcome.error, runner);
    if (conversation !== null) {
      const { commentFailure } = await import("./pull-request.ts");
      await orNotice(runner, () => commentFailure(outcome.error, conversation));
    }
    return outcome.error.exitCode;
  }
  if (conversation === null) {
    await publish(outcome.report, { head: situation.head.id, inputs, context, runner });
    return outcome.report.exitCode;
  }
  const { comment, withApproval } = await import("./pull-request.ts");
  let { report } = outcome;
  await orNotice(runner, async () => {
    report = await withApproval(report, conversation);
  });
  await publish(report, { head: conversation.pullRequest.headSha, inputs, context, runner });
  await orNotice(runner, () => comment(report, conversation));
  return report.exitCode;
}

function situationFor(inputs: ActionInputs, { env }: RunContext): Situation {
  const found = situationOf(
    {
      name: env.GITHUB_EVENT_NAME ?? "",
      payload: eventPayload(env.GITHUB_EVENT_PATH),
      sha: env.GITHUB_SHA ?? "",
      ref: env.GITHUB_REF ?? "",
    },
    inputs,
  );
  const isSpelledOut = inputs.base !== null && inputs.head !== null;
  // Who names both ends needs no event; a stranger's head stays one all the same.
  if (!isSpelledOut || found.kind !== "refused" || found.code === "untrusted-head") return found;
  const sha = env.GITHUB_SHA ?? "";
  return {
    kind: "check",
    base: { kind: "none" },
    head: { kind: "commit", id: sha },
    trust: "trusted",
    pullRequest: null,
  };
}

async function outcomeOf(situation: Checked, inputs: ActionInputs, context: RunContext): Promise<Outcome> {
  try {
    const request = await requestFor(situation, inputs, context);
    return await withNix(inputs, context, () => check(situation, request, context));
  } catch (error) {
    if (error instanceof NixclaudeError) return { kind: "not-evaluated", error };
    throw error;
  }
}

async function requestFor(
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

function checkoutOf({ token }: ActionInputs, { env, workspace, serverUrl }: RunContext): Checkout {
  return { directory: workspace, env, credentials: token === "" ? null : { server: serverUrl, token } };
}

async function check(situation: Checked, request: CheckRequest, { env }: RunContext): Promise<Outcome> {
  const ports = createPorts(env);
  const program = currentProgram();
  if (situation.kind === "check") return checkChange(request, ports, program);
  // The newest of what each organisation says, beside what is locked of it.
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

/** Installs Nix when that is all that is missing; a repository without a flake needs none. */
async function withNix(
  { installNix: when }: ActionInputs,
  { env }: RunContext,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  const first = await run();
  if (when === "never" || first.kind === "checked" || first.error.code !== "nix-missing") return first;
  await installNix(env);
  return run();
}

/** null: there is no pull request, or nobody to speak as. */
async function converse(
  pullRequest: PullRequest | null,
  inputs: ActionInputs,
  context: RunContext,
  runner: Runner,
): Promise<Conversation | null> {
  if (pullRequest === null) return null;
  if (inputs.token === "") {
    if (inputs.comment !== "never")
      runner.notice("There is no github-token: nothing was said on the pull request.");
    return null;
  }
  const { connect } = await import("../github/index.ts");
  const github = connect(context.repository, { token: inputs.token, apiUrl: context.apiUrl });
  return { github, pullRequest, inputs, context, runner };
}

/** What GitHub does not let happen is no reason to fail: the verdict stands without it. */
async function orNotice(runner: Runner, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof NixclaudeError) throw error;
    runner.notice(
      `GitHub could not be asked or told (${error instanceof Error ? error.message : String(error)}). The job summary has the whole report.`,
    );
  }
}
