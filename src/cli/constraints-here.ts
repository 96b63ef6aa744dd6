import { inspect } from "../check/inspect.ts";
import { formatPosition } from "../check/side.ts";
import { constraintPositionIn, sourceInWords } from "../constraints/collect.ts";
import { collectConstraints, describeConstraint } from "../constraints/index.ts";
import type { SourcedConstraint } from "../model/constraint.ts";
import { NixclaudeError } from "../model/errors.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { visible } from "../render/escape.ts";
import { hanging } from "../render/layout.ts";
import { checkRequest } from "./check-request.ts";
import { createPorts, currentProgram } from "./doors.ts";
import type { Io } from "./io.ts";
import { parseOptions } from "./parse-options.ts";

export type ConstraintsHere =
  | { kind: "read"; snapshot: Snapshot; constraints: SourcedConstraint[] }
  | { kind: "unreadable"; error: NixclaudeError };

/** The constraints that apply to the repository around the working directory, from the files as they are. */
export async function constraintsHere(io: Io): Promise<ConstraintsHere> {
  try {
    const snapshot = await inspect(checkRequest(parseOptions({}), io), createPorts(io.env), currentProgram());
    return { kind: "read", snapshot, constraints: collectConstraints(snapshot, snapshot) };
  } catch (error) {
    if (error instanceof NixclaudeError) return { kind: "unreadable", error };
    throw error;
  }
}

/** What one of them is for, what it asks, and where it stands. */
export function constraintExplanation(
  sourced: SourcedConstraint,
  snapshot: Snapshot,
  columns: number,
): string[] {
  const { id, source, constraint } = sourced;
  const position = constraintPositionIn(snapshot, sourced);
  const text = (prose: string) => hanging("  ", visible(prose), columns);
  const facts = [
    ...(position === undefined ? [] : [`Set in ${formatPosition(position)}.`]),
    ...(constraint.docs === null ? [] : [`See ${constraint.docs}`]),
    constraint.waivable ? `An exception is a waiver: waivers.${id}.` : "It cannot be waived.",
  ];
  return [
    ...hanging(
      "",
      visible(`${id} (${constraint.severity}), a constraint of ${sourceInWords(source)}`),
      columns,
    ),
    ...(constraint.description === null ? [] : ["", ...text(constraint.description)]),
    "",
    "It holds when",
    ...describeConstraint(constraint).flatMap(text),
    "",
    ...facts.flatMap(text),
  ];
}
