import { UsageError } from "../model/errors.ts";
import { didYouMean } from "../model/nearest.ts";
import { CLIENT_VERSIONS, type ClientVersion, DEFAULT_CLIENT } from "../model/semantics.ts";
import { FORMAT_NAMES, isFormatName } from "../render/format-names.ts";
import { parseLimits } from "./limits.ts";
import { type CheckOptions, COLOR_WHEN, FAIL_ON } from "./options.ts";

/** What commander hands over for the definitions in `options.ts`; a command without an option lacks its key. */
export interface RawOptions {
  base?: string;
  head?: string;
  staged?: boolean;
  worktree?: boolean;
  includeUntracked?: boolean;
  flake?: string[];
  attribute?: string;
  org?: string[];
  format?: string[];
  failOn?: string;
  frozen?: boolean;
  approve?: string[];
  client?: string;
  untrusted?: boolean;
  offline?: boolean;
  cache?: boolean;
  debug?: boolean;
  color?: string;
  limit?: string[];
  verifyWith?: string[];
  allowNetwork?: boolean;
  clientTimeout?: string;
}

/** Throws UsageError for values that are not known and flags that contradict each other. */
export function parseOptions(raw: RawOptions): CheckOptions {
  rejectContradictions(raw);
  rejectOpenClient(raw);
  return {
    ...(raw.base === undefined ? {} : { base: filled("--base", raw.base) }),
    ...(raw.head === undefined ? {} : { head: filled("--head", raw.head) }),
    staged: raw.staged ?? false,
    worktree: raw.worktree ?? false,
    includeUntracked: raw.includeUntracked ?? false,
    flakes: (raw.flake ?? []).map((flake) => filled("--flake", flake)),
    attribute: filled("--attribute", raw.attribute ?? "claudeContext"),
    orgs: (raw.org ?? []).map((org) => filled("--org", org)),
    formats: parseFormats(raw.format ?? ["terminal"]),
    failOn: oneOf("--fail-on", raw.failOn ?? "error", FAIL_ON),
    frozen: raw.frozen ?? false,
    approve: (raw.approve ?? []).map((fingerprint) => filled("--approve", fingerprint)),
    client: oneOf<ClientVersion>("--client", raw.client ?? DEFAULT_CLIENT, CLIENT_VERSIONS),
    untrusted: raw.untrusted ?? false,
    offline: raw.offline ?? false,
    cache: raw.cache ?? true,
    debug: raw.debug ?? false,
    color: oneOf("--color", raw.color ?? "auto", COLOR_WHEN),
    limits: parseLimits(raw.limit ?? []),
    probe: {
      with: (raw.verifyWith ?? []).map((client) => filled("--verify-with", client)),
      allowNetwork: raw.allowNetwork ?? false,
      timeoutMs: parseSeconds("--client-timeout", raw.clientTimeout ?? "60") * 1000,
    },
  };
}

function rejectContradictions(raw: RawOptions): void {
  const ends = [
    ...(raw.head === undefined ? [] : ["--head"]),
    ...(raw.staged ? ["--staged"] : []),
    ...(raw.worktree ? ["--worktree"] : []),
  ];
  if (ends.length > 1) {
    throw new UsageError("contradictory-flags", `${ends.join(" and ")} name different things to check`, {
      hint: "Choose one end to check: a revision, the staged index or the work tree.",
    });
  }
  if (raw.includeUntracked && (raw.head !== undefined || raw.staged)) {
    throw new UsageError("contradictory-flags", `${ends[0]} has no untracked files for --include-untracked`, {
      hint: "Leave one of the two out.",
    });
  }
}

/** What a stranger wrote meets the client in its box or not at all. */
function rejectOpenClient(raw: RawOptions): void {
  if (raw.untrusted && raw.allowNetwork) {
    throw new UsageError("contradictory-flags", "--allow-network cannot stand beside --untrusted", {
      hint: "Run on a system that has the closed box, or without asking the client.",
    });
  }
}

function parseSeconds(flag: string, text: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= 24 * 3600) return seconds;
  throw new UsageError("unknown-value", `${flag} cannot be "${text}"`, {
    hint: "Give a number of seconds above 0, at most a day.",
  });
}

function parseFormats(formats: readonly string[]): CheckOptions["formats"] {
  const parsed = formats.map(parseFormat);
  const destinations = parsed.map(({ file }) => file ?? "standard output");
  const twice = destinations.find((destination, index) => destinations.indexOf(destination) !== index);
  if (twice !== undefined) {
    throw new UsageError("contradictory-flags", `two formats would be written to ${twice}`, {
      hint: "Send all but one of them to a file of its own: --format json=report.json",
    });
  }
  return parsed;
}

function parseFormat(text: string): CheckOptions["formats"][number] {
  const end = text.indexOf("=");
  const name = end === -1 ? text : text.slice(0, end);
  if (!isFormatName(name)) {
    throw new UsageError("unknown-format", `"${name}" is not a format.${didYouMean(name, FORMAT_NAMES)}`, {
      hint: `Formats are ${FORMAT_NAMES.join(", ")}.`,
    });
  }
  return end === -1 ? { name } : { name, file: filled(`--format ${name}=`, text.slice(end + 1)) };
}

function oneOf<Value extends string>(flag: string, value: string, known: readonly Value[]): Value {
  const found = known.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new UsageError("unknown-value", `${flag} cannot be "${value}".${didYouMean(value, known)}`, {
    hint: `Give one of ${known.join(", ")}.`,
  });
}

export function filled(flag: string, value: string): string {
  if (value !== "") return value;
  throw new UsageError("empty-value", `${flag} needs a value and was given an empty one`, {
    hint: "In a script, check that the variable behind it is set.",
  });
}
