import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withoutKeys } from "../../src/messages/without-keys.ts";

const KEY = "sk-ant-api03-Zz9_+/=?.(x)";
const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const lines = (text: string, width: number) => text.replace(new RegExp(`(.{${width}})`, "g"), "$1\n");

describe("what a tool prints is shown without the key", () => {
  test.each<[how: string, printed: string, shown: string]>([
    ["as it is", `key=${KEY}!`, "key=(the key)!"],
    ["twice", `${KEY} ${KEY}`, "(the key) (the key)"],
    [
      "as part of an address",
      `https://x.example/?k=${encodeURIComponent(KEY)}&b=1`,
      "https://x.example/?k=(the key)&b=1",
    ],
    ["with every character encoded", `k=${percent(KEY)}`, "k=(the key)"],
    ["in capital digits", `k=${percent(KEY).toUpperCase()}`, "k=(the key)"],
    ["in Base64", `k: ${base64(KEY)}.`, "k: (the key)."],
    ["in Base64 for addresses", `k: ${Buffer.from(KEY).toString("base64url")}.`, "k: (the key)."],
    ["in Base64 over lines", lines(base64(KEY), 10), "(the key)\n"],
    ["not at all", "sk-ant-api03 is a beginning", "sk-ant-api03 is a beginning"],
  ])("%s", (_, printed, shown) => {
    expect(withoutKeys(printed, [KEY]).trimEnd()).toBe(shown.trimEnd());
  });

  test("wherever it stands in what was encoded", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 4, max: 76 }), (before, after, width) => {
        const shown = withoutKeys(lines(base64(before + KEY + after), width), [KEY]);
        expect(shown).toContain("(the key)");
        const left = shown.split("(the key)").map((part) => Buffer.from(part, "base64").toString("latin1"));
        for (const part of left) expect(part).not.toContain(KEY.slice(2, 6));
      }),
    );
  });
});

test("each of several keys goes, and an empty one is none", () => {
  expect(withoutKeys("a-first b-second c", ["a-first", "", "b-second"])).toBe("(the key) (the key) c");
});

test("a short secret does not take other words with it", () => {
  expect(withoutKeys("YWI= is Base64", ["ab"])).toBe("YWI= is Base64");
});

test("a text takes no time that is made to take it", () => {
  const started = performance.now();
  withoutKeys(`${"s".repeat(200_000)}${" ".repeat(200_000)}${base64("s".repeat(99_999))}`, ["s".repeat(40)]);
  withoutKeys("c3Nz ".repeat(100_000), [KEY]);
  expect(performance.now() - started).toBeLessThan(2_000);
});
