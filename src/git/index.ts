export { type Checkout, fetchMissingCommits, parentsOf } from "./fetch.ts";
export { createRevisionPort, type RevisionPortOptions } from "./revisions.ts";
