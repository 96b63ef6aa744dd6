import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { render, renderChanges, renderProbe } from "../../src/render/html.ts";
import { Browser } from "./browser.ts";
import { BLOCKED, PASSED, PROBED, WARNED } from "./sample-report.ts";

/** The page in a real browser, judged by axe (https://github.com/dequelabs/axe-core). */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES: [string, string][] = [
  ["blocked", render(BLOCKED)],
  ["warned", render(WARNED)],
  ["passed", render(PASSED)],
  ["probed", render(PROBED)],
  ["changes only", renderChanges(BLOCKED)],
  ["the real client", renderProbe(PROBED)],
];

const directory = mkdtempSync(join(tmpdir(), "nixclaude-page-"));
let browser: Browser;
beforeAll(() => {
  browser = new Browser();
});
afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true });
});

async function open(page: string, { scheme = "light", width = 1100 } = {}): Promise<void> {
  const file = join(directory, "page.html");
  writeFileSync(file, page);
  await browser.openPage();
  const metrics = { width, height: 900, deviceScaleFactor: 1, mobile: false };
  await browser.send("Emulation.setDeviceMetricsOverride", metrics);
  const features = [{ name: "prefers-color-scheme", value: scheme }];
  await browser.send("Emulation.setEmulatedMedia", { features });
  browser.events.length = 0;
  await browser.send("Page.navigate", { url: pathToFileURL(file).href });
  // Answered when the document is there, since it waits for the navigation.
  await browser.evaluate(
    "document.readyState === 'complete' || new Promise((done) => addEventListener('load', () => done(true)))",
  );
}

describe.each(PAGES)("the page (%s)", (_, page) => {
  test.each([
    ["light", 1100],
    ["dark", 1100],
    ["light", 375],
    ["dark", 375],
  ])("is read by everybody: %s, %i pixels wide", async (scheme, width) => {
    await open(page, { scheme, width });
    await browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    await browser.evaluate(AXE);
    const violations = await browser.evaluate(
      "axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))",
    );
    expect(violations).toEqual([]);
    expect(await browser.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });

  test("loads only itself, and breaks no policy", async () => {
    await open(page);
    const requests = browser.events.filter(({ method }) => method === "Network.requestWillBeSent");
    expect(requests).toHaveLength(1);
    expect(browser.events.filter(({ method }) => method === "Log.entryAdded")).toEqual([]);
  });
});

test("what got into the page all the same would not run, be loaded or be shown otherwise", async () => {
  const injected =
    '<script>document.title = "run"</script><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" ' +
    'onerror="document.title = &quot;run&quot;"/><style>h1 { display: none; }</style>';
  await open(render(BLOCKED).replace("<main", `${injected}<main`));
  expect(await browser.evaluate("document.title")).toBe("Claude's behavior: blocked");
  expect(await browser.evaluate("getComputedStyle(document.querySelector('h1')).display")).toBe("block");
});

test("boxes hide changes without a script, and say so when they hide all", async () => {
  await open(render(BLOCKED));
  await browser.send("Emulation.setScriptExecutionDisabled", { value: true });
  const shown = () =>
    browser.evaluate(
      "[...document.querySelectorAll('.change, .all-hidden')].filter((one) => one.checkVisibility()).map((one) => one.className)",
    );
  const click = (word: string) => browser.evaluate(`document.getElementById('show-${word}').click()`);
  await click("widens");
  expect(await shown()).toEqual(["card change narrows", "card change neutral"]);
  await click("narrows");
  await click("neutral");
  expect(await shown()).toEqual(["all-hidden"]);
});
