import { expect, test } from "vitest";
import type { WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

test.each<[string, WritableSet, WritableSet, string[]]>([
  [
    "another persona cannot be compared",
    { persona: "Careful." },
    { persona: "Fast." },
    ["incomparable persona changed"],
  ],
  ["neither can none", { persona: "Careful." }, {}, ["incomparable persona removed"]],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "persona")).toEqual(changes);
});

test("beyond the limit a text is not compared word by word, and still changes", () => {
  const text = "word\n".repeat(50);
  const [change] = changesBetween(
    { persona: text },
    { persona: `${text}more` },
    { limits: { textDiffLines: 20 } },
  );
  expect(change).toMatchObject({ kind: "changed" });
  expect(change?.textDiff).toBeUndefined();
});

test("long unchanged text is shortened to its ends", () => {
  const text = "word ".repeat(1_000);
  const [change] = changesBetween({ persona: `${text}old` }, { persona: `${text}new` });
  expect(JSON.stringify(change?.textDiff).length).toBeLessThan(1_000);
  expect(change?.textDiff?.map(({ kind }) => kind)).toEqual(["same", "removed", "added"]);
});

test("texts without anything in common end in bounded time", () => {
  const words = (seed: number) => Array.from({ length: 20_000 }, (_, i) => `w${i * seed}`).join(" ");
  const [change] = changesBetween({ persona: words(3) }, { persona: words(7) });
  expect(change?.kind).toBe("changed");
});
