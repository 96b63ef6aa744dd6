import type { Change } from "../model/change.ts";
import { type Finding, SEVERITIES, type Severity } from "../model/finding.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Position } from "../model/position.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { RULES } from "../rules/index.ts";
import { printableJson, visible } from "./escape.ts";
import { causeText, changeOf, flakeTitle, positionText, witnessComparison } from "./words.ts";

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) as GitHub's code scanning reads it:
 * one run, every finding a result, waived and approved ones suppressed.
 */
export function render(report: Report): string {
  const found = report.flakes.flatMap((flake) => flake.findings.map((finding) => ({ flake, finding })));
  const ids = [...new Set(found.map(({ finding }) => finding.rule))];
  const rules = ids.map((id) =>
    descriptorOf(
      id,
      found.flatMap(({ finding }) => (finding.rule === id ? [finding] : [])),
    ),
  );
  return log(
    report,
    rules,
    found.map(({ flake, finding }) => resultOf(finding, flake, ids)),
  );
}

/** The changes, without judgement: results of the kind `informational`. */
export function renderChanges(report: Report): string {
  const changes = report.flakes.flatMap((flake) => flake.changes.map((change) => ({ flake, change })));
  const ids = [...new Set(changes.map(({ change }) => `changed-${change.surface}`))];
  const rules = ids.map((id) => ({
    id,
    shortDescription: { text: `What changed in ${id.slice("changed-".length)}` },
    defaultConfiguration: { level: "none" },
  }));
  return log(
    report,
    rules,
    changes.map(({ flake, change }) => informational(change, flake, ids)),
  );
}

/** What the real client does is reported by rules of its own. */
export const renderProbe = render;

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/** GitHub's "high", "medium" and "low", https://docs.github.com/code-security (SARIF support, security-severity). */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { error: "8.0", warning: "5.0", note: "2.0" };

function log(report: Report, rules: Json[], results: Json[]): string {
  const run = {
    tool: {
      driver: { name: "nixclaude", version: report.tool.version, rules },
    },
    invocations: [{ executionSuccessful: true, exitCode: report.exitCode }],
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository" } } },
    results,
    properties: {
      digest: report.digest,
      verdict: report.verdict,
      client: visible(report.semantics.client),
      flakes: report.flakes.map((flake) => visible(flakeTitle(flake))),
    },
  };
  return `${printableJson(JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2))}\n`;
}

/** A built-in rule with its documentation; a constraint with what its findings say of it. */
function descriptorOf(id: string, findings: readonly Finding[]): Json {
  const rule = RULES.find((known) => known.id === id && findings.some(({ source }) => source === "builtin"));
  const worst = SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity))!;
  const [first] = findings;
  const what = rule?.docs.what ?? `Constraint ${visible(id)}${constraintOrigin(first)}.`;
  return {
    id: visible(id),
    shortDescription: { text: what },
    fullDescription: { text: rule === undefined ? what : plainText(rule.docs.why) },
    help:
      rule === undefined
        ? { text: visible(first?.help ?? what) }
        : {
            text: plainText(rule.docs.instead),
            markdown: `${rule.docs.what}\n\n**Why is this bad?** ${rule.docs.why}\n\n**Use instead:** ${rule.docs.instead}`,
          },
    defaultConfiguration: { level: rule?.severity ?? worst },
    properties: {
      tags: ["security", rule === undefined ? "constraint" : "rule"],
      "security-severity": SECURITY_SEVERITY[worst],
    },
  };
}

function constraintOrigin(finding: Finding | undefined): string {
  if (finding === undefined || finding.source === "self" || finding.source === "builtin")
    return " of this flake";
  return ` of ${visible(finding.source.replace(":", " "))}`;
}

function plainText(markdown: string): string {
  return markdown.replaceAll("`", "");
}

