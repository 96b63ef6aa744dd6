/**
 * Everything a report quotes from a repository is hostile text: it may try to move the cursor, to hide or reorder
 * what a reviewer sees, to give orders to a CI runner, or to break out of Markdown. Each format passes every text
 * of the report through one of these functions; nothing else in this folder prints such a text.
 */

/**
 * What a reader cannot see or would see somewhere else: control characters (C0, C1, ANSI escapes with them), format
 * characters (bidirectional overrides, zero-width, tags), default ignorables (fillers, variation selectors), lone
 * surrogates, private use, non-characters, line and paragraph separators, and every space that is not U+0020.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}\p{NChar}\u2800\ufffc]|(?! )\p{Zs}/gu;

/** Older runners read `##[command]` (others `##vso[`) anywhere in a line, */
const ANYWHERE_COMMAND = /##(?=[A-Za-z]*\[)/g;
/** and newer ones `::command::` after any leading blanks. */
const LINE_COMMAND = /^(\s*):(?=:)/gm;

/** One line for a terminal or a log: what cannot be seen stands as `\n`, `\t` or `\u{202e}`. */
export function visible(text: string): string {
  return text
    .replace(INVISIBLE, (character) => {
      if (character === "\n") return "\\n";
      if (character === "\t") return "\\t";
      if (character === "\r") return "\\r";
      return `\\u{${character.codePointAt(0)!.toString(16)}}`;
    })
    .replace(ANYWHERE_COMMAND, "\\u{23}#");
}

/** The last step of what goes to a terminal or log, applied to whole output, since wrapping makes new line starts. */
export function withoutLineCommands(output: string): string {
  return output.replace(LINE_COMMAND, "$1\\u{3a}");
}

/** The same JSON value, spelled so that it can be printed anywhere: only `\uXXXX` escapes are added. */
export function printableJson(json: string): string {
  return json
    .replace(INVISIBLE, (character) => (character === "\n" ? character : codeUnitEscapes(character)))
    .replace(ANYWHERE_COMMAND, "\\u0023#");
}

function codeUnitEscapes(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}

/** As `visible`, in the notation people look up: `U+202E`. */
function visibleCodePoints(text: string): string {
  return text.replace(INVISIBLE, codePoint).replace(ANYWHERE_COMMAND, `${codePoint("#")}#`);
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Words that mean nothing to Markdown or to GitHub, wherever they stand in a line. */
const PLAIN_WORD = /^["'(]*[\p{L}\p{M}\p{N}%=/'"(),.;:?!+-]+$/u;
/** Would be a link, a commit, an issue, an emoji, or structure at the start of a line. */
const SPECIAL_WORD = /:\/\/|www\.|\b[0-9a-f]{7,40}\b|\bgh-\d|:[\w+-]*:|^[-+=]+$|^\d+[.)]$/i;

/**
 * Prose of the report as Markdown. What stands in backticks becomes a code span, and so does every word outside
 * them that is not plain: mentions, issue numbers, links and HTML mean nothing there, and GitHub has no other
 * way to take the meaning from `@name` (a backslash does not).
 */
export function markdownProse(text: string): string {
  const segments = text.split("`");
  // An odd number of backticks: the last one opens nothing and is part of the text.
  const loose = segments.length % 2 === 0 ? segments.length - 1 : -1;
  const pieces = segments.flatMap((segment, index) => {
    if (index === loose) return [markdownCode("`"), ...markdownWords(segment)];
    if (index % 2 === 0) return markdownWords(segment);
    return segment === "" ? [] : [markdownCode(segment)];
  });
  // Two code spans side by side would be read as one longer run of backticks.
  return pieces.reduce(
    (line, piece) => `${line}${line.endsWith("`") && piece.startsWith("`") ? " " : ""}${piece}`,
    "",
  );
}

function markdownWords(text: string): string[] {
  return text
    .split(/([ \n\t]+)/)
    .map(markdownWord)
    .filter((word) => word !== "");
}

function markdownWord(word: string): string {
  if (/^[ \n\t]*$/.test(word)) return word === "" ? "" : " ";
  if (word === "->") return "→";
  if (PLAIN_WORD.test(word) && !SPECIAL_WORD.test(word)) return word;
  // Brackets and punctuation around the word stay outside of the code.
  const [, before = "", core = "", after = ""] = /^(["'(]*)(.*?)([)"',.;:?!]*)$/su.exec(word) ?? [];
  return core === "" ? markdownCode(word) : before + markdownCode(core) + after;
}

/**
 * A code span that its content cannot leave, on one line. A pipe would end a table's cell even inside backticks,
 * and escaping it is ambiguous after a backslash, so such content is written as HTML with character references.
 */
export function markdownCode(text: string): string {
  const content = visibleCodePoints(text);
  if (content.trim() === "") return `\`"${content}"\``;
  if (content.includes("|")) return `<code>${characterReferences(content)}</code>`;
  const fence = "`".repeat(longestBacktickRun(content) + 1);
  const padding = /^[` ]|[` ]$/.test(content) ? " " : "";
  return `${fence}${padding}${content}${padding}${fence}`;
}

/** Character references never count as Markdown structure, and nothing but letters, digits and blanks is left. */
function characterReferences(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`);
}

/** Where a comparison of two revisions may point to; anything else is shown, not linked. */
const COMPARE_LINK = /^https:\/\/(?:github\.com|gitlab\.com|codeberg\.org|git\.sr\.ht)\/[\w.~/-]+$/;
/** Where a line of a file may point to. */
const LINE_LINK =
  /^https:\/\/(?:github\.com|gitlab\.com|codeberg\.org|git\.sr\.ht|bitbucket\.org)\/[\w.~/%-]+#(?:L|lines-)\d+$/;

/** `text` has to be Markdown already. */
export function markdownCompareLink(text: string, url: string): string {
  return COMPARE_LINK.test(url) ? `[${text}](${url})` : `${text} (${markdownCode(url)})`;
}

/** `text` has to be Markdown already; without a page that is known it stands alone. */
export function markdownLineLink(text: string, url: string | undefined): string {
  return url !== undefined && LINE_LINK.test(url) ? `[${text}](${url})` : text;
}

/** A fenced block that its content cannot leave; the lines are kept, everything else invisible is shown. */
export function markdownBlock(language: string, lines: readonly string[]): string {
  const content = lines.map((line) => visibleCodePoints(line).replace(LINE_COMMAND, `$1${codePoint(":")}`));
  const fence = "`".repeat(Math.max(3, longestBacktickRun(content.join("\n")) + 1));
  return [`${fence}${language}`, ...content, fence].join("\n");
}

function longestBacktickRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** A string literal of Nix. */
export function nixString(text: string): string {
  return `"${text.replace(/["\\]|\$(?=\{)/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** One line as text or attribute value of XML; what XML cannot hold at all is spelled out like everything invisible. */
export function xmlText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => XML_ENTITIES[character]!);
}

/** One line as text or attribute value of HTML. Colons in a row are told apart, for a runner that prints the page. */
export function htmlText(text: string): string {
  return xmlText(text).replace(/:(?=:)/g, "&#58;");
}

/** A page that a link may lead to: a comparison of revisions, or a line of a file. Null: to be shown, not linked. */
export function knownPage(url: string | undefined): string | null {
  return url !== undefined && (COMPARE_LINK.test(url) || LINE_LINK.test(url)) ? url : null;
}
