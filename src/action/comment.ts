import { readFileSync, statSync } from "node:fs";
import { connect, pullRequestsAt, statusOf, upsertComment } from "../github/index.ts";
import { NixclaudeError, UsageError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { readReport } from "../report/read.ts";
import { commentText } from "./comment-text.ts";
import { eventPayload } from "./event-payload.ts";
import { COMMENT_WHEN, readChoice } from "./inputs.ts";
import { sayOutcome } from "./pull-request.ts";
import type { RunContext, Runner } from "./runner.ts";
import { type FinishedRun, finishedRun } from "./workflow-run.ts";

/** Larger files are not read at all. */
const MAX_BYTES = 20 * 1024 * 1024;
const NOTE =
  "The report comes from the pull request's own job, which a pull request can change: what counts is the status of a required check.";

/**
 * `nixclaude/check/comment`: posts a report that a job without permissions has computed. Report and event are a
 * stranger's; only GitHub itself says which pull request they are for.
 */
export async function runComment(context: RunContext, runner: Runner): Promise<number> {
  try {
    const run = runOf(context);
    const report = reportAt(runner.input("report"));
    await tell(report, run, context, runner);
    return 0;
  } catch (error) {
    if (error instanceof NixclaudeError) {
      runner.fail(`${error.message} [${error.code}] ${error.hint}`);
      return error.exitCode;
    }
    if (statusOf(error) === null) throw error;
    runner.fail(`GitHub did not take the comment: ${error instanceof Error ? error.message : String(error)}`);
    return 3;
  }
}

function runOf({ env, serverUrl, repository }: RunContext): FinishedRun {
  const run = finishedRun(eventPayload(env.GITHUB_EVENT_PATH), `${serverUrl}/${repository}`);
  if (run === null || env.GITHUB_EVENT_NAME !== "workflow_run") {
    throw new UsageError(
      "event-not-workflow-run",
      "this step is not run by the end of a pull request's workflow",
      {
        hint: "Use it in a workflow on `workflow_run`, as docs/action.md shows.",
      },
    );
  }
  return run;
}

function reportAt(path: string): Report {
  try {
    if (statSync(path).size <= MAX_BYTES) return readReport(readFileSync(path, "utf8"));
  } catch (cause) {
    if (cause instanceof NixclaudeError) throw cause;
    throw new UsageError("report-missing", "there is no report to post", {
      hint: "Download the artifact that holds it, and name the file with the input `report`.",
      cause,
    });
  }
  throw new UsageError("report-too-large", `the report is larger than ${MAX_BYTES} bytes`, {
    hint: "Hand over the file that the output `report` of nixclaude/check names.",
  });
}

async function tell(report: Report, run: FinishedRun, context: RunContext, runner: Runner): Promise<void> {
  const token = runner.input("github-token");
  const github = connect(context.repository, { token, apiUrl: context.apiUrl });
  const [number, ...others] = await pullRequestsAt(github, run.head);
  if (number === undefined || others.length > 0) {
    runner.notice(
      number === undefined
        ? "No open pull request has this commit as its head any more: nothing was posted."
        : "Several pull requests have this commit as their head: nothing was posted.",
    );
    return;
  }
  const when = readChoice("comment", runner.input("comment"), COMMENT_WHEN);
  if (when === "never") return;
  const options = { runUrl: run.url, head: run.head.sha, note: NOTE };
  const outcome = await upsertComment(github, {
    issue: number,
    marker: { key: "workflow-run", head: run.head.sha, run: run.id, attempt: run.attempt },
    author: runner.input("comment-author") || "github-actions[bot]",
    ...commentText(report, when, options),
  });
  sayOutcome(outcome, runner);
}
