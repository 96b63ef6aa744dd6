import type { FormatName } from "./format-names.ts";
import * as json from "./json.ts";
import * as markdown from "./markdown.ts";
import type { Format } from "./options.ts";
import * as terminal from "./terminal.ts";

/** Every format: `terminal` for people, `json` for machines, `markdown` for a pull request or a job summary. */
export const FORMATS: Readonly<Record<FormatName, Format>> = { terminal, json, markdown };
