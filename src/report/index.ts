export { unusedApprovals } from "./approvals.ts";
export { approveReport, buildReport, type ReportInput } from "./build.ts";
