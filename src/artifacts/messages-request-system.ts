import type { ClaudeContext, SystemFacts, Tool } from "../model/context.ts";
import { attributePath } from "../model/position.ts";
import { isKnownText } from "./memory.ts";
import { codeBlock, codeSpan, withClosedFence } from "./memory-markdown.ts";
import { isCallable } from "./messages-request-tools.ts";
import type { RenderNotes } from "./rendered.ts";

/**
 * The texts of the system prompt, one for each of role, policies, tools and machine; none is empty. No client reads them,
 * so that nothing in them acts: `@file` and comments are text here, and nothing is escaped.
 */
export function systemTexts(context: ClaudeContext, notes: RenderNotes): string[] {
  return [
    personaText(context.persona, notes),
    section("Policies", policyTexts(context.policies, notes)),
    section("Tools", Object.entries(context.tools).flatMap(toolText)),
    section("System", context.system === null ? [] : systemFacts(context.system)),
  ].filter((text) => text !== "");
}

function personaText(persona: string | null, notes: RenderNotes): string {
  return persona !== null && isKnownText(persona, "persona", notes) ? block(persona) : "";
}

function policyTexts(policies: Readonly<Record<string, string>>, notes: RenderNotes): string[] {
  return Object.entries(policies)
    .filter(([id, text]) => text.trim() !== "" && isKnownText(text, attributePath("policies", id), notes))
    .map(([id, text]) => `## ${oneLine(id)}\n\n${block(text)}`);
}

/** Preferences and examples; what a callable tool is for stands in its definition. */
function toolText([name, tool]: [string, Tool]): string[] {
  const callable = isCallable(tool);
  const others = tool.preferOver.map(oneLine).filter((program) => program !== "");
  const examples = tool.examples.filter((example) => example.trim() !== "");
  const said = [
    callable ? "" : block(tool.description ?? ""),
    [
      callable || tool.program === name ? "" : `Runs ${codeSpan(oneLine(tool.program))}.`,
      others.length === 0 ? "" : `Use it instead of ${others.map(codeSpan).join(", ")}.`,
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
    examples.length === 0 ? "" : codeBlock(examples.join("\n"), "sh"),
  ].filter((text) => text !== "");
  if (said.length === 0) return callable ? [] : [`## ${oneLine(name)}`];
  return [[`## ${oneLine(name)}`, ...said].join("\n\n")];
}

function systemFacts({ type, version, desktop, shell }: SystemFacts): string[] {
  const facts = [
    ["System", [type, version].filter((fact) => fact !== null).join(" ")],
    ["Desktop", desktop ?? ""],
    ["Shell", shell ?? ""],
  ].map(([name, value]) => [name, oneLine(value ?? "")]);
  const lines = facts.filter(([, value]) => value !== "").map(([name, value]) => `- ${name}: ${value}`);
  return lines.length === 0 ? [] : [lines.join("\n")];
}

function section(title: string, texts: string[]): string {
  return texts.length === 0 ? "" : [`# ${title}`, ...texts].join("\n\n");
}

/** A fence that is left open would take the next text with it. */
function block(text: string): string {
  return withClosedFence(text.trim());
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
