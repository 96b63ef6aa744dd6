import { ContextError } from "../model/errors.ts";
import type { SchemaProblem } from "../model/snapshot.ts";

/**
 * Half a context would say something else than it: a deny list without one of its rules, say.
 * @param made what would be written: `a lock of claudeContext in the work tree`.
 * @throws ContextError (`context-invalid`) when the context has mistakes; all of them are in its details.
 */
export function refuseWhatIsLeftOut(
  problems: readonly SchemaProblem[],
  attribute: string,
  made: string,
): void {
  if (problems.length === 0) return;
  const lines = problems.map(
    ({ path, found, expected }) =>
      `${path === "" ? attribute : `${attribute}.${path}`} is ${found}, expected ${expected}`,
  );
  const more = lines.length === 1 ? "" : ` (and ${lines.length - 1} more)`;
  throw new ContextError("context-invalid", `${made} would leave something out: ${lines[0]}${more}`, {
    hint: "Mend what does not fit the schema; `nixclaude check` shows where it stands.",
    details: lines,
  });
}
