import type { ClaudeContext, SystemFacts, Tool } from "../model/context.ts";
import { attributePath } from "../model/position.ts";
import { asPlainText, codeBlock, codeSpan, withClosedFence } from "./memory-markdown.ts";
import { standsForFile } from "./own-words.ts";
import type { RenderNotes } from "./rendered.ts";

/** The first line. Front matter at the start of a memory file is taken out by the client, so none can come first. */
const TITLE = "# Claude in this repository";

/**
 * `CLAUDE.md`: the role first, then what must be kept, then the programs, then the machine; ids in order of the
 * context. Null when the context says none of it.
 */
export function memoryText(context: ClaudeContext, notes: RenderNotes): string | null {
  const text = memoryMarkdown(context, notes);
  return text === null ? null : asPlainText(text);
}

/** The same where nothing in it is more than text: without the escapes that a memory file needs. */
export function memoryMarkdown(context: ClaudeContext, notes: RenderNotes): string | null {
  const sections = [
    personaText(context.persona, notes),
    section("Policies", policyTexts(context.policies, notes)),
    section("Tools", Object.entries(context.tools).map(toolText)),
    section("System", context.system === null ? [] : [systemText(context.system)]),
  ].filter((text) => text !== "");
  if (sections.length === 0) return null;
  return `${[TITLE, ...sections].join("\n\n")}\n`;
}

/** What stands for a file that is not compared as text would tell Claude nothing. */
export function isKnownText(text: string, path: string, notes: RenderNotes): boolean {
  if (!standsForFile(text)) return true;
  notes.omit(path, "its file is too large, or is no text: only a hash of it is part of the context");
  return false;
}

function personaText(persona: string | null, notes: RenderNotes): string {
  return persona !== null && isKnownText(persona, "persona", notes) ? block(persona) : "";
}

function policyTexts(policies: Readonly<Record<string, string>>, notes: RenderNotes): string[] {
  return Object.entries(policies)
    .filter(([id, text]) => isKnownText(text, attributePath("policies", id), notes))
    .map(([id, text]) => `### ${oneLine(id)}\n\n${block(text)}`);
}

function toolText([name, tool]: [string, Tool]): string {
  const others = tool.preferOver.map((program) => codeSpan(oneLine(program)));
  const facts = [
    tool.program === name ? [] : [`Runs ${codeSpan(oneLine(tool.program))}.`],
    others.length === 0 ? [] : [`Use it instead of ${others.join(", ")}.`],
  ].flat();
  return [
    `### ${oneLine(name)}`,
    tool.description === null ? "" : block(tool.description),
    facts.join(" "),
    tool.examples.length === 0 ? "" : codeBlock(tool.examples.join("\n"), "sh"),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

function systemText({ type, version, desktop, shell }: SystemFacts): string {
  const facts = [
    ["System", [type, version].filter((fact) => fact !== null).join(" ")],
    ["Desktop", desktop ?? ""],
    ["Shell", shell ?? ""],
  ];
  return facts
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `- ${name}: ${oneLine(value ?? "")}`)
    .join("\n");
}

function section(title: string, texts: string[]): string {
  return texts.length === 0 ? "" : [`## ${title}`, ...texts].join("\n\n");
}

function block(text: string): string {
  return withClosedFence(text.trim());
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
