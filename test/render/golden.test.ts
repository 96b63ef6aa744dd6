import { expect, test } from "vitest";
import { EvaluationError } from "../../src/model/errors.ts";
import type { Report } from "../../src/model/report.ts";
import { renderError } from "../../src/render/error.ts";
import { FORMAT_NAMES, type FormatName } from "../../src/render/format-names.ts";
import { loadFormat } from "../../src/render/formats.ts";
import * as terminal from "../../src/render/terminal.ts";
import { BLOCKED, PASSED, PROBED, WARNED } from "./sample-report.ts";

const REPORTS: [string, Report][] = [
  ["blocked", BLOCKED],
  ["warned", WARNED],
  ["passed", PASSED],
];

test.each(
  REPORTS.flatMap(([name, report]) => [60, 80, 120].map((columns) => [name, columns, report] as const)),
)("the %s report in a terminal of %i columns", async (name, columns, report) => {
  const text = terminal.render(report, { columns, colour: false });
  await expect(text).toMatchFileSnapshot(`golden/${name}-${columns}.txt`);
  const changes = terminal.renderChanges(report, { columns, colour: false });
  await expect(changes).toMatchFileSnapshot(`golden/${name}-changes-${columns}.txt`);
});

const EXTENSIONS: Readonly<Record<FormatName, string>> = {
  terminal: "txt",
  json: "json",
  markdown: "md",
  sarif: "sarif",
  github: "github.txt",
  junit: "junit.xml",
  html: "html",
};

test.each(
  REPORTS.flatMap(([name, report]) =>
    FORMAT_NAMES.filter((format) => format !== "terminal").map((format) => [name, format, report] as const),
  ),
)("the %s report as %s", async (name, format, report) => {
  const module = await loadFormat(format);
  const options = { columns: 80, colour: false };
  const extension = EXTENSIONS[format];
  await expect(module.render(report, options)).toMatchFileSnapshot(`golden/${name}.${extension}`);
  await expect(module.renderChanges(report, options)).toMatchFileSnapshot(
    `golden/${name}-changes.${extension}`,
  );
});

test.each([60, 100])("what the real client does, in a terminal of %i columns", async (columns) => {
  const options = { columns, colour: false };
  await expect(terminal.renderProbe(PROBED, options)).toMatchFileSnapshot(`golden/probed-${columns}.txt`);
  await expect(terminal.render(PROBED, options)).toMatchFileSnapshot(`golden/probed-check-${columns}.txt`);
});

test("what the real client does, in a pull request", async () => {
  const { render, renderProbe } = await loadFormat("markdown");
  const options = { columns: 80, colour: false };
  await expect(renderProbe(PROBED, options)).toMatchFileSnapshot("golden/probed.md");
  await expect(render(PROBED, options)).toMatchFileSnapshot("golden/probed-check.md");
});

test("what the real client does, in a browser", async () => {
  const { render, renderProbe } = await loadFormat("html");
  const options = { columns: 80, colour: false };
  await expect(renderProbe(PROBED, options)).toMatchFileSnapshot("golden/probed.html");
  await expect(render(PROBED, options)).toMatchFileSnapshot("golden/probed-check.html");
});

test("colour marks the verdict and the severities, and nothing else", () => {
  const colourful = terminal.render(BLOCKED, { columns: 80, colour: true });
  const marked = [...colourful.matchAll(/\u001b\[3[1-7]m(?:\u001b\[1m)?([^\u001b]*)/g)].map(
    (match) => match[1],
  );
  expect(marked).toEqual(["Blocked.", "error", "warning", "warning"]);
  const plain = colourful.replace(/\u001b\[\d+m/g, "");
  expect(plain).toBe(terminal.render(BLOCKED, { columns: 80, colour: false }));
});

test("an error says what, where and what next; details are for those who ask", () => {
  const error = new EvaluationError("evaluation-failed", "undefined variable 'lib' at flake.nix:9:14", {
    hint: "Mend the expression, then run the check again.",
    details: Array.from({ length: 12 }, (_, index) => `frame ${index + 1}`),
  });
  const options = { columns: 60, colour: false };
  expect(renderError(error, { ...options, debug: false })).toMatchInlineSnapshot(`
    "error[evaluation-failed]: undefined variable 'lib' at
      flake.nix:9:14
      | frame 1
      | frame 2
      | frame 3
      | frame 4
      | frame 5
      | frame 6
      | frame 7
      | frame 8
      | frame 9
      | frame 10
      | ... (2 more with --debug)
      = help: Mend the expression, then run the check again.
    "
  `);
  expect(renderError(error, { ...options, debug: true }).match(/frame/g)).toHaveLength(12);
});
