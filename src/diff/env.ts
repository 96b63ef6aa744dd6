import type { ChangeFact } from "../model/change.ts";
import { attributePath } from "../model/position.ts";
import { INCOMPARABLE, WIDENS } from "./effect.ts";
import { compareNamed } from "./named.ts";
import { quote } from "./quote.ts";
import { redirectsPrograms } from "./redirecting-variables.ts";
import type { Side } from "./side.ts";

/**
 * Variables reach every process that Claude starts. Those that choose code or peers widen when they are set; of
 * the others nobody can say. Taking one away brings back what the user's own environment has: not comparable.
 */
export function diffEnv(before: Side, after: Side): ChangeFact[] {
  return compareNamed(before.context.env, after.context.env, (value) => value).map(
    ({ kind, name, before: old, after: now }) => ({
      surface: "env",
      path: attributePath("env", name),
      kind,
      ...(now !== null && redirectsPrograms(name) ? WIDENS : INCOMPARABLE),
      before: old,
      after: now,
      summary:
        now === null
          ? `environment variable \`${name}\` removed`
          : `environment variable \`${name}\` ${kind === "added" ? "set" : "changed"} to ${quote(now)}`,
    }),
  );
}
