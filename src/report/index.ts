export { buildReport, type ReportInput, unusedApprovals } from "./build.ts";
