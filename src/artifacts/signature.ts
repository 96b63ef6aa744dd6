import { createHash } from "node:crypto";
import { parseFrontMatter } from "../context/front-matter.ts";
import { RENDERED_NOTE as NOTE } from "../model/artifact-drift.ts";
import { compareText } from "../model/order.ts";
import { pathProblem } from "./file-names.ts";

/** SHA-256 (hex) of files that belong to a text, by path relative to it: scripts of a skill. */
export type BesideDigests = Readonly<Record<string, string>>;

/** What the header of a text says. */
export interface Signature {
  /** The text is what was written, to the letter. */
  intact: boolean;
  /** The text without its header. */
  body: string;
  beside: BesideDigests;
}

const HEX = "[0-9a-f]{64}";
/** In a memory file the client takes out a comment at the start of a line. */
const COMMENT = new RegExp(`^<!-- ${NOTE} sha256:(${HEX}) -->\n`);
/** In front matter a comment is YAML's own. */
const LINE = new RegExp(`^(\uFEFF?---[ \t]*\n)# ${NOTE} sha256:(${HEX})\n`);
const BESIDE = new RegExp(`^# beside it: sha256:(${HEX}) (\\S[^\n]*)\n`);

/** The text as it is written: with a header that tells later whether anyone else has changed it. */
export function signText(path: string, text: string, beside: BesideDigests = {}): string {
  const plain = unixLines(text);
  if (isMemory(path)) return `<!-- ${NOTE} sha256:${digestOf(plain, beside)} -->\n${plain}`;
  const whole = hasFrontMatter(plain) ? plain : `---\n---\n${plain}`;
  const start = whole.indexOf("\n") + 1;
  const lines = Object.entries(beside)
    .sort(([a], [b]) => compareText(a, b))
    .map(([file, digest]) => `# beside it: sha256:${digest} ${file}\n`);
  // A line of the text itself that looks like one of ours is none.
  const end = BESIDE.test(whole.slice(start)) ? "#\n" : "";
  const body = whole.slice(0, start) + end + whole.slice(start);
  const header = `# ${NOTE} sha256:${digestOf(body, beside)}\n${lines.join("")}`;
  return body.slice(0, start) + header + body.slice(start);
}

/** The header of a text that stands somewhere, which is hostile; null when it has none. */
export function signatureOf(path: string, text: string): Signature | null {
  const plain = unixLines(text);
  const found = isMemory(path) ? memoryHeader(plain) : lineHeader(plain);
  if (found === null) return null;
  const { digest, body, beside } = found;
  return { intact: digestOf(body, beside) === digest, body, beside };
}

interface Header {
  digest: string;
  body: string;
  beside: BesideDigests;
}

function memoryHeader(text: string): Header | null {
  const found = COMMENT.exec(text);
  return found === null ? null : { digest: found[1]!, body: text.slice(found[0].length), beside: {} };
}

function lineHeader(text: string): Header | null {
  const found = LINE.exec(text);
  if (found === null) return null;
  let rest = text.slice(found[0].length);
  const beside: [string, string][] = [];
  for (let line = BESIDE.exec(rest); line !== null; line = BESIDE.exec(rest)) {
    // A name that leads elsewhere was never written.
    if (pathProblem(line[2]!) === null) beside.push([line[2]!, line[1]!]);
    rest = rest.slice(line[0].length);
  }
  return { digest: found[2]!, body: found[1]! + rest, beside: Object.fromEntries(beside) };
}

function digestOf(body: string, beside: BesideDigests): string {
  const files = Object.entries(beside)
    .sort(([a], [b]) => compareText(a, b))
    .map(([file, digest]) => `\0${digest} ${file}`);
  return createHash("sha256")
    .update(body + files.join(""), "utf8")
    .digest("hex");
}

function hasFrontMatter(text: string): boolean {
  return parseFrontMatter(text).body !== text;
}

function isMemory(path: string): boolean {
  return path === "CLAUDE.md";
}

/** Git may check a file out with other line endings than it was written with. */
export function unixLines(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
