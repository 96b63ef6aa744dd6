import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { NixclaudeError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { commentForms } from "../render/comment.ts";
import { markdownProse } from "../render/escape.ts";
import type { FormatName } from "../render/format-names.ts";
import * as github from "../render/github.ts";
import * as json from "../render/json.ts";
import type { Format } from "../render/options.ts";
import { type ActionInputs, REPORT_FILE } from "./inputs.ts";
import type { RunContext, Runner } from "./runner.ts";

/** GitHub drops a summary of more than one mebibyte. */
const SUMMARY_MAX_CHARACTERS = 900_000;

/** Everything that needs no permission, in this order: job summary, annotations, files, outputs. */
export async function publish(
  report: Report,
  {
    head,
    inputs,
    context,
    runner,
  }: { head: string; inputs: ActionInputs; context: RunContext; runner: Runner },
): Promise<void> {
  const options = { runUrl: context.run.url, head, maxCharacters: SUMMARY_MAX_CHARACTERS };
  await runner.summary(commentForms(report, options)[0]!);
  runner.print(github.render(report));
  const files = await writeFiles(report, inputs, context);
  const changes = report.flakes.flatMap((flake) => flake.changes);
  const outputs = {
    verdict: report.verdict,
    widened: String(changes.some(({ direction }) => direction !== "narrows" && direction !== "neutral")),
    changes: String(report.counts.changes),
    findings: String(report.counts.error + report.counts.warning + report.counts.note),
    digest: report.digest,
    ...files,
  };
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
}

/** What could not be told stands where the verdict would; it is none, and the step fails. */
export async function publishFailure(error: NixclaudeError, runner: Runner): Promise<void> {
  await runner.summary(failureText(error));
  runner.output("verdict", "undecided");
  runner.fail(`${error.message} [${error.code}] ${error.hint}`);
}

/** For the job summary and for the pull request. */
export function failureText({ code, message, hint, exitCode }: NixclaudeError): string {
  const title = exitCode === 2 ? "not checked" : "could not tell";
  return `## Claude's behavior: ${title}\n\n${markdownProse(message)} (${markdownProse(code)})\n\n${markdownProse(hint)}\n`;
}

/**
 * Into the runner's own directory, whatever a pull request has put into the workspace: there, a name could be a link to
 * somewhere else.
 */
async function writeFiles(
  report: Report,
  { sarif, html }: ActionInputs,
  { temporary }: RunContext,
): Promise<Record<string, string>> {
  const directory = join(temporary, "nixclaude");
  await mkdir(directory, { recursive: true });
  const wanted: [output: string, format: FormatName, file: string | null][] = [
    ["report", "json", REPORT_FILE],
    ["sarif", "sarif", sarif],
    ["html", "html", html],
  ];
  const written: Record<string, string> = {};
  for (const [output, format, file] of wanted) {
    if (file === null) continue;
    const path = join(directory, basename(file));
    await writeFile(path, await rendered(report, format));
    written[output] = path;
  }
  return written;
}

async function rendered(report: Report, format: FormatName): Promise<string> {
  return (await formatOf(format)).render(report, { columns: 100, colour: false });
}

async function formatOf(name: FormatName): Promise<Format> {
  // Every run writes JSON; the others explain each rule, and few ask for them.
  return name === "json" ? json : (await import("./whole.ts")).loadFormat(name);
}
