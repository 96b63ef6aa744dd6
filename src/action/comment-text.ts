import type { Report } from "../model/report.ts";
import { type CommentOptions, commentForms, nothingDiffers } from "../render/comment.ts";
import type { COMMENT_WHEN } from "./inputs.ts";

/** What a comment says, from its largest form to its smallest, and whether one is made where there is none. */
export function commentText(
  report: Report,
  when: (typeof COMMENT_WHEN)[number],
  options: CommentOptions,
): { bodies: string[]; create: boolean } {
  const differs = report.counts.changes > 0 || report.verdict !== "pass";
  return {
    bodies: differs || when === "always" ? commentForms(report, options) : [nothingDiffers(options)],
    create:
      when === "always" ||
      (when === "changes" && differs) ||
      (when === "failure" && report.verdict === "block"),
  };
}
