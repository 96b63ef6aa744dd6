import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { isOpen } from "./words.ts";

/** What keeps the report from passing: errors; where it is blocked without one, it was asked to fail on warnings. */
export function blockingFindings(report: Report): Finding[] {
  if (report.verdict !== "block") return [];
  const open = report.flakes.flatMap(({ findings }) => findings).filter(isOpen);
  const errors = open.filter(({ severity }) => severity === "error");
  return errors.length > 0 ? errors : open.filter(({ severity }) => severity === "warning");
}
