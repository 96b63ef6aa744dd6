export { createRevisionPort, type RevisionPortOptions } from "./revisions.ts";
