import type { CommitFacts } from "../check/ports.ts";
import { pathFromBytes } from "./path-text.ts";

/** A line as `git blame --line-porcelain` prints it. */
export interface BlamedLine {
  /** In the file that was asked for, 1-based. */
  finalLine: number;
  commit: CommitFacts;
  /** Where the line stood in that commit. */
  file: string;
  line: number;
  /** Older than the range that was asked for. */
  unchanged: boolean;
}

/** Each line: `ID LINE FINAL-LINE [COUNT]`, headers (`name value`), and the text after a tab. */
export function parseBlame(output: Buffer): BlamedLine[] {
  const blamed: BlamedLine[] = [];
  let start: RegExpExecArray | null = null;
  let headers = new Map<string, string>();
  // One character a byte: paths need not be UTF-8, and no header can hold a line feed.
  for (const text of output.toString("latin1").split("\n")) {
    if (start === null) {
      start = /^([0-9a-f]{40,64}) (\d+) (\d+)/.exec(text);
      headers = new Map();
    } else if (text.startsWith("\t")) {
      blamed.push(blamedLine(start, headers));
      start = null;
    } else {
      const blank = text.indexOf(" ");
      headers.set(blank < 0 ? text : text.slice(0, blank), blank < 0 ? "" : text.slice(blank + 1));
    }
  }
  return blamed;
}

function blamedLine([, id, line, finalLine]: RegExpExecArray, headers: Map<string, string>): BlamedLine {
  const text = (name: string) => Buffer.from(headers.get(name) ?? "", "latin1");
  return {
    finalLine: Number(finalLine),
    commit: {
      id: id!,
      author: text("author").toString("utf8"),
      seconds: Number(headers.get("author-time") ?? 0),
      subject: text("summary").toString("utf8"),
    },
    file: pathFromBytes(unquoted(text("filename"))),
    line: Number(line),
    unchanged: headers.has("boundary"),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Git puts paths with special bytes in quotes, as C does. */
function unquoted(path: Buffer): Buffer {
  const text = path.toString("latin1");
  if (!/^".*"$/.test(text)) return path;
  const plain = text
    .slice(1, -1)
    .replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string) =>
      octal === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
    );
  return Buffer.from(plain, "latin1");
}
