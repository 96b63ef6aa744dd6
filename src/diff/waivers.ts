import type { ChangeFact } from "../model/change.ts";
import { attributePath } from "../model/position.ts";
import { type Effect, NARROWS, undecided, WIDENS } from "./effect.ts";
import { asJson, compareNamed } from "./named.ts";
import { quote } from "./quote.ts";
import type { Side } from "./side.ts";

const EFFECTS: Readonly<Record<ChangeFact["kind"], Effect>> = {
  added: WIDENS,
  removed: NARROWS,
  changed: undecided("whether the waiver accepts more is decided where waivers are judged"),
};

export function diffWaivers(before: Side, after: Side): ChangeFact[] {
  return compareNamed(before.context.waivers, after.context.waivers, asJson).map(
    ({ kind, name, before: old, after: now }) => ({
      surface: "waivers",
      path: attributePath("waivers", name),
      kind,
      ...EFFECTS[kind],
      before: asJson(old),
      after: asJson(now),
      summary:
        now === null
          ? `waiver of \`${name}\` removed`
          : `waiver of \`${name}\` ${kind}, until ${quote(now.expires)}`,
    }),
  );
}
