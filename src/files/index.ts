export { createClientFiles } from "./client-files.ts";
