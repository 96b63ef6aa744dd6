import { fetchMissingCommits, parentsOf } from "../git/index.ts";
import { approvalOf, type GitHub, type OpenPullRequest, pullRequestsWithHead } from "../github/index.ts";
import type { Report } from "../model/report.ts";
import { approveReport } from "../report/index.ts";
import type { MergeGroup, PullRequest } from "./event.ts";
import type { ActionInputs } from "./inputs.ts";
import { checkoutOf } from "./request.ts";
import type { RunContext, Runner } from "./runner.ts";

/** Whom to ask about approvals, and what for. */
export interface Access {
  github: GitHub;
  inputs: ActionInputs;
  context: RunContext;
  runner: Runner;
}

/** A group of more is not looked into. */
const MAX_GROUP = 20;

/** Can an approval change the report, and has anybody been named who may give one? */
export function isApprovalWanted(report: Report, { approvalLabel, approvalTeams }: ActionInputs): boolean {
  return report.verdict === "block" && (approvalLabel !== null || approvalTeams.length > 0);
}

/** The report with what a review or a label approves; the same report where nobody has. */
export async function withApproval(
  report: Report,
  { number, author, headSha, headBranch, headRepository }: PullRequest,
  access: Access,
): Promise<Report> {
  if (!isApprovalWanted(report, access.inputs) || headRepository === null) return report;
  const head = { sha: headSha, branch: headBranch, repository: headRepository };
  return withApprovals(report, [{ number, author, head }], access);
}

/**
 * The same for a merge group, whose change is that of all its pull requests: each must be approved at exactly the commit
 * that the group holds. Which those are, Git says: every commit from the head down to the base must be a merge, and the
 * second parent of each the head of one open pull request. The group's name would tell of the last one only.
 */
export async function withGroupApproval(report: Report, group: MergeGroup, access: Access): Promise<Report> {
  const { inputs, runner } = access;
  if (!isApprovalWanted(report, inputs)) return report;
  const unsure = (because: string) => {
    runner.notice(`No approval counts for this merge group: ${because}.`);
    return report;
  };
  if (inputs.base !== null || inputs.head !== null) return unsure("`base` and `head` name other ends");
  const heads = await mergedHeads(group, access);
  if (heads === null) {
    return unsure(
      "its commits are not merges of pull requests, so it cannot be told what was approved (a queue that squashes or rebases never can)",
    );
  }
  const pullRequests: OpenPullRequest[] = [];
  for (const head of heads) {
    const [found, ...others] = await pullRequestsWithHead(access.github, head, group.baseBranch);
    if (found === undefined || others.length > 0) {
      return unsure(
        `${head} is the head of ${found === undefined ? "no" : "more than one"} open pull request`,
      );
    }
    pullRequests.push(found);
  }
  return withApprovals(report, pullRequests, access);
}

/** Heads of the pull requests of a group, the last one first; null where its commits do not say. */
async function mergedHeads(
  { baseSha, headSha }: MergeGroup,
  { inputs, context }: Access,
): Promise<string[] | null> {
  const checkout = checkoutOf(inputs, context);
  const heads: string[] = [];
  let at = headSha;
  while (at !== baseSha) {
    if (heads.length === MAX_GROUP) return null;
    await fetchMissingCommits(checkout, [at]);
    const [before, merged, ...others] = await parentsOf(checkout, at);
    if (before === undefined || merged === undefined || others.length > 0) return null;
    heads.push(merged);
    at = before;
  }
  return heads;
}

async function withApprovals(
  report: Report,
  pullRequests: readonly OpenPullRequest[],
  { github, inputs, context, runner }: Access,
): Promise<Report> {
  const words: string[] = [];
  for (const { number, author, head } of pullRequests) {
    const { approval, unknown } = await approvalOf(github, {
      pullRequest: number,
      head,
      author,
      owners: inputs.approvalTeams,
      label: inputs.approvalLabel,
      workflow: context.run.workflow,
    });
    for (const line of unknown) runner.notice(`An approval may have been missed: ${line}.`);
    if (approval === null) return report;
    const where = pullRequests.length === 1 ? "" : ` on pull request ${number}`;
    words.push(`${approval.by} (${approval.how}, ${approval.at})${where}`);
  }
  return words.length === 0 ? report : approveReport(report, words.join(" and "), inputs.failOn);
}
