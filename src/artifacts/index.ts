export { type RenderOptions, renderClientFiles } from "./client-files.ts";
export type { ClientFile, Omission, RenderedFiles, RenderProblem } from "./rendered.ts";
