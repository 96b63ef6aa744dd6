/*
 * The client treats two things in a memory file as more than text, wherever its Markdown parser finds running text:
 * `@path` is replaced by what that file holds, and a comment at the start of a line is taken out. In a context both
 * are text. A backslash, Markdown's own escape, makes them that again; in code it would be seen, and is not needed.
 */

/** Where the client may take `@` for the start of an import: not inside a word, and after an escaped backslash. */
const IMPORT = /(?<!\\)(\\+)@(?=\S)|(?<![\p{L}\p{N}\\])@(?=\S)/gu;
const COMMENT = /^([^\S\n]*)(?=<!--)/gm;

/** The text with nothing in it that the client would act on. */
export function asPlainText(markdown: string): string {
  const text = unixLines(markdown);
  const scanned = scan(text);
  if (scanned === null) return escaped(text);
  return scanned.parts.map((part) => (part.code ? part.text : escaped(part.text))).join("");
}

/** The text with its last fence closed, so that what follows is not taken for code. */
export function withClosedFence(markdown: string): string {
  const text = unixLines(markdown);
  const open = scan(text)?.open ?? null;
  return open === null ? text : `${text.replace(/\n+$/, "")}\n${open}`;
}

/** A code block around any text: the fence is longer than every run of backticks in it. */
export function codeBlock(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${unixLines(text)}\n${fence}`;
}

/** A code span around one line of text. */
export function codeSpan(text: string): string {
  const ticks = "`".repeat(longestRun(text) + 1);
  const pad = /^`|`$/.test(text) ? " " : "";
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

interface Scanned {
  parts: Part[];
  /** The fence that is still open at the end. */
  open: string | null;
}

interface Part {
  code: boolean;
  text: string;
}

/** Constructs that may reach over several lines and bind stronger than a code span: raw HTML, links, strike-through. */
const UNSURE = /<[A-Za-z/!?]|\]\(|\]:|~/;
/** Those within a line: escapes, cells of a table, addresses. */
const UNSURE_BESIDE_SPANS = /[\\|]|:\/\/|www\./i;

/**
 * Code and prose, as far as no parser could disagree; null when one could. What is taken for code is not escaped, so
 * it must be code: only fences at the start of a line count, and spans within one, and only where nothing is near
 * that could make the parser see others.
 */
function scan(text: string): Scanned | null {
  const parts: Part[] = [];
  let open: string | null = null;
  for (const line of text.split(/(?<=\n)/)) {
    const bare = line.replace(/\n$/, "");
    if (open !== null) {
      parts.push({ code: true, text: line });
      if (!bare.includes(open)) continue;
      // An indented fence, or one with words behind it, may close the block or not.
      if (!closes(bare, open)) return null;
      open = null;
    } else if (opens(bare)) {
      parts.push({ code: true, text: line });
      open = /^(?:`+|~+)/.exec(bare)![0];
    } else {
      const spans = /`{3}|~{3}/.test(bare) || UNSURE.test(bare) ? null : spansOf(line);
      if (spans === null) return null;
      for (const span of spans) parts.push(span);
    }
  }
  return { parts, open };
}

function opens(line: string): boolean {
  return /^(?:`{3,}[^`]*|~{3,}.*)$/.test(line);
}

function closes(line: string, open: string): boolean {
  const [, fence = ""] = /^(`+|~+) *$/.exec(line) ?? [];
  return fence.startsWith(open);
}

/** Spans are pairs of equal runs of backticks. */
function spansOf(line: string): Part[] | null {
  const runs = [...line.matchAll(/`+/g)];
  if (runs.length === 0) return [{ code: false, text: line }];
  if (runs.length % 2 === 1 || UNSURE_BESIDE_SPANS.test(line)) return null;
  const parts: Part[] = [];
  let end = 0;
  for (let index = 0; index < runs.length; index += 2) {
    const [start, close] = [runs[index]!, runs[index + 1]!];
    if (start[0] !== close[0]) return null;
    parts.push({ code: false, text: line.slice(end, start.index) });
    end = close.index + close[0].length;
    parts.push({ code: true, text: line.slice(start.index, end) });
  }
  return [...parts, { code: false, text: line.slice(end) }];
}

function escaped(text: string): string {
  return text
    .replace(COMMENT, "$1\\")
    .replace(IMPORT, (found, backslashes: string | undefined) =>
      (backslashes ?? "").length % 2 === 0 ? `${backslashes ?? ""}\\@` : found,
    );
}

/** The client's parser takes a lone carriage return for the end of a line. */
function unixLines(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
