import type { WorkedOn } from "../github/index.ts";
import { type Json, textAt, valueAt } from "../model/json.ts";

/** The run that computed a report, as the event that its end caused describes it. */
export interface FinishedRun {
  id: number;
  attempt: number;
  head: WorkedOn;
  url: string;
}

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** null: the event is no end of a run for a pull request. */
export function finishedRun(payload: Json, repositoryUrl: string): FinishedRun | null {
  const of = (...path: string[]) => textAt(payload, "workflow_run", ...path);
  const id = valueAt(payload, "workflow_run", "id");
  const attempt = valueAt(payload, "workflow_run", "run_attempt");
  const [sha, branch, repository] = [of("head_sha"), of("head_branch"), of("head_repository", "full_name")];
  if (of("event") !== "pull_request" || sha === null || branch === null || repository === null) return null;
  if (!isCount(id) || !isCount(attempt) || !COMMIT.test(sha)) return null;
  return { id, attempt, head: { sha, branch, repository }, url: `${repositoryUrl}/actions/runs/${id}` };
}

function isCount(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
