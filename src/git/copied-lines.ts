import type { LineOrigin } from "../check/ports.ts";
import { isText } from "./path-text.ts";
import type { View } from "./view.ts";

type Known = Extract<LineOrigin, { kind: "commit" }>;

/** A line as it was put where it stands. */
interface Touch {
  commit: string;
  file: string;
  line: number;
}

type Origins = ReadonlyMap<number, LineOrigin>;

/**
 * Git follows a line to any text like it in what changed along with it, be it moved or copied: with a touch of a page
 * that shows a rule, the rule would seem to be the work of whoever wrote the page. What stays where it was is copied,
 * and the work of whoever copied it.
 * @param written by line: who wrote the text, as far as Git follows it.
 * @param touched by line: who put it where it stands.
 * @param asked the file, and the commit that stands for what is not committed yet.
 */
export async function withoutCopies(
  view: View,
  written: Origins,
  touched: Origins,
  asked: { file: string; own: string | null },
): Promise<Origins> {
  const files = new Map<string, Promise<string[] | null>>();
  const linesOf = (commit: string, file: string) => {
    const name = `${commit}:${file}`;
    const lines = files.get(name) ?? readLines(view, name);
    files.set(name, lines);
    return lines;
  };
  const told = [...written].map(async ([line, origin]): Promise<[number, LineOrigin]> => {
    const there = touched.get(line);
    if (origin.kind !== "commit" || there === undefined || there.kind === "unknown") {
      return [line, there?.kind === "unknown" ? there : origin];
    }
    const touch = touchOf(there, { ...asked, line });
    const isMoved = touch === null || touch.commit === origin.commit.id;
    return [line, isMoved || !(await isCopy(origin, touch, linesOf)) ? origin : there];
  });
  return new Map(await Promise.all(told));
}

function touchOf(
  origin: LineOrigin,
  { own, file, line }: { own: string | null; file: string; line: number },
): Touch | null {
  if (origin.kind === "commit") return { commit: origin.commit.id, file: origin.file, line: origin.line };
  return origin.kind === "uncommitted" && own !== null ? { commit: own, file, line } : null;
}

/** Does the text stand at its former place, too, since it was put at this one? */
async function isCopy(
  origin: Known,
  { commit, file, line }: Touch,
  linesOf: (commit: string, file: string) => Promise<string[] | null>,
): Promise<boolean> {
  const text = (await linesOf(commit, file))?.[line - 1];
  if (text === undefined) return true;
  const there = (await linesOf(commit, origin.file)) ?? [];
  const others = there.filter((one, index) => one === text && (origin.file !== file || index !== line - 1));
  return others.length > 0;
}

/** Without blanks, which `-w` passes over; null where there is no such file. */
async function readLines(view: View, name: string): Promise<string[] | null> {
  if (!isText(name)) return null;
  const { exitCode, stdout } = await view.git(["cat-file", "blob", name]);
  if (exitCode !== 0) return null;
  const lines = stdout.toString("latin1").split("\n");
  return lines.map((line) => line.replace(/\s/g, ""));
}
