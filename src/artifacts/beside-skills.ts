import type { ClaudeContext } from "../model/context.ts";
import { attributePath } from "../model/position.ts";
import { pathProblem, stepProblem } from "./file-names.ts";
import type { FileBeside, RenderNotes } from "./rendered.ts";

export interface ContentBeside {
  bytes: Uint8Array;
  executable: boolean;
}

/** What stands beside the text of a skill under a path relative to it; a text says in words why that is not known. */
export type FilesBeside = (skill: string, file: string) => ContentBeside | string;

const MAIN = "SKILL.md";
/** More names of files than these say nothing more. */
const SHOWN_FILES = 5;
const ONLY_HASHES = "only hashes of the files beside its text are part of the context";

/** Scripts, templates and whatever else a skill has in its directory, as far as it could be had. */
export function filesBesideSkills(
  skills: ClaudeContext["skills"],
  contentOf: FilesBeside = () => ONLY_HASHES,
  notes: RenderNotes,
): { path: string; file: FileBeside }[] {
  return Object.entries(skills).flatMap(([name, unit]) => {
    const path = attributePath("skills", name);
    // Without its text, that was said already.
    if (unit.text === null || stepProblem(name) !== null) return [];
    const directory = `.claude/skills/${name}/`;
    const unknown = new Map<string, string[]>();
    const found = Object.keys(unit.files).flatMap((file): { path: string; file: FileBeside }[] => {
      if (file === MAIN) return [];
      const problem = pathProblem(file);
      if (problem !== null) {
        notes.problem(path, `the file ${file} beside its text ${problem}, and cannot be written`);
        return [];
      }
      const content = contentOf(name, file);
      if (typeof content !== "string") {
        return [{ path, file: { path: directory + file, of: directory + MAIN, ...content } }];
      }
      unknown.set(content, [...(unknown.get(content) ?? []), file]);
      return [];
    });
    for (const [reason, files] of unknown) {
      notes.omit(path, `${reason}: ${listed(files)}`);
      for (const file of files) notes.withheld.push({ path: directory + file, reason });
    }
    return found;
  });
}

function listed(files: readonly string[]): string {
  const more = files.length > SHOWN_FILES ? `, and ${files.length - SHOWN_FILES} more` : "";
  return files.slice(0, SHOWN_FILES).join(", ") + more;
}
