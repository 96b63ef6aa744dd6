import { readFileSync } from "node:fs";
import { UsageError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";

/** What happened, as the runner has written it down; null where it has not. */
export function eventPayload(path: string | undefined): Json {
  if (path === undefined || path === "") return null;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Json;
  } catch (cause) {
    throw new UsageError("event-unreadable", "the payload of the event cannot be read", {
      hint: "This program runs as a step of a GitHub workflow; on a terminal, use `nixclaude check`.",
      cause,
    });
  }
}
