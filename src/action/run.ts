import { setImmediate } from "node:timers/promises";
import { NixclaudeError, UsageError } from "../model/errors.ts";
import type { Access } from "./approval.ts";
import { type PullRequest, type Situation, situationOf } from "./event.ts";
import { eventPayload } from "./event-payload.ts";
import { type ActionInputs, readInputs } from "./inputs.ts";
import type { Conversation } from "./pull-request.ts";
import type { Checked } from "./request.ts";
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
    const { publishFailure } = await import("./effects.ts");
    await publishFailure(error, runner);
    return error.exitCode;
  }
}

async function checkAndTell(
  situation: Checked,
  inputs: ActionInputs,
  context: RunContext,
  runner: Runner,
): Promise<number> {
  const { pullRequest, mergeGroup } = situation.kind === "check" ? situation : NOBODY;
  const access = pullRequest === null ? null : await converse(pullRequest, inputs, context, runner);
  // Loaded, with Git behind it, while the request is on its way.
  const { outcomeOf } = await import("./outcome.ts");
  const outcome = await outcomeOf(situation, inputs, context);
  const { publish, publishFailure } = await import("./effects.ts");
  if (outcome.kind === "not-evaluated") {
    await publishFailure(outcome.error, runner);
    if (access !== null) {
      const { commentFailure } = await import("./pull-request.ts");
      await orNotice(runner, () => commentFailure(outcome.error, access));
    }
    return outcome.error.exitCode;
  }
  let { report } = outcome;
  const { isApprovalWanted, withApproval, withGroupApproval } = await import("./approval.ts");
  await orNotice(runner, async () => {
    if (access !== null) report = await withApproval(report, access.pullRequest, access);
    if (mergeGroup !== null && isApprovalWanted(report, inputs)) {
      const asked = await accessTo(inputs, context, runner);
      if (asked !== null) report = await withGroupApproval(report, mergeGroup, asked);
    }
  });
  await publish(report, { head: pullRequest?.headSha ?? situation.head.id, inputs, context, runner });
  if (access !== null) {
    const { comment } = await import("./pull-request.ts");
    await orNotice(runner, () => comment(report, access));
  }
  return report.exitCode;
}

/** A schedule is for no pull request. */
const NOBODY = { pullRequest: null, mergeGroup: null };

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
    mergeGroup: null,
  };
}

/** Nobody waits for it after this. */
const AHEAD_ANSWER_MS = 5000;

/** null: there is nobody to speak as. */
async function converse(
  pullRequest: PullRequest,
  inputs: ActionInputs,
  context: RunContext,
  runner: Runner,
): Promise<Conversation | null> {
  const access = await accessTo(inputs, context, runner);
  if (access === null) return null;
  if (inputs.comment === "never") return { ...access, ahead: null, pullRequest };
  const { commentsAhead, connect } = await import("../github/index.ts");
  const once = { token: inputs.token, apiUrl: context.apiUrl, attempts: 1, answerMs: AHEAD_ANSWER_MS };
  const ahead = commentsAhead(connect(context.repository, once), pullRequest.number);
  // What comes next holds up this process: the request leaves first.
  await setImmediate();
  return { ...access, ahead, pullRequest };
}

async function accessTo(inputs: ActionInputs, context: RunContext, runner: Runner): Promise<Access | null> {
  if (inputs.token === "") {
    const isMissed =
      inputs.comment !== "never" || inputs.approvalTeams.length > 0 || inputs.approvalLabel !== null;
    if (isMissed) runner.notice("There is no github-token: GitHub was neither asked nor told anything.");
    return null;
  }
  const { connect } = await import("../github/index.ts");
  const github = connect(context.repository, { token: inputs.token, apiUrl: context.apiUrl });
  return { github, inputs, context, runner };
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
