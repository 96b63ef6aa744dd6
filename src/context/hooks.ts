import type { Hook } from "../model/context.ts";
import { attributePath } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import { plainRest } from "./plain.ts";
import { behindWords, wordOf } from "./program.ts";
import { entriesOf, entryOf, itemsOf, stringOf } from "./read.ts";

/** What runs, by the key the client reads for each type of hook. */
const SUBJECT_KEYS = ["command", "url", "prompt", "tool"] as const;

/** The client's nested object, one element for each thing that runs. */
export function normaliseHooks(raw: RawValue | undefined): Hook[] {
  return entriesOf(raw).flatMap(([event, groups]) =>
    itemsOf(groups).flatMap((group, groupIndex) => {
      const groupPath = attributePath(attributePath("hooks", event), groupIndex);
      const hooksPath = attributePath(groupPath, "hooks");
      const matcher = stringOf(entryOf(group, "matcher")) ?? "";
      return itemsOf(entryOf(group, "hooks")).flatMap((hook, index): Hook[] =>
        hook.kind === "set" ? [hookOf(hook, event, matcher, attributePath(hooksPath, index))] : [],
      );
    }),
  );
}

function hookOf(raw: RawValue, event: string, matcher: string, path: string): Hook {
  const key = SUBJECT_KEYS.find((subject) => wordOf(entryOf(raw, subject)) !== undefined) ?? "command";
  const subject = wordOf(entryOf(raw, key));
  return {
    event,
    matcher,
    type: stringOf(entryOf(raw, "type")) ?? "command",
    command: subject?.text ?? "",
    other: {
      ...plainRest(raw, ["type", key]),
      ...(subject === undefined ? {} : behindWords([[key, subject]])),
    },
    path,
  };
}
