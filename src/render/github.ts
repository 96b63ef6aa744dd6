import type { Finding } from "../model/finding.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { visible } from "./escape.ts";
import {
  changeOf,
  headline,
  isOpen,
  positionText,
  totals,
  verdictWords,
  witnessComparison,
} from "./words.ts";

/** GitHub shows at most ten annotations of each kind for one step, and drops the rest without a word. */
const MAX_OF_EACH_KIND = 10;

/**
 * Commands of a GitHub runner, one a line: the worst ten errors and ten warnings at their lines, and one notice that
 * counts them all. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function render(report: Report): string {
  const open = report.flakes.flatMap((flake) =>
    flake.findings.filter(isOpen).map((finding) => ({ flake, finding })),
  );
  const kinds: readonly ("error" | "warning")[] = ["error", "warning"];
  const lines = kinds.flatMap((severity) =>
    open
      .filter(({ finding }) => finding.severity === severity)
      .slice(0, MAX_OF_EACH_KIND)
      .map(({ flake, finding }) => annotation(severity, finding, flake)),
  );
  return `${[...lines, notice(report, open.length)].join("\n")}\n`;
}

/** The changes, without judgement: a notice for each of the first ten, and one that counts them. */
export function renderChanges(report: Report): string {
  const changes = report.flakes.flatMap((flake) => flake.changes.map((change) => ({ flake, change })));
  const shown = changes.slice(0, MAX_OF_EACH_KIND - 1).map(({ flake, change }) => {
    const { position, direction, summary } = change;
    return command("notice", placeOf(position, flake), `nixclaude: ${direction}`, summary);
  });
  const total = command(
    "notice",
    {},
    "nixclaude",
    `${changes.length} changes in what Claude is told or may do`,
  );
  return `${[...shown, total].join("\n")}\n`;
}

/** What the real client does is reported by rules of its own. */
export const renderProbe = render;

function annotation(severity: "error" | "warning", finding: Finding, flake: FlakeReport): string {
  const change = changeOf(finding, flake);
  const position = finding.position ?? change?.position;
  const witness = finding.witness ?? change?.witness;
  const lines = [
    finding.message,
    ...(witness === undefined ? [] : [`${witness.call} ${witnessComparison(witness)}`]),
    ...(position?.input === undefined ? [] : [`It stands in ${positionText(position)}.`]),
    finding.help,
  ];
  return command(severity, placeOf(position, flake), `nixclaude: ${finding.rule}`, ...lines);
}

function notice(report: Report, open: number): string {
  const left = open > MAX_OF_EACH_KIND ? " The job summary has them all." : "";
  return command(
    "notice",
    {},
    `nixclaude: ${verdictWords(report)}`,
    `${headline(report)} ${totals(report)}.${left}`,
  );
}

type Place = { file?: string; line?: number; col?: number };

/** A place in an input is not in this repository: the lock file stands for it. */
function placeOf(position: Finding["position"], { path }: FlakeReport): Place {
  if (position === undefined) return {};
  if (position.input !== undefined)
    return { file: path === "." ? "flake.lock" : `${path}/flake.lock`, line: 1 };
  return { file: position.file, line: position.line, col: position.column };
}

function command(
  kind: "error" | "warning" | "notice",
  place: Place,
  title: string,
  ...lines: string[]
): string {
  const properties = Object.entries({ ...place, title }).map(([name, value]) => `${name}=${property(value)}`);
  return `::${kind} ${properties.join(",")}::${lines.map(data).join("%0A")}`;
}

/** As the runner decodes it; everything invisible was spelled out before. */
function data(text: string): string {
  return visible(text).replaceAll("%", "%25");
}

function property(value: string | number): string {
  return data(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
