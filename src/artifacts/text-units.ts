import { composeMarkdown, parseFrontMatter } from "../context/front-matter.ts";
import { assertNever } from "../model/assert-never.ts";
import type { ClaudeContext, TextUnit } from "../model/context.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import type { PresentSnapshot } from "../model/snapshot.ts";
import { pathProblem, stepProblem } from "./file-names.ts";
import { hasOwnWords, plainValue } from "./own-words.ts";
import type { ClientFile, RenderNotes } from "./rendered.ts";
import type { Sources } from "./sources.ts";

const UNIT_KINDS = ["skills", "agents", "commands", "outputStyles"] as const;
type UnitKind = (typeof UNIT_KINDS)[number];

/** The files of skills, agents, commands and output styles: each unit's own text where it is known. */
export function textUnitFiles(
  context: Pick<ClaudeContext, UnitKind>,
  from: PresentSnapshot["from"],
  sources: Sources,
  notes: RenderNotes,
): { path: string; file: ClientFile }[] {
  return UNIT_KINDS.flatMap((kind) =>
    Object.entries(context[kind]).flatMap(([name, unit]) => {
      const path = attributePath(kind, name);
      const problem = kind === "skills" ? stepProblem(name) : pathProblem(name);
      if (problem !== null) {
        notes.problem(path, `its name ${problem}, and cannot be the name of a file`);
        return [];
      }
      const file = filePath(kind, name);
      const text = unitText(unit, from, { path, file }, sources, notes);
      if (text === null) return [];
      const written = kind === "agents" && from === "flake" ? agentText(name, text, path, notes) : text;
      return [{ path, file: { path: file, text: written } }];
    }),
  );
}

/** Where a unit of text stands in a project. */
function filePath(kind: UnitKind, name: string): string {
  switch (kind) {
    case "skills":
      return `.claude/skills/${name}/SKILL.md`;
    case "agents":
      return `.claude/agents/${name}.md`;
    case "commands":
      return `.claude/commands/${name}.md`;
    case "outputStyles":
      return `.claude/output-styles/${name}.md`;
    default:
      return assertNever(kind);
  }
}

function unitText(
  unit: TextUnit,
  from: PresentSnapshot["from"],
  { path, file }: { path: string; file: string },
  sources: Sources,
  notes: RenderNotes,
): string | null {
  if (unit.text === null) {
    const isPackage = Object.keys(unit.files).length === 0;
    notes.withhold(
      path,
      file,
      isPackage
        ? "it is a package, which is not built to look inside"
        : "its text is too large, or is no text: only a hash of it is part of the context",
    );
    return null;
  }
  // A file says what it says, also where it uses such words.
  return from === "flake" && hasOwnWords(unit.attributes)
    ? rewritten(unit, unit.text, { path, file }, sources, notes)
    : unit.text;
}

/** Front matter written in Nix may hold packages and paths, which stand there in the words of the normal form. */
function rewritten(
  unit: TextUnit,
  text: string,
  { path, file }: { path: string; file: string },
  sources: Sources,
  notes: RenderNotes,
): string | null {
  const omissions = notes.omitted.length;
  const attributes = plainValue(unit.attributes, path, sources, notes) as JsonObject;
  const [omitted] = notes.omitted.slice(omissions);
  if (omitted !== undefined) {
    notes.withheld.push({ path: file, reason: omitted.reason });
    return null;
  }
  const { body } = parseFrontMatter(text);
  return composeMarkdown(attributes, body.replace(/^\n/, ""));
}

/**
 * The client knows an agent by the `name` of its front matter, not by its file, and passes over one without name or
 * description. What is missing is filled in as the client itself does for skills and commands.
 */
function agentText(name: string, text: string, path: string, notes: RenderNotes): string {
  const { attributes, body, error } = parseFrontMatter(text);
  if (error !== null) {
    notes.problem(path, `the client may read its front matter otherwise: ${error}`);
    return text;
  }
  const { name: said, description, ...others } = attributes;
  const known = isText(said) ? said : name;
  if (known !== name) {
    notes.problem(path, `the client knows it as \`${known}\`, the \`name\` of its front matter`);
  }
  if (known.includes(":")) {
    notes.problem(path, "the client passes over an agent with a colon in its name");
  }
  if (isText(said) && isText(description)) return text;
  const described = isText(description) ? description : (firstLine(body) ?? name);
  return composeMarkdown({ name: known, description: described, ...others }, body.replace(/^\n/, ""));
}

function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function firstLine(body: string): string | undefined {
  return body
    .split("\n")
    .map((line) => line.replace(/^#+\s*/, "").trim())
    .find((line) => line !== "");
}
