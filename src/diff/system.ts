import type { ChangeFact } from "../model/change.ts";
import { attributePath } from "../model/position.ts";
import { INCOMPARABLE } from "./effect.ts";
import { asJson, compareNamed } from "./named.ts";
import { quote } from "./quote.ts";
import type { Side } from "./side.ts";

/** What Claude is told of the machine: text in its prompt, so neither wider nor narrower. */
export function diffSystem(before: Side, after: Side): ChangeFact[] {
  return compareNamed(present(before.context.system), present(after.context.system), (value) => value).map(
    ({ kind, name, before: old, after: now }) => ({
      surface: "system",
      path: attributePath("system", name),
      kind,
      ...INCOMPARABLE,
      before: asJson(old),
      after: asJson(now),
      summary:
        kind === "removed"
          ? `system ${name} ${quote(old)} no longer stated`
          : `system ${name} stated as ${quote(now)}`,
    }),
  );
}

function present(facts: object | null): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts ?? {}).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
