import { createHash } from "node:crypto";
import type { ContentBeside, FilesBeside } from "../../artifacts/index.ts";
import type { ClaudeContext } from "../../model/context.ts";
import type { RawValue } from "../../model/raw-value.ts";

/**
 * The bytes of a file by its symbolic path (`./skills/review/logo.png`); null for what cannot be read: files of inputs,
 * symbolic links.
 */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;

/** A file of a directory that is a value of the context. */
interface Listed {
  /** Symbolic. */
  path: string;
  text: string | null;
  executable: boolean;
}

/**
 * The files that skills have beside their text. The evaluation knows each by the hash of its bytes, and mostly its
 * text; what it does not hold is read where it stands, and counts only with that hash.
 */
export async function filesBeside(
  value: RawValue,
  skills: ClaudeContext["skills"],
  read: ReadFile,
): Promise<FilesBeside> {
  const listed = listedFiles(value);
  const contents = new Map<string, ContentBeside>();
  for (const { files } of Object.values(skills)) {
    for (const [file, sha256] of Object.entries(files)) {
      const found = listed.get(keyOf(file, sha256));
      const content = found === undefined ? null : await contentOf(found, sha256, read);
      if (content !== null) contents.set(keyOf(file, sha256), content);
    }
  }
  return (skill, file) => {
    const sha256 = skills[skill]?.files[file] ?? "";
    return contents.get(keyOf(file, sha256)) ?? reasonFor(listed.get(keyOf(file, sha256)));
  };
}

function reasonFor(found: Listed | undefined): string {
  return found?.path.startsWith("./") === true
    ? "it is a symbolic link, or not what was evaluated"
    : "it is a symbolic link, or a file of an input that is no text";
}

async function contentOf(
  { path, text, executable }: Listed,
  sha256: string,
  read: ReadFile,
): Promise<ContentBeside | null> {
  if (text !== null) return { bytes: new TextEncoder().encode(text), executable };
  const bytes = await read(path);
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
      found.set(keyOf(path, sha256), {
        path: `${one.path}/${path}`,
        text: text ?? null,
        executable: executable ?? false,
      });
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
