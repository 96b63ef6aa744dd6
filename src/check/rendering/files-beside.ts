import { createHash } from "node:crypto";
import type { ContentBeside, FilesBeside } from "../../artifacts/index.ts";
import type { ClaudeContext } from "../../model/context.ts";
import type { RawValue } from "../../model/raw-value.ts";
import type { Repository, Tree } from "../ports.ts";

/** A file of a directory that is a value of the context. */
interface Listed {
  /** In the tree, for a file of this repository. */
  own: string | null;
  text: string | null;
  executable: boolean;
}

/** How a path value of this repository begins. */
const OWN = "./";

/**
 * The files that skills have beside their text. The evaluation knows each by the hash of its bytes, and mostly its
 * text; what it does not hold is read from the tree that was evaluated, and counts only with that hash.
 */
export async function filesBeside(
  value: RawValue,
  skills: ClaudeContext["skills"],
  source: { repository: Repository; tree: Tree } | null,
): Promise<FilesBeside> {
  const listed = listedFiles(value);
  const contents = new Map<string, ContentBeside>();
  for (const { files } of Object.values(skills)) {
    for (const [file, sha256] of Object.entries(files)) {
      const found = listed.get(keyOf(file, sha256));
      const content = found === undefined ? null : await contentOf(found, sha256, source);
      if (content !== null) contents.set(keyOf(file, sha256), content);
    }
  }
  return (skill, file) => {
    const sha256 = skills[skill]?.files[file] ?? "";
    return contents.get(keyOf(file, sha256)) ?? reasonFor(listed.get(keyOf(file, sha256)));
  };
}

function reasonFor(found: Listed | undefined): string {
  return found?.own === null
    ? "of an input's files only those that are text are part of the context"
    : "it is a symbolic link, or not what was evaluated";
}

async function contentOf(
  { own, text, executable }: Listed,
  sha256: string,
  source: { repository: Repository; tree: Tree } | null,
): Promise<ContentBeside | null> {
  if (text !== null) return { bytes: new TextEncoder().encode(text), executable };
  if (own === null || source === null) return null;
  const bytes = await source.repository.readFile(source.tree, own);
  const isSame = bytes !== null && createHash("sha256").update(bytes).digest("hex") === sha256;
  return isSame ? { bytes, executable } : null;
}

/** Every file of every directory that stands in `skills`, by its name there and its hash. */
function listedFiles(value: RawValue): Map<string, Listed> {
  const found = new Map<string, Listed>();
  const visit = (one: RawValue): void => {
    if (one.kind === "list") one.items.forEach(visit);
    if (one.kind === "set") Object.values(one.entries).forEach(visit);
    if (one.kind !== "path" || one.content.kind !== "directory") return;
    for (const { path, sha256, text, executable } of one.content.files) {
      const own =
        one.path === "." ? path : one.path.startsWith(OWN) ? `${one.path.slice(OWN.length)}/${path}` : null;
      found.set(keyOf(path, sha256), { own, text: text ?? null, executable: executable ?? false });
    }
  };
  const skills =
    value.kind === "set" && Object.hasOwn(value.entries, "skills") ? value.entries.skills : undefined;
  if (skills !== undefined) visit(skills);
  return found;
}

function keyOf(file: string, sha256: string): string {
  return `${sha256} ${file}`;
}
