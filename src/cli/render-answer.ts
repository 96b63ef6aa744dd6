import type { PlannedFile, RenderedFiles } from "../artifacts/index.ts";
import { drifting, type Planned } from "../check/rendering/index.ts";
import { assertNever } from "../model/assert-never.ts";
import { visible, withoutLineCommands } from "../render/escape.ts";
import { filePatch } from "../render/file-patch.ts";
import { hanging } from "../render/layout.ts";
import type { RenderOptions } from "../render/options.ts";

/** What `render --check` found out. */
export interface CheckedFiles extends Planned {
  /** How the tree that was looked at is called. */
  label: string;
  mend: string;
  exitCode: number;
}

/** What differs, file by file, and how to mend it. */
export function renderCheckedFiles(
  { files, rendered, label, mend }: CheckedFiles,
  options: RenderOptions,
): string {
  const wrong = drifting(files);
  const line = (text: string) => hanging("", visible(text), options.columns, 2);
  const fitting = files.length - wrong.length;
  const lines = [
    ...wrong.flatMap((file) => [
      ...line(`${file.path} ${stateInWords(file)}.`),
      ...patchOf(file, label, options),
      "",
    ]),
    ...files.flatMap((file) => (file.state === "unknown" ? line(`${file.path} ${stateInWords(file)}.`) : [])),
    ...noteLines({ files, rendered }, options),
    ...(wrong.length === 0
      ? line(
          files.length === 0
            ? "The context renders to no file."
            : `${counted(fitting)} ${label === "work tree" ? `the ${label}` : label}.`,
        )
      : line(`To mend it: ${wrong.some(isInTheWay) ? "move what is in the way, then " : ""}${mend}`)),
  ];
  return `${withoutLineCommands(lines.join("\n"))}\n`;
}

function isInTheWay({ state }: PlannedFile): boolean {
  return state === "blocked";
}

function counted(count: number): string {
  return count === 1 ? "1 file fits" : `${count} files fit`;
}

/** What is left out, would act otherwise, or is kept though nobody rendered it. */
export function noteLines(
  {
    files,
    rendered,
  }: { files: readonly PlannedFile[]; rendered: Pick<RenderedFiles, "omitted" | "problems"> },
  { columns }: Pick<RenderOptions, "columns">,
): string[] {
  const line = (text: string) => hanging("", visible(text), columns, 2);
  return [
    ...files.flatMap(({ path, foreign }) =>
      foreign.length === 0 ? [] : line(`${path} keeps what is not of the context: ${foreign.join(", ")}.`),
    ),
    ...rendered.problems.flatMap(({ path, message }) => line(`Note: ${path}: ${message}.`)),
    ...rendered.omitted.flatMap(({ path, reason }) => line(`Left out: ${path}: ${reason}.`)),
  ];
}

/** Goes on after the name of the file. */
export function stateInWords({ state, because, loses }: PlannedFile): string {
  const more = because === null ? "" : `: ${because}`;
  switch (state) {
    case "fits":
      return "fits";
    case "missing":
      return `is missing${more}`;
    case "stale":
      return because === null ? "was rendered from another context" : because;
    case "edited":
      return `was rendered, and changed by hand since${because === null ? "" : `: it ${because}`}`;
    case "by-hand":
      return loses ? `was written by hand${because === null ? "" : `: it ${because}`}` : "has no header yet";
    case "leftover":
      return because ?? "was rendered, and the context has nothing for it any more";
    case "edited-leftover":
      return "was rendered and changed by hand since, and the context has nothing for it any more";
    case "unknown":
      return `cannot be compared${more}`;
    case "blocked":
      return because ?? "cannot be written";
    default:
      return assertNever(state);
  }
}

/** What scripts read, of a check and of a write alike. */
export function renderedJson(
  { files, rendered, label, mend, exitCode }: CheckedFiles,
  written: boolean,
): string {
  const answer = {
    schemaVersion: 1,
    tree: label,
    exitCode,
    written,
    files: files.map((file) => ({
      path: file.path,
      state: file.state,
      because: file.because,
      losesWords: file.loses,
      foreign: file.foreign,
      ...(file.state === "fits" ? {} : { diff: patchOf(file, label, { columns: 100, colour: false }) }),
    })),
    problems: rendered.problems,
    omitted: rendered.omitted,
    mend,
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function patchOf(file: PlannedFile, label: string, options: RenderOptions): string[] {
  if (file.state === "blocked" || file.state === "unknown") return [];
  const [stored, wanted] = [shown(file, file.found), shown(file, file.wanted)];
  if (stored === null || wanted === null) return ["It is no text, and its bytes differ."];
  return stored === wanted ? [] : filePatch({ file: file.path, label, stored, wanted }, options);
}

/** Settings are compared by what they say: how somebody has laid them out is no difference. */
function shown({ path }: PlannedFile, bytes: Uint8Array | null): string | null {
  if (bytes === null) return "";
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return path.endsWith(".json") ? laidOut(text) : text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

function laidOut(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return text;
  }
}
