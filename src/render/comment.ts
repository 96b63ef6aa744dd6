import type { Report } from "../model/report.ts";
import { document, type Section, sections } from "./markdown.ts";

/** GitHub takes 65,536 characters; marker and links need some of them. */
export const COMMENT_MAX_CHARACTERS = 60_000;

/** Where readers find more, and when this was written. */
export interface CommentOptions {
  /** Page of the run. */
  runUrl: string;
  /** Commit that was checked. */
  head: string;
  maxCharacters?: number;
  /** One sentence about where the report comes from. */
  note?: string;
}

/**
 * The comment on a pull request, from its largest form to its smallest. Parts are left out whole and in a fixed order, so
 * that no fence or table is cut open; what blocks goes last, and then only as many as there is room for.
 */
export function commentForms(report: Report, options: CommentOptions): string[] {
  const all = sections(report);
  const orders = [...new Set(all.map(({ shed }) => shed))]
    .filter((shed) => shed !== "never")
    .sort((a, b) => a - b);
  const forms = [0, ...orders].map((upTo) =>
    written(
      all.flatMap((section) => remaining(section, upTo)),
      all,
      options,
    ),
  );
  const { maxCharacters = COMMENT_MAX_CHARACTERS } = options;
  const fitting = forms.filter((form) => form.length <= maxCharacters);
  return [...new Set([...fitting, shortest(all, options, maxCharacters)])];
}

/** What is said where nothing differs any more. */
export function nothingDiffers({ runUrl, head }: CommentOptions): string {
  return `No change in what Claude is told or may do at ${head.slice(0, 12)}. [The run](${runUrl})\n`;
}

/** What is left of a part when those up to `upTo` have gone. */
function remaining(section: Section, upTo: number): Section[] {
  const { shed, inPlace = "" } = section;
  if (shed === "never" || shed > upTo) return [section];
  return inPlace === "" ? [] : [{ text: inPlace, shed }];
}

function written(kept: readonly Section[], all: readonly Section[], options: CommentOptions): string {
  const isCut = all.some((section) => !kept.includes(section));
  return document([...kept.map(({ text }) => text), footer(options, isCut)]);
}

/** As many of the parts that always stay as there is room for, in their order. */
function shortest(all: readonly Section[], options: CommentOptions, maxCharacters: number): string {
  const kept: Section[] = [];
  let length = written([], all, options).length;
  for (const section of all.filter(({ shed }) => shed === "never")) {
    // With the empty line between parts.
    length += section.text.length + 2;
    if (length > maxCharacters) break;
    kept.push(section);
  }
  return written(kept, all, options);
}

function footer({ runUrl, head, note }: CommentOptions, cut: boolean): string {
  const rest = cut ? " Parts were left out for length; the job summary has them." : "";
  const about = note === undefined ? "" : ` ${note}`;
  return `<sub>Checked ${head.slice(0, 12)}.${rest}${about} [The run](${runUrl})</sub>`;
}
