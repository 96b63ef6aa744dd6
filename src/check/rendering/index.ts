export { drifting, isUndecided, type Planned, planFor } from "./answer.ts";
export { type ContextSource, renderContextFile } from "./context-file.ts";
export { type RenderedFlake, withRendering } from "./evaluate.ts";
export { filesOfTree, type ProjectFiles } from "./project-files.ts";
