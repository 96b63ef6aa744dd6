import type { Finding } from "../model/finding.ts";
import { fingerprintOf } from "../model/fingerprint.ts";
import { attributePath } from "../model/position.ts";
import type { Located } from "./collect.ts";
import { lockPosition } from "./lock-position.ts";
import { sentence } from "./sentence.ts";
import type { SourceComparison } from "./weakening-cause.ts";
import { CONSTRAINT_WEAKENED } from "./weakening-docs.ts";

/**
 * Inputs that constraints came from and that are another flake now, although that flake asks the same: from here on
 * its owner decides what is asked, and a later change there would look like the organisation's own word.
 */
export function findRedirectedSources(
  constraints: Iterable<Located>,
  { before, after, flakeDirectory }: SourceComparison,
): Finding[] {
  if (before.kind === "absent" || after.kind === "absent") return [];
  const names = [...constraints].flatMap(({ source }) =>
    source.startsWith("input:") ? [source.slice("input:".length)] : [],
  );
  return [...new Set(names)].flatMap((name): Finding[] => {
    const from = Object.values(before.inputs).find((input) => input.name === name);
    const to = Object.values(after.inputs).find((input) => input.name === name);
    if (from === undefined || to === undefined || from.reference === to.reference) return [];
    const position = lockPosition(to, flakeDirectory);
    return [
      {
        fingerprint: fingerprintOf(CONSTRAINT_WEAKENED.id, "redirected", name, from.reference, to.reference),
        rule: CONSTRAINT_WEAKENED.id,
        source: "builtin",
        severity: "error",
        message: sentence(
          `the input ${name}, which constraints come from, is ${to.reference} instead of ${from.reference}: whoever owns that decides what they ask from now on`,
        ),
        help: "Point the input back, or have the new source approved by those who own the constraints.",
        subject: { path: attributePath("inputs", name) },
        ...(position === undefined ? {} : { position }),
        introduced: true,
      },
    ];
  });
}
