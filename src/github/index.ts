export { connect, type GitHub, type GitHubOptions } from "./api.ts";
export { type Approval, type ApprovalAnswer, type ApprovalQuestion, approvalOf } from "./approvals.ts";
export {
  type CommentOutcome,
  type CommentsAhead,
  commentsAhead,
  type StickyComment,
  upsertComment,
} from "./comment.ts";
export { statusOf } from "./failure.ts";
export type { Marker } from "./marker.ts";
export {
  type OpenPullRequest,
  pullRequestsAt,
  pullRequestsWithHead,
  type WorkedOn,
} from "./pull-requests.ts";
