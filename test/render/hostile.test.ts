import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { visible } from "../../src/render/escape.ts";
import * as github from "../../src/render/github.ts";
import * as html from "../../src/render/html.ts";
import * as json from "../../src/render/json.ts";
import * as junit from "../../src/render/junit.ts";
import { displayWidth } from "../../src/render/layout.ts";
import * as markdown from "../../src/render/markdown.ts";
import * as sarif from "../../src/render/sarif.ts";
import * as terminal from "../../src/render/terminal.ts";
import { htmlTags, strayTags } from "./html-structure.ts";
import { BLOCKED, PROBED, WARNED } from "./sample-report.ts";
import { sarifProblems } from "./sarif-schema.ts";
import { xmlProblem } from "./xml.ts";

/** Written apart from the one in `src/`, by code points: what no output may hold besides its own line breaks. */
const FORBIDDEN_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xd800, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffc],
  [0xfffe, 0xffff],
  [0xe0000, 0xe0fff],
  [0xf0000, 0x10ffff],
];

const FORBIDDEN = new RegExp(
  `[${FORBIDDEN_RANGES.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join("")}]`,
  "gu",
);

function forbiddenIn(output: string): string[] {
  return output.match(FORBIDDEN) ?? [];
}

const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom(
        "\u001b[2J",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u2028",
        "\r\n",
        "\n",
        "::set-output::",
        "\n::error::",
        " ::x::",
        "##[add-mask]",
        "`",
        "```",
        "|",
        "\\|",
        "\\",
        "@octocat",
        "#1",
        "<script>",
        "</style><script>",
        "<img src=x onerror=y>",
        '" onload="x',
        "' autofocus='",
        "&lt;",
        "&#60;",
        "javascript:x",
        "</details>",
        "-->",
        "<!--",
        "[x](http://y)",
        "http://z",
        "www.a.b",
        "\t",
        "\u009b",
        "\ufeff",
        "\u{e0041}",
        "word ",
        "  ",
        "\ud800",
      ),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(""));

/** The places of a report that hold text, as paths; those that only nixclaude itself fills are left alone. */
const OWN_FIELDS = new Set([
  "kind",
  "direction",
  "surface",
  "id",
  "change",
  "verdict",
  "severity",
  "fingerprint",
  "digest",
  "name",
  "call",
]);
const OWN_VALUES = new Set(["allow", "ask", "deny", "default", "asks", "runs", "refuses", "builtin"]);

function textPaths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value === "string") return OWN_VALUES.has(value) ? [] : [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    OWN_FIELDS.has(key) && !(key === "call" || key === "name") ? [] : textPaths(member, [...path, key]),
  );
}

function withText<Part>(part: Part, [step, ...rest]: readonly (string | number)[], text: string): Part {
  if (step === undefined) return text as Part;
  const copy = (Array.isArray(part) ? [...part] : { ...part }) as Record<string | number, unknown>;
  copy[step] = withText(copy[step], rest, text);
  return copy as Part;
}

const FIELDS = [BLOCKED, WARNED, PROBED].flatMap((report) =>
  textPaths(report).map((path) => ({ report, path })),
);
const OPTIONS = { columns: 60, colour: false };

/** Every field in turn is filled with hostile text. */
function forEveryField(property: (report: Report, path: readonly (string | number)[]) => void): void {
  fc.assert(
    fc.property(fc.nat(FIELDS.length - 1), hostileText, (field, text) => {
      const { report, path } = FIELDS[field]!;
      property(withText(report, path, text), path);
    }),
    { numRuns: 1000 },
  );
}

