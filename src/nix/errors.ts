import { EvaluationError } from "../model/errors.ts";
import type { Position } from "../model/position.ts";
import type { ProcessEnd } from "../system/process.ts";
import type { NixError, NixLog } from "./log.ts";
import type { Symbols } from "./symbols.ts";

export interface ErrorClass {
  code: string;
  hint: string;
}

/** In this order: the first that fits the message. Spellings of Nix 2.8, 2.26 and 2.34. */
const CLASSES: readonly (ErrorClass & { pattern: RegExp })[] = [
  {
    code: "import-from-derivation",
    pattern: /allow-import-from-derivation' is disabled|import from derivation/i,
    hint: "A context must be known without building anything: write generated files into the repository.",
  },
  {
    code: "hash-mismatch",
    pattern: /NAR hash mismatch|hash mismatch|mismatch in field 'narHash'/,
    hint: "What was fetched is not what flake.lock pins: find out why before locking it anew.",
  },
  {
    code: "fetch-failed",
    pattern:
      /unable to download|program 'git' failed|Failed to fetch git|Cannot find Git revision|(getting Git object|resolving Git reference|opening Git repository) '|Failed to open archive|Could not resolve|failed to (fetch|download)|getting status of '(?!\.\/|<)|cannot fetch input|path '\/(?!nix\/store\/)[^']*' does not exist|transport '\w+' not allowed|fatal: /,
    hint: "Check the network and access to the input, or fetch it once without --offline.",
  },
  {
    code: "lock-unsupported",
    pattern: /unsupported version|mutable lock|contains unlocked input|unsupported tarball input attribute/,
    hint: "Write flake.lock anew with a current Nix: `nix flake lock`.",
  },
  {
    code: "lock-stale",
    pattern:
      /requires lock file changes|cannot update (unlocked )?flake input|cannot write modified lock file/,
    hint: "Run `nix flake lock` and commit flake.lock.",
  },
  {
    code: "impure",
    pattern:
      /forbidden in (pure|restricted)|in pure evaluation mode|not allowed in pure|can not be resolved in pure mode|in restricted mode|not allowed to (refer|fetch)|is forbidden/,
    hint: "The context may use only what the flake and its locked inputs hold.",
  },
  {
    code: "disk-full",
    pattern: /No space left on device|database or disk is full|Disk quota exceeded/i,
    hint: "Make room on the disk (`nix store gc`, or remove nixclaude's cache directory).",
  },
  {
    code: "cache-unwritable",
    pattern:
      /(?:opening lock file|creating directory|cannot open SQLite).*(?:Permission denied|Read-only)|readonly database|Read-only file system/i,
    hint: "Make the store writable, or set XDG_CACHE_HOME to a directory that is.",
  },
  {
    code: "evaluation-memory",
    pattern: /out of memory|GC Warning: Out of Memory|bad_alloc|Cannot allocate memory/i,
    hint: "The context needs more memory than is allowed; make it smaller.",
  },
];

const EVALUATION_FAILED: ErrorClass = {
  code: "evaluation-failed",
  hint: "Mend the Nix code; `nix eval` of the attribute shows the same error.",
};

export function classify(message: string): ErrorClass {
  return CLASSES.find(({ pattern }) => pattern.test(message)) ?? EVALUATION_FAILED;
}

/** Where an error stands: its own place, else the innermost frame in a tree we know. */
export function placeOfError(error: NixError, symbols: Symbols): Position | null {
  for (const place of [error.place, ...error.frames.map((frame) => frame.place)]) {
    const position = place === null ? null : symbols.position(place);
    if (position !== null) return position;
  }
  return null;
}

export function formatPlace(position: Position): string {
  const input = position.input === undefined ? "" : `<${position.input}>/`;
  return `${input}${position.file}:${position.line}:${position.column}`;
}

/** What stopped a process that gave no value, when it was not an error in an expression. */
export function errorOfEnd(end: ProcessEnd, log: NixLog, timeoutMs: number): EvaluationError | null {
  switch (end.kind) {
    case "stopped":
    case "timeout":
      return new EvaluationError(
        "evaluation-timeout",
        `evaluation did not end within ${Math.round(timeoutMs / 100) / 10} s and was stopped`,
        { hint: "Look for endless recursion or a very large import in what the context evaluates." },
      );
    case "too-much-output":
      return new EvaluationError(
        "evaluation-output",
        "evaluation printed more than is read and was stopped",
        {
          hint: "The context is larger than any client reads; look for generated text or lists in it.",
        },
      );
    case "signalled":
      return ranOutOfMemory(log)
        ? outOfMemory()
        : new EvaluationError("nix-killed", `Nix was ended by ${end.signal} from outside`, {
            hint: "Run it again; when it happens again, the system may be short of memory.",
          });
    case "not-started":
      if (end.reason.includes("E2BIG")) {
        return new EvaluationError(
          "evaluation-output",
          "Nix would have to be told more than fits a command line",
          {
            hint: "Look for names of enormous length in the context, or for thousands of inputs in flake.lock.",
          },
        );
      }
      return new EvaluationError("nix-missing", `Nix could not be started: ${end.reason}`, {
        hint: "Install Nix 2.8 or later (https://nixos.org/download), or name one with NIXCLAUDE_NIX.",
      });
    case "exited":
      if (end.status === 0) return null;
      if (ranOutOfMemory(log)) return outOfMemory();
      // A shell or a namespace tool reports the death of what it started as 128 + signal.
      return end.status > 128 && log.errors.length === 0
        ? new EvaluationError("nix-killed", `Nix ended with status ${end.status}`, {
            hint: "Run it again; when it happens again, the system may be short of memory.",
            details: log.plain,
          })
        : null;
  }
}

function ranOutOfMemory(log: NixLog): boolean {
  const lines = [...log.plain, ...log.errors.map((error) => error.message)];
  return lines.some((line) => /GC Warning: Out of Memory|out of memory|bad_alloc/i.test(line));
}

function outOfMemory(): EvaluationError {
  return new EvaluationError("evaluation-memory", "evaluation needed more memory than is allowed", {
    hint: "Look for very large values in what the context evaluates.",
  });
}

/** An error that no single value can be blamed for. `subject`: "the flake in HEAD". */
export function wholeError(
  subject: string,
  error: NixError | null,
  log: NixLog,
  symbols: Symbols,
  debug: boolean,
): EvaluationError {
  const message = symbols.text(error?.message ?? log.plain.at(-1) ?? "Nix failed without a message");
  const { code, hint } = classify(`${message} ${log.plain.join(" ")}`);
  const position = error === null ? null : placeOfError(error, symbols);
  const place = position === null ? "" : ` (${formatPlace(position)})`;
  const text = `${subject} did not evaluate: ${shorten(message)}${place}`;
  return new EvaluationError(code, text, { hint, details: debug ? trace(error, log, symbols) : [] });
}

/** Frames for `--debug`, ours left out. */
function trace(error: NixError | null, log: NixLog, symbols: Symbols): string[] {
  const frames = (error?.frames ?? [])
    .filter((frame) => !frame.message.startsWith("@nixclaude "))
    .map(({ message, place }) => {
      const position = place === null ? null : symbols.position(place);
      return `${symbols.text(message)}${position === null ? "" : ` (${formatPlace(position)})`}`;
    });
  return [...frames, ...log.plain.map((line) => symbols.text(line))].slice(0, MAX_TRACE_LINES);
}

const MAX_TRACE_LINES = 200;
const MAX_MESSAGE_CHARS = 500;

export function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_CHARS ? message : `${message.slice(0, MAX_MESSAGE_CHARS)}…`;
}
