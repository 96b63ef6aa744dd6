import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { commentForms, nothingDiffers } from "../../src/render/comment.ts";
import { Browser } from "./browser.ts";
import { type GitHubView, githubView } from "./github-view.ts";
import { BUMP, tooLarge, WIDENED } from "./sample-bump.ts";
import { BLOCKED, PASSED, PROBED, WARNED } from "./sample-report.ts";

/** The comment on a pull request as GitHub shows it, in a real browser. `SCREENSHOTS` names a folder for pictures of it. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OPTIONS = {
  runUrl: "https://github.com/acme/shop/actions/runs/7",
  head: "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c",
};
const largest = (report: Report) => commentForms(report, OPTIONS)[0]!;
const COMMENTS: [name: string, markdown: string][] = [
  ["nothing differs", nothingDiffers(OPTIONS)],
  ["no change", largest(PASSED)],
  ["widening", largest(WIDENED)],
  ["twelve inputs", largest(BUMP)],
  ["two flakes", largest(WARNED)],
  ["blocked", largest(BLOCKED)],
  ["the real client asked", largest(PROBED)],
  ["too large", largest(tooLarge(1000, 20))],
  ["far too large", largest(tooLarge(1000, 1000))],
];

const directory = mkdtempSync(join(tmpdir(), "nixclaude-comment-"));
let browser: Browser;
let github: GitHubView;
beforeAll(async () => {
  github = await githubView();
  browser = new Browser();
}, 300_000);
afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true });
});

async function open(markdown: string, scheme = "light"): Promise<void> {
  const file = join(directory, "comment.html");
  writeFileSync(file, github.page(markdown));
  await browser.openPage();
  await browser.send("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-color-scheme", value: scheme }],
  });
  await browser.send("Emulation.setDeviceMetricsOverride", {
    width: 900,
    height: 900,
    deviceScaleFactor: 1,
    mobile: false,
  });
  await browser.send("Page.navigate", { url: pathToFileURL(file).href });
  await browser.evaluate(
    "document.readyState === 'complete' || new Promise((done) => addEventListener('load', () => done(true)))",
  );
}

const all = (selector: string, of: string) =>
  browser.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => ${of})`);

const PICTURES = "code.language-mermaid";

/** Puts each picture in the place of its source, as GitHub does; what Mermaid says against one is returned. */
async function drawPictures(scheme = "light"): Promise<unknown> {
  if (((await all(PICTURES, "1")) as unknown[]).length === 0) return [];
  await browser.evaluate(`${github.mermaid}; 0`);
  return browser.evaluate(`(async () => {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: ${JSON.stringify(scheme === "dark" ? "dark" : "default")} });
    const complaints = [];
    for (const [index, code] of [...document.querySelectorAll("${PICTURES}")].entries()) {
      try {
        const { svg } = await mermaid.render("picture" + index, code.textContent);
        const place = document.createElement("div");
        place.innerHTML = svg;
        code.parentElement.replaceWith(place);
      } catch (error) {
        complaints.push(String(error));
      }
    }
    return complaints;
  })()`);
}

async function keepScreenshot(name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  const height = Number(await browser.evaluate("document.documentElement.scrollHeight"));
  await browser.send("Emulation.setDeviceMetricsOverride", {
    width: 900,
    height: Math.min(height, 6000),
    deviceScaleFactor: 1,
    mobile: false,
  });
  const { data } = await browser.send("Page.captureScreenshot", { format: "png" });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name.replaceAll(" ", "-")}.png`), Buffer.from(data as string, "base64"));
}

/** What GitHub leaves of HTML, of what a comment needs: https://github.com/gjtorikian/html-pipeline. */
const PLAIN_ELEMENTS =
  "a br code del details em h2 h3 input li ol p pre strong sub summary table tbody td th thead tr ul";

/** A comment is a part of GitHub's page, which has the headings above it, and GitHub's colours. */
const GITHUBS_OWN = [
  "page-has-heading-one",
  "heading-order",
  "scrollable-region-focusable",
  "color-contrast",
  "link-in-text-block",
];
const WITHOUT_CODE =
  "(() => { const copy = one.cloneNode(true); for (const code of copy.querySelectorAll('code')) code.remove(); return copy.textContent; })()";

describe.each(COMMENTS)("the comment (%s)", (name, markdown) => {
  test.each(["light", "dark"])("is read by everybody, with nothing cut open: %s", async (scheme) => {
    await open(markdown, scheme);
    await keepScreenshot(`${name} ${scheme}`);
    await all("details", "(one.open = true)");
    const elements = (await all("main *", "one.localName")) as string[];
    expect(PLAIN_ELEMENTS.split(" ")).toEqual(expect.arrayContaining([...new Set(elements)]));
    expect(await all("main p, main li, main td", WITHOUT_CODE)).not.toContainEqual(
      expect.stringMatching(/```|\*\*|<\/?\w+>|^\|/),
    );
    await browser.evaluate(AXE);
    const rules = Object.fromEntries(GITHUBS_OWN.map((rule) => [rule, { enabled: false }]));
    const violations = await browser.evaluate(
      `axe.run(document, { rules: ${JSON.stringify(rules)} }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`,
    );
    expect(violations).toEqual([]);
    expect(await drawPictures(scheme)).toEqual([]);
    await keepScreenshot(`${name} ${scheme} unfolded`);
  });

  test("fits GitHub's column, has no line that ends only on some of its pages, leads to known forges only", async () => {
    await open(markdown);
    expect(await all("table", "one.scrollWidth - one.clientWidth")).not.toContainEqual(
      expect.toSatisfy((over: number) => over > 0),
    );
    expect(await all("p", "/\\n/.test(one.textContent)")).not.toContain(true);
    for (const link of (await all("a", "one.href")) as string[]) {
      expect(link).toMatch(/^https:\/\/github\.com\/[\w./#-]+$/);
    }
  });
});

test("a lock bump has a picture of as many boxes as there are inputs with effects, and effects", async () => {
  await open(largest(BUMP));
  await all("details", "(one.open = true)");
  expect(await drawPictures()).toEqual([]);
  const boxes = (await all("svg .node", "one.textContent.trim()")) as string[];
  expect(boxes).toHaveLength(5 + 7);
  expect(boxes.filter((text) => text.startsWith("widens"))).toHaveLength(2);
  expect(await all("svg path.flowchart-link", "1")).toHaveLength(8);
});
