export type { ContentBeside, FilesBeside } from "./beside-skills.ts";
export { type RenderOptions, renderClientFiles } from "./client-files.ts";
export { renderManagedSettings } from "./managed.ts";
export { type MessagesRequest, type MessagesRequestOptions, messagesRequest } from "./messages-request.ts";
export { type Found, isSigned, namedBeside, type PlannedFile, planFiles, signedFile } from "./plan.ts";
export type { ClientFile, FileBeside, Omission, RenderedFiles, RenderProblem, Withheld } from "./rendered.ts";
export { isSignature, SIGNATURE_KEY } from "./signed-json.ts";
export {
  mayBeSigned,
  onlyTargets,
  PROJECT_TARGETS,
  type ProjectTarget,
  placesOf,
  REQUEST_FILE,
  targetOf,
} from "./targets.ts";
