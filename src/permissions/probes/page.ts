import { formatCall } from "../../model/permission.ts";
import { PROBE_CATEGORIES, PROBES, type Probe, type ProbeCategory } from "./index.ts";

/** `docs/probes.md`: the catalogue as a table for each category. */
export function probesPage(): string {
  const sections = (Object.keys(PROBE_CATEGORIES) as ProbeCategory[]).map(section);
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
}

const INTRODUCTION = `# Probes

The ${PROBES.length} calls that nixclaude asks about by itself. Where a change lets more run, the worst of them that runs now and did
not before is the witness in the report; \`nixclaude probe\` asks the real client about all of them. Paths are relative
to the project. Further probes are made for each MCP server of a context: a tool that nobody had in mind when the
server was approved.

Severity is the damage if the call runs unattended. Written by \`node scripts/generate-probe-docs.mjs\`.`;

function section(category: ProbeCategory): string {
  const rows = PROBES.filter((probe) => probe.category === category).map(row);
  return [
    `## ${category}`,
    "",
    PROBE_CATEGORIES[category],
    "",
    "| id | call | severity | reason |",
    "| :-- | :-- | :-- | :-- |",
    ...rows,
  ].join("\n");
}

function row({ id, category, call, severity, reason }: Probe): string {
  return `| ${id.slice(category.length + 1)} | ${code(formatCall(call))} | ${severity} | ${reason} |`;
}

/** A code span in a table: a pipe would end the cell, and a backtick the span. */
function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replaceAll("|", "\\|")}${fence}`;
}
