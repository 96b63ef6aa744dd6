import type { TextUnit } from "../model/context.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import type { RawDerivation, RawPath, RawSet, RawValue } from "../model/raw-value.ts";
import { filesDigest, sha256 } from "./digest.ts";
import { composeMarkdown, parseFrontMatter } from "./front-matter.ts";
import type { Notes } from "./notes.ts";
import { notePathText } from "./path-text.ts";
import { plainJson } from "./plain.ts";
import { entriesOf, entryOf, lastStep, packageName, stringOf, textOf } from "./read.ts";

/** What kind of text it is: the name its main file has among `files`, whatever the file is called where it lies. */
export type MainFile = "SKILL.md" | "agent.md" | "command.md" | "output-style.md";

/** Keys of the attrset form that hold the body; all others are front matter. */
const BODY_KEYS = ["text", "prompt"];

/** Front matter as Nix attributes are spelled. An agent's `disallowedTools` is the client's own word. */
const SPELLINGS: Readonly<Record<string, string>> = {
  allowedTools: "allowed-tools",
  disallowedTools: "disallowed-tools",
};

/**
 * One skill, agent, command or output style from any of its forms; undefined when it has none of them. Compared by
 * content: the same bytes give the same unit, wherever they lie and whatever store path they have.
 */
export function textUnitOf(
  raw: RawValue | undefined,
  main: MainFile,
  name: string | null,
  path: string,
  notes: Notes,
): TextUnit | undefined {
  switch (raw?.kind) {
    case "path":
      return unitOfPath(raw, main, path, notes);
    case "derivation":
      return unitOfPackage(raw);
    case "set":
      return unitOfSet(raw, main, name, path, notes);
    case "scalar":
    case "string-like": {
      const text = stringOf(raw);
      if (text === undefined || main === "SKILL.md") return undefined;
      notePathText(raw, path, notes);
      return unitOfText(text, main, path, notes);
    }
    default:
      return undefined;
  }
}

/** The name of a unit in a list: what its front matter or `name` says, else the name of its file or directory. */
export function unitName(raw: RawValue, unit: TextUnit): string | undefined {
  const said = unit.attributes.name;
  if (typeof said === "string" && said !== "") return said;
  if (raw.kind === "derivation") return packageName(raw);
  if (raw.kind !== "path") return undefined;
  const last = lastStep(raw);
  const owner = /^SKILL\.md$/i.test(last) ? (raw.path.split("/").at(-2) ?? last) : last;
  return owner.replace(/\.(?:md|nix|txt)$/, "");
}

function unitOfPath(raw: RawPath, main: MainFile, path: string, notes: Notes): TextUnit | undefined {
  const content = raw.content;
  switch (content.kind) {
    case "file":
      return unitOfFiles({ [main]: content.sha256 }, content.text ?? null, path, notes);
    case "directory": {
      if (main !== "SKILL.md") return undefined;
      if (content.truncated)
        notes.limit(path, "skillFiles", `${raw.path} holds more files than are compared`);
      const entry = content.files.find((file) => file.path === main);
      if (entry === undefined) {
        notes.problem(path, `a directory without SKILL.md (${raw.path})`, "a directory with a SKILL.md");
      }
      const files = Object.fromEntries(content.files.map((file) => [file.path, file.sha256]));
      return unitOfFiles(files, entry?.text ?? null, path, notes);
    }
    case "symlink":
    case "missing":
      return undefined;
  }
}

function unitOfSet(
  raw: RawSet,
  main: MainFile,
  name: string | null,
  path: string,
  notes: Notes,
): TextUnit | undefined {
  const bodyKey = BODY_KEYS.find((key) => entryOf(raw, key) !== undefined);
  const body = bodyKey === undefined ? "" : textOf(entryOf(raw, bodyKey));
  if (body === undefined) return undefined;
  const written = parseFrontMatter(body);
  if (written.error !== null) {
    noteFrontMatter(attributePath(path, bodyKey ?? "text"), written.error, notes);
  }
  const said = entriesOf(raw).flatMap(([key, value]): [string, Json][] => {
    if (BODY_KEYS.includes(key)) return [];
    const plain = key === "description" ? textOf(value) : plainJson(value);
    return plain === undefined ? [] : [[wordOf(key, main), plain]];
  });
  noteSpelledTwice(raw, main, path, notes);
  const attributes: JsonObject = { ...written.attributes, ...Object.fromEntries(said) };
  const named = attributes.name ?? name;
  return unitOfText(
    composeMarkdown({ ...(named === null ? {} : { name: named }), ...attributes }, written.body),
    main,
    path,
    notes,
  );
}

/** The word of the client's front matter. */
function wordOf(key: string, main: MainFile): string {
  const isOfSkills = main === "SKILL.md" || main === "command.md";
  return isOfSkills && Object.hasOwn(SPELLINGS, key) ? SPELLINGS[key]! : key;
}

function noteSpelledTwice(raw: RawSet, main: MainFile, path: string, notes: Notes): void {
  for (const [key] of entriesOf(raw)) {
    const word = wordOf(key, main);
    if (word === key || entryOf(raw, word) === undefined) continue;
    notes.problem(
      attributePath(path, key),
      `\`${key}\` beside \`${word}\``,
      "one of them: they are the same",
    );
  }
}

function unitOfText(text: string, main: MainFile, path: string, notes: Notes): TextUnit {
  return unitOfFiles({ [main]: sha256(text) }, text, path, notes);
}

function unitOfFiles(
  files: Record<string, string>,
  text: string | null,
  path: string,
  notes: Notes,
): TextUnit {
  const front = parseFrontMatter(text ?? "");
  if (front.error !== null) noteFrontMatter(path, front.error, notes);
  const { description } = front.attributes;
  return {
    description: typeof description === "string" ? description : null,
    text,
    digest: filesDigest(files),
    files,
    attributes: front.attributes,
  };
}

/** A package is not built to look inside: its name and version are all that can be compared. */
function unitOfPackage(raw: RawDerivation): TextUnit {
  return {
    description: null,
    text: null,
    digest: filesDigest({ $package: raw.name }),
    files: {},
    attributes: {},
  };
}

function noteFrontMatter(path: string, error: string, notes: Notes): void {
  notes.problem(path, `front matter that cannot be read: ${error}`, "YAML between two lines `---`");
}
