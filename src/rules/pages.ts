import { SEVERITIES } from "../model/finding.ts";
import { RULES } from "./index.ts";
import type { Rule } from "./rule.ts";

/** The rules' reference as Markdown files: one page for each rule, and `README.md` that lists them. */
export function rulePages(): Record<string, string> {
  const pages = RULES.map((rule): [file: string, text: string] => [`${rule.id}.md`, rulePage(rule)]);
  return Object.fromEntries([...pages, ["README.md", overview()]]);
}

export function rulePage({ id, severity, docs }: Rule): string {
  return `# ${id}

Default severity: ${severity}

## What it does

${docs.what}

## Why is this bad?

${docs.why}

## Example

\`\`\`${docs.exampleIs === undefined ? "nix" : "json"}
${docs.example}
\`\`\`

## Use instead

${docs.instead}
`;
}

function overview(): string {
  const sections = SEVERITIES.map((severity) => {
    const rows = RULES.filter((rule) => rule.severity === severity).map(
      ({ id, docs }) => `| [${id}](${id}.md) | ${docs.what.replaceAll("|", "\\|")} |`,
    );
    return [`## Severity: ${severity}`, "", "| rule | |", "| --- | --- |", ...rows].join("\n");
  });
  return `# Rules

What nixclaude judges by itself. Each rule can be waived under its id (\`claudeContext.waivers.<id>\`), and
\`nixclaude explain <id>\` prints the same text. A finding can be more or less severe than its rule's default; the
page says when. Written by \`scripts/generate-rule-docs.mjs\`.

${sections.join("\n\n")}
`;
}
