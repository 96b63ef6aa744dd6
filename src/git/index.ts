export { type Checkout, fetchMissingCommits, firstParentOf } from "./fetch.ts";
export { createRevisionPort, type RevisionPortOptions } from "./revisions.ts";
