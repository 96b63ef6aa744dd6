import { stripVTControlCharacters } from "node:util";

/** One error as `--log-format internal-json` prints it; frames are innermost first. */
export interface NixError {
  message: string;
  place: NixPlace | null;
  frames: { message: string; place: NixPlace | null }[];
}

export interface NixPlace {
  /** A store path, or `«git+file:///…»/flake.nix`; not yet symbolic. */
  file: string;
  line: number;
  column: number;
}

export interface NixLog {
  /** The last one is what ended the run. */
  errors: NixError[];
  /** Lines that are not Nix's own: from Git, the garbage collector, the loader. */
  plain: string[];
}

const PREFIX = "@nix ";
const MAX_PLAIN_LINES = 40;

/** Progress is dropped as it comes; errors have level 0. */
export function isWorthKeeping(line: string): boolean {
  return (
    !line.startsWith(PREFIX) ||
    (line.includes('"action":"msg"') && /"level":0\b/.test(line) && line.includes('"raw_msg"'))
  );
}

export function readLog(lines: readonly string[]): NixLog {
  const log: NixLog = { errors: [], plain: [] };
  for (const line of lines) {
    if (!line.startsWith(PREFIX)) {
      const words = clean(line);
      // Printed before the log format is in force; never a reason.
      if (!words.startsWith("warning: ") && log.plain.length < MAX_PLAIN_LINES) log.plain.push(words);
      continue;
    }
    const error = readError(line.slice(PREFIX.length));
    if (error !== null) log.errors.push(error);
  }
  return log;
}

/** What the innermost error frame of ours says: "@nixclaude TOKEN" and a JSON string. */
export function frameLabel(error: NixError, token: string): string | null {
  const prefix = `@nixclaude ${token} `;
  for (const { message } of error.frames) {
    // Nix 2.8 puts the words "while …" of its own in front of nothing: the frame is the message itself.
    const at = message.indexOf(prefix);
    if (at < 0) continue;
    try {
      const label: unknown = JSON.parse(message.slice(at + prefix.length));
      if (typeof label === "string") return label;
    } catch {
      // A frame that was cut short is no help.
    }
  }
  return null;
}

function readError(json: string): NixError | null {
  let message: unknown;
  try {
    message = JSON.parse(json);
  } catch {
    return null;
  }
  // `builtins.trace` and plain warnings have level 0 as well, but no `raw_msg`: that is what makes an error.
  if (!isRecord(message) || message.action !== "msg" || typeof message.raw_msg !== "string") return null;
  const trace = Array.isArray(message.trace) ? message.trace.filter(isRecord) : [];
  return {
    message: clean(message.raw_msg),
    place: placeOf(message),
    frames: trace.map((frame) => ({ message: clean(text(frame.raw_msg)), place: placeOf(frame) })),
  };
}

/** Nix 2.26 and later repeat line and column in the file's name. */
function placeOf(record: Record<string, unknown>): NixPlace | null {
  const { file, line, column } = record;
  if (typeof file !== "string" || typeof line !== "number" || typeof column !== "number") return null;
  const suffix = `:${line}:${column}`;
  return { file: file.endsWith(suffix) ? file.slice(0, -suffix.length) : file, line, column };
}

/** Escape codes out; every other control character becomes a space (renderers escape what is left). */
function clean(message: string): string {
  return stripVTControlCharacters(message)
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ")
    .trim();
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
