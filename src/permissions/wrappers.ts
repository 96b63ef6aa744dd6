import type { ShellWord } from "./command-line.ts";

/**
 * Programs that start another program (reference, section 1.5). `strip` gives the index of the word where the inner
 * command begins, `none` when this use is not seen through, `undecided` when its own flags are not known.
 */
export type Stripped = { kind: "inner"; at: number } | { kind: "none" } | { kind: "undecided" };

const NONE: Stripped = { kind: "none" };
const UNDECIDED: Stripped = { kind: "undecided" };

type Wrapper = (words: readonly ShellWord[], from: number) => Stripped;

/** Looked through for allow, ask and deny. */
const TRANSPARENT: Readonly<Record<string, Wrapper>> = {
  timeout: (words, from) => {
    const duration = skipFlags(words, from + 1, {
      plain: /^(?:--foreground|--preserve-status|-v|--verbose|--signal=.+|--kill-after=.+|-[ks].+)$/,
      withValue: /^(?:-k|-s|--kill-after|--signal)$/,
    });
    if (duration === null || duration >= words.length) return NONE;
    return isDuration(words[duration]!.value) ? inner(words, duration + 1) : NONE;
  },
  time: (words, from) => (isFlag(words[from + 1]) ? NONE : inner(words, from + 1)),
  nice: (words, from) => {
    const at = skipFlags(words, from + 1, {
      plain: /^(?:-n-?\d+|--adjustment=-?\d+|-\d+|--?\d+)$/,
      withValue: /^(?:-n|--adjustment)$/,
    });
    return at === null ? UNDECIDED : inner(words, at);
  },
  nohup: (words, from) => (isFlag(words[from + 1]) ? UNDECIDED : inner(words, from + 1)),
  stdbuf: (words, from) => {
    const at = skipFlags(words, from + 1, {
      plain: /^(?:-[ioe].+|--(?:input|output|error)=.+)$/,
      withValue: /^-[ioe]$/,
    });
    return at === null ? UNDECIDED : inner(words, at);
  },
  command: (words, from) => (isFlag(words[from + 1]) ? NONE : inner(words, from + 1)),
  builtin: (words, from) => (isFlag(words[from + 1]) ? NONE : inner(words, from + 1)),
  noglob: (words, from) => inner(words, from + 1),
  xargs: (words, from) => (isFlag(words[from + 1]) ? NONE : inner(words, from + 1)),
};

/** Looked through for ask and deny only. Assignments behind `env` are passed over. */
const DENY_ONLY: Readonly<Record<string, Wrapper>> = {
  sudo: (words, from) => afterFlags(words, from, /^-[AbEeHknPSs]+$/, /^-[CDghpRrTtu]$/),
  doas: (words, from) => afterFlags(words, from, /^-[Lns]+$/, /^-[Cu]$/),
  env: (words, from) => {
    const at = afterFlags(words, from, /^(?:-|-[i0v]+|--ignore-environment|--null|--debug)$/, /^-[uC]$/);
    if (at.kind !== "inner") return at;
    let next = at.at;
    while (next < words.length && /^[A-Za-z_]\w*=/.test(words[next]!.value)) next++;
    return inner(words, next);
  },
  watch: (words, from) => afterFlags(words, from, /^-[bcdegtwx]+$/, /^-[nq]$/),
  setsid: (words, from) => afterFlags(words, from, /^-[cfw]+$/, /^$/),
  ionice: (words, from) => afterFlags(words, from, /^(?:-t|-c\d|-n\d)$/, /^-[cn]$/),
  flock: (words, from) => {
    const at = afterFlags(words, from, /^-[senuxoF]+$/, /^-[wE]$/);
    return at.kind === "inner" ? inner(words, at.at + 1) : at;
  },
  exec: (words, from) => afterFlags(words, from, /^-[cl]+$/, /^-a$/),
};

/** One step inwards, or not. */
export function stripWrapper(
  words: readonly ShellWord[],
  from: number,
  list: "allow" | "deny",
  name: string,
): Stripped {
  const table = Object.hasOwn(TRANSPARENT, name) ? TRANSPARENT : list === "deny" ? DENY_ONLY : null;
  if (table === null || !Object.hasOwn(table, name)) return NONE;
  return table[name]!(words, from);
}

/** `timeout` with anything else in the place of the duration can't be checked: the client asks. */
export function isTimeoutWithoutDuration(words: readonly ShellWord[], from: number): boolean {
  if (words[from]?.value !== "timeout" || words.length === from + 1) return false;
  return TRANSPARENT.timeout!(words, from).kind === "none";
}

function isDuration(text: string): boolean {
  return /^\d+(?:\.\d+)?[smhd]?$/.test(text);
}

function inner(words: readonly ShellWord[], at: number): Stripped {
  return at < words.length ? { kind: "inner", at } : NONE;
}

function isFlag(word: ShellWord | undefined): boolean {
  return word?.value.startsWith("-") === true;
}

function afterFlags(words: readonly ShellWord[], from: number, plain: RegExp, withValue: RegExp): Stripped {
  const at = skipFlags(words, from + 1, { plain, withValue });
  return at === null ? UNDECIDED : inner(words, at);
}

/** Index of the first word that is no flag, or null at a flag that is not known. */
function skipFlags(
  words: readonly ShellWord[],
  start: number,
  flags: { plain: RegExp; withValue: RegExp },
): number | null {
  let at = start;
  while (at < words.length && isFlag(words[at])) {
    const { value } = words[at]!;
    if (value === "--") return at + 1;
    if (flags.withValue.test(value)) at += 2;
    else if (flags.plain.test(value)) at += 1;
    else return null;
  }
  return at;
}
