import { ContextError } from "../model/errors.ts";
import type { RawValue } from "../model/raw-value.ts";
import { entryOf, stringOf } from "./read.ts";
import { inWords } from "./words.ts";

/** The one version of `claudeContext` that is known (design section 3). */
export const CONTEXT_VERSION = "2025-01";

/** A version from the future may mean something else by the same words, so nothing of it can be judged. */
export function refuseUnknownVersion(raw: RawValue, source = "self"): void {
  const version = entryOf(raw, "version");
  if (version === undefined || version.kind === "failure" || version.kind === "cut") return;
  if (stringOf(version) === CONTEXT_VERSION) return;
  throw new ContextError(
    "context-version-unknown",
    `claudeContext.version${source === "self" ? "" : ` of ${source}`} is ${inWords(version)}; this nixclaude knows "${CONTEXT_VERSION}".`,
    { hint: `Write version = "${CONTEXT_VERSION}", or use a nixclaude that knows the other version.` },
  );
}
