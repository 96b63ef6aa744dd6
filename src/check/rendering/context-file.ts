import { type RenderedFiles, renderClientFiles } from "../../artifacts/index.ts";
import { normaliseContext } from "../../context/index.ts";
import type { ClaudeContext } from "../../model/context.ts";
import { ContextError } from "../../model/errors.ts";
import type { RawValue } from "../../model/raw-value.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import { refuseWhatIsLeftOut } from "../left-out.ts";
import { filesBeside, type ReadFile } from "./files-beside.ts";

/** A context that is there already, as a value, and what it is called. */
export interface ContextSource {
  value: RawValue;
  label: string;
  client: ClientVersion;
  /** The files of skills, by the paths that the value has for them. */
  read: ReadFile;
}

/**
 * What a context renders to that no flake has to be evaluated for.
 * @throws ContextError when it is no context, or would not be rendered whole for a mistake in it.
 */
export async function renderContextFile({
  value,
  label,
  client,
  read,
}: ContextSource): Promise<{ context: ClaudeContext; rendered: RenderedFiles }> {
  const { context, problems, failures, limits } = normaliseContext(value, { client });
  if (limits.length > 0) {
    throw new ContextError("context-limit", `the context in ${label} is too large: ${limits.join(", ")}`, {
      hint: "Make the context smaller.",
      details: limits,
    });
  }
  if (failures.length > 0) {
    const lines = failures.map(({ path, message }) => `${path}: ${message}`);
    throw new ContextError("context-invalid", `the context in ${label} cannot be used: ${lines[0]}`, {
      hint: "Mend it where it is written.",
      details: lines,
    });
  }
  refuseWhatIsLeftOut(problems, "claudeContext", `files rendered from claudeContext in ${label}`);
  const beside = await filesBeside(value, context.skills, read);
  return { context, rendered: renderClientFiles(context, { from: "flake", beside }) };
}
