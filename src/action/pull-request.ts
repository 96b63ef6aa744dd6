import { createHash } from "node:crypto";
import { type CommentOutcome, type CommentsAhead, upsertComment } from "../github/index.ts";
import type { NixclaudeError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import type { Access } from "./approval.ts";
import { commentText } from "./comment-text.ts";
import { failureText } from "./effects.ts";
import type { PullRequest } from "./event.ts";
import type { ActionInputs } from "./inputs.ts";
import type { Runner } from "./runner.ts";

export interface Conversation extends Access {
  /** null: they were not asked for yet. */
  ahead: CommentsAhead | null;
  pullRequest: PullRequest;
}

/** Says on the pull request what was found, where that is wanted. */
export async function comment(report: Report, conversation: Conversation): Promise<void> {
  const { inputs, context, pullRequest } = conversation;
  const options = { runUrl: context.run.url, head: pullRequest.headSha };
  const { bodies, create } = commentText(report, inputs.comment, options);
  await post(conversation, bodies, create);
}

/** A comment that is there must not go on saying what is no longer known. */
export async function commentFailure(error: NixclaudeError, conversation: Conversation): Promise<void> {
  await post(conversation, [failureText(error)], conversation.inputs.comment !== "never");
}

async function post(
  { github, ahead, pullRequest, inputs, context, runner }: Conversation,
  bodies: readonly string[],
  create: boolean,
): Promise<void> {
  if (inputs.comment === "never") return;
  const wanted = {
    issue: pullRequest.number,
    marker: {
      key: keyOf(inputs),
      head: pullRequest.headSha,
      run: context.run.id,
      attempt: context.run.attempt,
    },
    author: inputs.commentAuthor,
    bodies,
    create,
  };
  const outcome = await upsertComment(github, wanted, ahead);
  sayOutcome(outcome, runner);
}

/** A notice where the comment is not what somebody would expect. */
export function sayOutcome(outcome: CommentOutcome, runner: Runner): void {
  const words = wordsFor(outcome);
  if (words !== null) runner.notice(words);
}

/** One comment for each set of flakes that is checked. */
function keyOf({ flakes, attribute }: ActionInputs): string {
  return createHash("sha256")
    .update(JSON.stringify([flakes, attribute]))
    .digest("hex")
    .slice(0, 16);
}

function wordsFor(outcome: CommentOutcome): string | null {
  switch (outcome.kind) {
    case "not-allowed":
      if (outcome.because === "expired") {
        return "GitHub does not take this token (any more): nothing was said on the pull request. The job summary has the whole report.";
      }
      return "This token may not comment on the pull request (it takes pull-requests: write; the token of a fork never has it). The job summary has the whole report.";
    case "outdated":
      return "A later run has commented already; its comment was left alone.";
    case "foreign-author":
      return `The comment was written as ${outcome.login}. Set comment-author: ${outcome.login}, so that it is found and updated next time.`;
    default:
      return null;
  }
}