describe.each([
  ["terminal", terminal.render],
  ["terminal, changes only", terminal.renderChanges],
  ["markdown", markdown.render],
  ["markdown, changes only", markdown.renderChanges],
  ["terminal, the real client", terminal.renderProbe],
  ["markdown, the real client", markdown.renderProbe],
  ["json", json.render],
  ["json, changes only", json.renderChanges],
  ["sarif", sarif.render],
  ["sarif, changes only", sarif.renderChanges],
  ["junit", junit.render],
  ["junit, changes only", junit.renderChanges],
  ["html", html.render],
  ["html, changes only", html.renderChanges],
  ["html, the real client", html.renderProbe],
])("%s", (_format, render) => {
  test("lets nothing invisible through, whichever field it stands in", () => {
    forEveryField((report) => expect(forbiddenIn(render(report, OPTIONS))).toEqual([]));
  });

  test("gives a CI runner no orders", () => {
    forEveryField((report) => {
      const output = render(report, OPTIONS);
      expect(output).not.toMatch(/^\s*::/m);
      expect(output).not.toMatch(/##[a-z]*\[/i);
    });
  });
});

describe.each([
  ["github", github.render],
  ["github, changes only", github.renderChanges],
])("%s", (_format, render) => {
  test("gives a CI runner no orders but its own", () => {
    forEveryField((report) => {
      const output = render(report);
      expect(forbiddenIn(output)).toEqual([]);
      const lines = output.trimEnd().split("\n");
      expect(lines.filter((line) => !/^::(error|warning|notice) [a-z]+=/.test(line))).toEqual([]);
      expect(lines.map((line) => line.split("::").length >= 3)).not.toContain(false);
      // Properties end at the first `::`; none of them can hold one, nor a comma that starts another.
      for (const line of lines) {
        const properties = /^::\w+ (.*?)::/.exec(line)![1]!.split(",");
        expect(properties.map((property) => property.split("=")[0])).toEqual(
          ["file", "line", "col", "title"].filter((name) =>
            properties.some((one) => one.startsWith(`${name}=`)),
          ),
        );
      }
    });
  });
});

test("SARIF fits the published schema, whatever is in it", () => {
  forEveryField((report) => expect(sarifProblems(sarif.render(report))).toEqual([]));
});

test("JUnit keeps its structure", () => {
  forEveryField((report) => expect(xmlProblem(junit.render(report))).toBeNull());
});

test("the terminal keeps to its columns", () => {
  forEveryField((report) => {
    // Where a broken word would start a line with `::`, taking its meaning away needs five columns more.
    const lines = terminal
      .render(report, OPTIONS)
      .replace(/^( *)\\u\{3a\}:/gm, "$1::")
      .split("\n");
    const widest = Math.max(...lines.map(displayWidth));
    expect(widest).toBeLessThanOrEqual(60);
  });
});

test("Markdown keeps its structure: no row, fence, tag, mention or link is added or lost", () => {
  const shapeKey = (report: Report) => `${report.verdict} ${report.flakes[0]?.probe !== undefined}`;
  const shape = new Map(
    [BLOCKED, WARNED, PROBED].map((report) => [shapeKey(report), structureOf(markdown.render(report))]),
  );
  forEveryField((report, path) => {
    // A link that leads elsewhere than to a known host is no link any more, as it should be.
    if (path.at(-1) === "url") return;
    // An input under another name than its effects give it has no picture; test/render/comment.test.ts has hostile names.
    if (path.includes("inputs") || path.includes("causes")) return;
    expect(structureOf(markdown.render(report))).toEqual(shape.get(shapeKey(report)));
  });
});

describe("HTML", () => {
  test.each([
    ["the report", html.render],
    ["changes only", html.renderChanges],
    ["the real client", html.renderProbe],
  ])("(%s) has no tag, attribute, link or style but its own", (_, render) => {
    const style = /<style>.*?<\/style>/s.exec(render(BLOCKED))![0];
    forEveryField((report) => {
      const page = render(report);
      expect(strayTags(htmlTags(page))).toEqual([]);
      expect(page.split(style)).toHaveLength(2);
    });
  });

  test("keeps its structure: nothing is added or lost", () => {
    const shapeOf = (report: Report) =>
      htmlTags(html.render(report)).flatMap(({ name, attributes }) =>
        // Code stands wherever the text has backticks, and a picture has as many lines as its text takes.
        name === "code" || name === "tspan" ? [] : [`${name} ${Object.keys(attributes).join(" ")}`],
      );
    const shapeKey = (report: Report) => `${report.verdict} ${report.flakes[0]?.probe !== undefined}`;
    const shape = new Map([BLOCKED, WARNED, PROBED].map((report) => [shapeKey(report), shapeOf(report)]));
    forEveryField((report, path) => {
      // As in Markdown: an unknown page is no link, and an input under another name has no picture.
      if (path.at(-1) === "url" || path.includes("inputs") || path.includes("causes")) return;
      // What is no built-in rule is a constraint, which has a line of its own.
      if (path.at(-1) === "source") return;
      expect(shapeOf(report)).toEqual(shape.get(shapeKey(report)));
    });
  });

  test("shows a text as it is", () => {
    forEveryField((report, path) => {
      if (path.join(".") !== "flakes.0.findings.0.message") return;
      const shown = /<h[34]>.*<\/h[34]>\n<p>(.*)<\/p>/
        .exec(html.render(report))![1]!
        .replace(/<\/?code>/g, "`");
      expect(unescaped(shown)).toBe(
        visible(report.flakes[0]!.findings[0]!.message.replaceAll(" -> ", " → ")),
      );
    });
  });
});

function unescaped(markup: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", "#58": ":", amp: "&" };
  return markup.replace(/&(lt|gt|quot|apos|#58|amp);/g, (_, name: string) => characters[name]!);
}

test("JSON is the report, whatever is in it", () => {
  forEveryField((report) =>
    expect(JSON.parse(json.render(report))).toEqual(JSON.parse(JSON.stringify(report))),
  );
});

/** What Markdown would act on, by a reader written for this test: blocks first, then what is left outside of code. */
function structureOf(text: string) {
  let fence = "";
  const kinds: string[] = [];
  const outside: string[] = [];
  for (const line of text.split("\n")) {
    const run = /^ {0,3}(`{3,})(?!.*`)/.exec(line)?.[1];
    if (fence !== "") {
      if (run !== undefined && run.length >= fence.length) fence = "";
      continue;
    }
    if (run !== undefined) {
      fence = run;
      kinds.push("fence");
      continue;
    }
    const prose = line
      .replace(/(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/g, "C")
      .replace(/<code>[^<>`|]*<\/code>/g, "C");
    if (line.startsWith("|")) kinds.push(`row of ${prose.split("|").length}`);
    else if (line.startsWith("#")) kinds.push("heading");
    outside.push(prose);
  }
  const rest = outside.join("\n");
  return {
    kinds,
    openFence: fence,
    tags: rest.match(/<[^>\s]*/g),
    loose: rest.match(/[@`[\]_~\\]|#\d|:\/\/(?!github\.com\/acme\/standards)|www\./g),
  };
}
