import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Change } from "../../src/model/change.ts";
import type { Report } from "../../src/model/report.ts";
import { render, renderChanges, renderProbe } from "../../src/render/html.ts";
import { htmlTags, strayTags } from "./html-structure.ts";
import { BLOCKED, PASSED, PROBED, WARNED } from "./sample-report.ts";

const [FLAKE] = BLOCKED.flakes;
const [INPUT] = FLAKE!.inputs;
const PAGES: [string, string][] = [
  ["blocked", render(BLOCKED)],
  ["warned", render(WARNED)],
  ["passed", render(PASSED)],
  ["probed", render(PROBED)],
  ["changes only", renderChanges(BLOCKED)],
  ["the real client", renderProbe(PROBED)],
];

function withChanges(changes: Partial<Change>[]): Report {
  const all = changes.map((change, index) => ({ ...FLAKE!.changes[0]!, id: `c${index}`, ...change }));
  return { ...BLOCKED, flakes: [{ ...FLAKE!, changes: all, findings: [] }] };
}

describe.each(PAGES)("the page (%s)", (_, page) => {
  const tags = htmlTags(page);
  const named = (name: string) => tags.filter((tag) => tag.name === name);

  test("has nothing but elements, attributes and links that it may have", () => {
    expect(strayTags(tags)).toEqual([]);
  });

  test("runs, loads and sends nothing: the one style is named by its hash", () => {
    const style = /<style>(.*?)<\/style>/s.exec(page)![1]!;
    const policy = named("meta").find((tag) => tag.attributes["http-equiv"] === "Content-Security-Policy");
    const hash = createHash("sha256").update(style).digest("base64");
    expect(policy!.attributes.content!.replaceAll("&apos;", "'")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(style).not.toMatch(/url\(|@import/);
    expect(page).not.toMatch(/<script|<link|<iframe|<img|<form/);
  });

  test("can be walked by landmarks and headings that skip no level", () => {
    for (const name of ["header", "nav", "main", "h1", "title"]) expect(named(name)).toHaveLength(1);
    const levels = tags.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name.slice(1))] : []));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, index) => index > 0 && level > levels[index - 1]! + 1)).toEqual([]);
  });

  test("gives every table a caption, and every heading of a table its scope", () => {
    expect(named("caption")).toHaveLength(named("table").length);
    expect(named("th").filter(({ attributes }) => attributes.scope === undefined)).toEqual([]);
  });

  test("carries the digest", () => {
    expect(page).toContain(`<meta name="nixclaude-report" content="1 ${BLOCKED.digest}"/>`);
  });
});

test("a text that stands in an attribute cannot leave it", () => {
  const page = render({ ...BLOCKED, digest: '" onload="x"><script>' });
  expect(strayTags(htmlTags(page))).toEqual([]);
});

test("the checks notice what is not ours", () => {
  expect(() => htmlTags("<p>a & b</p>")).toThrow("cannot be read");
  expect(() => htmlTags("<p><dl></p>")).toThrow("closes nothing");
  expect(() => htmlTags('<p class="a" class="b"></p>')).toThrow("given twice");
  expect(strayTags(htmlTags("<script></script>"))).toHaveLength(1);
  expect(strayTags(htmlTags('<p onclick="x"></p>'))).toHaveLength(1);
  expect(strayTags(htmlTags('<a href="https://evil.example/"></a>'))).toHaveLength(1);
  expect(strayTags(htmlTags('<a href="#nowhere"></a>'))).toHaveLength(1);
});

describe("what was beside what is", () => {
  const sidesOf = (change: Partial<Change>) => {
    const page = renderChanges(withChanges([change]));
    return [...page.matchAll(/<dt>(?:Before|After)<\/dt><dd>(.*?)<\/dd>/gs)].map(([, side]) =>
      side!
        .replace(/<del>(.*?)<\/del>/g, "-$1")
        .replace(/<ins>(.*?)<\/ins>/g, "+$1")
        .replace(/<li>|<\/?code>|<\/?p[^>]*>|<\/?ul[^>]*>|<\/li>(?=\n<\/ul>)/g, "")
        .replace(/<\/li>/g, "")
        .trim(),
    );
  };

  test.each<[string, Partial<Change>, string, string]>([
    ["rules that both have stand unmarked", { before: ["A", "B"], after: ["A", "C"] }, "A\n-B", "A\n+C"],
    ["nothing is said in words", { before: null, after: "A" }, "nothing", "+A"],
    ["an empty list is not nothing", { before: [], after: ["A"] }, "-[]", "+A"],
    [
      "other values are JSON",
      { before: { a: 1 }, after: { a: 2 } },
      "{\n-  &quot;a&quot;: 1\n}",
      "{\n+  &quot;a&quot;: 2\n}",
    ],
    ["a line break inside a rule is shown", { before: null, after: ["a\nb"] }, "nothing", "+a\\nb"],
  ])("%s", (_, change, before, after) => {
    expect(sidesOf(change)).toEqual([before, after]);
  });

  test("a text keeps its lines, and its words are marked", () => {
    const textDiff: Change["textDiff"] = [
      { kind: "same", text: "one\n" },
      { kind: "removed", text: "two" },
      { kind: "added", text: "three" },
    ];
    expect(sidesOf({ before: "one\ntwo", after: "one\nthree", textDiff })).toEqual([
      "one\n-two",
      "one\n+three",
    ]);
  });

  test("thousands of lines are counted, not shown", () => {
    const rules = (prefix: string) => Array.from({ length: 5000 }, (_, index) => `${prefix}${index}`);
    const [before, after] = sidesOf({ before: rules("a"), after: rules("b") });
    for (const side of [before, after]) expect(side).toMatch(/and 4600 more lines$/);
  });
});

describe("from inputs to what they changed", () => {
  const caused = (count: number) =>
    renderChanges(
      withChanges(
        Array.from({ length: count }, () => ({
          causes: [{ kind: "input" as const, name: INPUT!.path, from: INPUT!.from, to: INPUT!.to }],
        })),
      ),
    );
  const count = (page: string, part: string) => page.split(part).length - 1;

  test.each([1, 20])("%i effects are a picture with as many arrows, and a table", (effects) => {
    const page = caused(effects);
    expect(count(page, 'class="arrow"')).toBe(effects);
    expect(page).toContain("<caption>What each input changed</caption>");
  });

  test("21 effects are a table alone", () => {
    const page = caused(21);
    expect(page).not.toContain("<svg");
    expect(page).toContain("<caption>What each input changed</caption>");
  });

  test("what edits did has no arrow", () => {
    expect(renderChanges(withChanges([{ causes: [{ kind: "edit", file: "flake.nix" }] }]))).not.toContain(
      "<svg",
    );
  });
});

test("only directions that occur can be hidden, and only where there are several", () => {
  const boxes = (report: Report) =>
    [...renderChanges(report).matchAll(/id="show-([a-z]+)"/g)].map(([, one]) => one);
  expect(boxes(BLOCKED)).toEqual(["widens", "narrows", "neutral"]);
  expect(boxes(withChanges([{ direction: "widens" }, { direction: "widens" }]))).toEqual([]);
});

test("every finding stands once, and each change leads to what is said of it", () => {
  const page = render(BLOCKED);
  for (const [index] of FLAKE!.findings.entries()) expect(page).toContain(`id="finding-1-${index + 1}"`);
  expect(page).toContain('<a href="#finding-1-1">error: <code>no-force-push</code></a>');
});

test("changes alone are shown without a word of judgement", () => {
  expect(renderChanges(BLOCKED)).not.toMatch(/no-force-push|blocked|warning:|Judgement/i);
});
