import { attributePath } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import type { Notes } from "./notes.ts";

/** Every part of the value that did not evaluate or was cut off by a limit. */
export function collectFailures(raw: RawValue, path: string, notes: Notes): void {
  switch (raw.kind) {
    case "failure":
      notes.failures.push({
        path,
        code: raw.code,
        message: raw.message,
        ...(raw.position === undefined ? {} : { position: raw.position }),
      });
      return;
    case "cut":
      notes.limit(
        path,
        raw.limit === "depth" ? "contextDepth" : "contextValues",
        cutMessage(raw.limit, raw.count),
      );
      return;
    case "list":
      raw.items.forEach((item, index) => {
        collectFailures(item, attributePath(path, index), notes);
      });
      return;
    case "set":
      for (const [key, value] of Object.entries(raw.entries)) {
        collectFailures(value, attributePath(path, key), notes);
      }
      return;
    default:
      return;
  }
}

function cutMessage(limit: "depth" | "width" | "values", count: number | undefined): string {
  const many = count === undefined ? "" : ` (${count})`;
  switch (limit) {
    case "depth":
      return "the value is nested deeper than is compared";
    case "width":
      return `the value has more elements than are compared${many}`;
    case "values":
      return `claudeContext has more values than are compared${many}`;
  }
}
