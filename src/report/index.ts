export { unusedApprovals } from "./approvals.ts";
export { buildReport, type ReportInput } from "./build.ts";
