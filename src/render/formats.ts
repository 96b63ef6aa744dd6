import { assertNever } from "../model/assert-never.ts";
import type { FormatName } from "./format-names.ts";
import type { Format } from "./options.ts";

/**
 * `terminal` for people, `json` for machines, `markdown` for a pull request or a job summary, `sarif` for code scanning,
 * `github` for a runner's annotations, `junit` for other CI systems, `html` for a browser. Each is loaded when it is asked for.
 */
export function loadFormat(name: FormatName): Promise<Format> {
  switch (name) {
    case "terminal":
      return import("./terminal.ts");
    case "json":
      return import("./json.ts");
    case "markdown":
      return import("./markdown.ts");
    case "sarif":
      return import("./sarif.ts");
    case "github":
      return import("./github.ts");
    case "junit":
      return import("./junit.ts");
    case "html":
      return import("./html.ts");
    default:
      return assertNever(name);
  }
}