function resultOf(finding: Finding, flake: FlakeReport, ids: readonly string[]): JsonObject {
  const change = changeOf(finding, flake);
  const suppressions = suppressionsOf(finding);
  return {
    ruleId: visible(finding.rule),
    ruleIndex: ids.indexOf(finding.rule),
    level: finding.severity,
    message: { text: messageOf(finding, change) },
    locations: [locationOf(finding.position ?? change?.position, finding.subject.path, flake)],
    ...relatedTo(finding),
    partialFingerprints: { "nixclaudeFinding/v1": finding.fingerprint },
    baselineState: finding.introduced ? "new" : "unchanged",
    // An empty list says that the producer knows of suppressions and there is none.
    suppressions,
  };
}

/** In brackets SARIF reads links and placeholders, https://docs.oasis-open.org/sarif/sarif/v2.1.0 3.11.5 and 3.11.6. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[[\]\\]/g, "\\$&")
    .replaceAll("{", "{{")
    .replaceAll("}", "}}");
}

function messageOf(finding: Finding, change: Change | undefined): string {
  const witness = finding.witness ?? change?.witness;
  const sentences = [
    finding.message,
    ...(witness === undefined ? [] : [`${witness.call} ${witnessComparison(witness)}`]),
    ...(change === undefined || change.causes.length === 0
      ? []
      : [`Cause: ${change.causes.map(causeText).join("; ")}`]),
    finding.help,
  ];
  return escaped(sentences.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(" "));
}

/**
 * A place that stands in an input is not in this repository: the result then stands at the lock file that pins it, or
 * at the flake itself, and says in words where the value is.
 */
function locationOf(position: Position | undefined, path: string, flake: FlakeReport): Json {
  const logicalLocations = [{ fullyQualifiedName: visible(path), kind: "member" }];
  if (position !== undefined && position.input === undefined) {
    const { file, line, column } = position;
    const region = { startLine: line, startColumn: column };
    return { physicalLocation: { artifactLocation: artifact(file), region }, logicalLocations };
  }
  const file = position === undefined ? "flake.nix" : "flake.lock";
  const physicalLocation = { artifactLocation: artifact(inFlake(flake, file)), region: { startLine: 1 } };
  const message = position === undefined ? {} : { message: { text: escaped(positionText(position)) } };
  return { physicalLocation, logicalLocations, ...message };
}

function inFlake({ path }: FlakeReport, file: string): string {
  return path === "." ? file : `${path}/${file}`;
}

function artifact(file: string): JsonObject {
  return { uri: file.split("/").map(uriSegment).join("/"), uriBaseId: "%SRCROOT%" };
}

/** A lone surrogate has no spelling in a URI. */
function uriSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, "\ufffd"));
}

/** Where the constraint stands that is violated. */
function relatedTo({ constraintPosition }: Finding): JsonObject {
  if (constraintPosition === undefined) return {};
  const { input, file, line, column } = constraintPosition;
  const message = { text: escaped(`constraint at ${positionText(constraintPosition)}`) };
  if (input !== undefined) return { relatedLocations: [{ id: 1, message }] };
  const region = { startLine: line, startColumn: column };
  return {
    relatedLocations: [{ id: 1, message, physicalLocation: { artifactLocation: artifact(file), region } }],
  };
}

function suppressionsOf({ waived, approved }: Finding): Json[] {
  const accepted = (justification: string) => ({
    kind: "external",
    status: "accepted",
    justification: visible(justification),
  });
  return [
    ...(waived === undefined
      ? []
      : [accepted(`waived until ${waived.expires} by ${waived.owner}: ${waived.reason}`)]),
    ...(approved === undefined ? [] : [accepted(`approved by ${approved.by} for this change`)]),
  ];
}

function informational(change: Change, flake: FlakeReport, ids: readonly string[]): Json {
  const id = `changed-${change.surface}`;
  const witness =
    change.witness === undefined ? "" : `. ${change.witness.call} ${witnessComparison(change.witness)}`;
  const causes = change.causes.length === 0 ? "" : `. Cause: ${change.causes.map(causeText).join("; ")}`;
  return {
    ruleId: id,
    ruleIndex: ids.indexOf(id),
    kind: "informational",
    level: "none",
    message: { text: escaped(`${change.direction}: ${change.summary}${witness}${causes}.`) },
    locations: [locationOf(change.position, change.path, flake)],
    partialFingerprints: { "nixclaudeChange/v1": change.fingerprint },
    baselineState: "new",
  };
}
