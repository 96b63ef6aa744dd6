import { basename } from "node:path";
import { parseAttribute } from "../check/attribute.ts";
import { UsageError } from "../model/errors.ts";
import { didYouMean } from "../model/nearest.ts";

/** Reads one input by its name in action.yml; an input that is not given is empty text. */
export type ReadInput = (name: string) => string;

export const COMMENT_WHEN = ["changes", "always", "failure", "never"] as const;
const FAIL_ON = ["error", "warning", "never"] as const;
const INSTALL_NIX = ["auto", "never"] as const;

/** The inputs of action.yml, understood. */
export interface ActionInputs {
  flakes: string[];
  attribute: string[];
  base: string | null;
  head: string | null;
  organisations: string[];
  failOn: (typeof FAIL_ON)[number];
  frozen: boolean;
  comment: (typeof COMMENT_WHEN)[number];
  commentAuthor: string;
  approvalLabel: string | null;
  /** Logins, and teams as `org/team`. */
  approvalTeams: string[];
  /** Name of the file to write; null: not asked for. */
  sarif: string | null;
  html: string | null;
  installNix: (typeof INSTALL_NIX)[number];
  allowUntrustedHead: boolean;
  token: string;
}

/** @throws UsageError that names all inputs that were not understood. */
export function readInputs(read: ReadInput): ActionInputs {
  const problems: string[] = [];
  const inputs: ActionInputs = {
    flakes: list(read("flake")),
    attribute: attempt(problems, ["claudeContext"], () =>
      parseAttribute(read("attribute") || "claudeContext"),
    ),
    base: orNull(read("base")),
    head: orNull(read("head")),
    organisations: list(read("org")),
    failOn: choice(problems, "fail-on", read("fail-on"), FAIL_ON),
    frozen: flag(problems, "frozen", read("frozen")),
    comment: choice(problems, "comment", read("comment"), COMMENT_WHEN),
    commentAuthor: read("comment-author") || "github-actions[bot]",
    approvalLabel: orNull(read("approval-label")),
    approvalTeams: list(read("approval-teams")).map((name) => name.replace(/^@/, "")),
    sarif: fileOrNull(read("sarif"), "nixclaude.sarif"),
    html: fileOrNull(read("html"), "nixclaude.html"),
    installNix: choice(problems, "install-nix", read("install-nix"), INSTALL_NIX),
    allowUntrustedHead: flag(problems, "allow-untrusted-head", read("allow-untrusted-head")),
    token: read("github-token"),
  };
  problems.push(...namesTwice(inputs));
  if (problems.length > 0) throw notUnderstood(problems);
  return inputs;
}

/** The report itself, in the runner's directory. */
export const REPORT_FILE = "report.json";

/** Files go into one directory under their last name: the second of a name would take the place of the first. */
function namesTwice({ sarif, html }: ActionInputs): string[] {
  const named: [input: string, file: string | null][] = [
    ["sarif", sarif],
    ["html", html],
  ];
  const taken = new Map([[REPORT_FILE, "the report as JSON"]]);
  return named.flatMap(([input, file]) => {
    if (file === null) return [];
    // As file systems that do not tell capitals apart see it.
    const name = basename(file).toLowerCase();
    const other = taken.get(name);
    taken.set(name, `\`${input}\``);
    if (name === "" || name === "." || name === "..")
      return [`\`${input}\` is "${file}", which names no file`];
    return other === undefined ? [] : [`\`${input}\` is "${file}", a name that ${other} has already`];
  });
}

/** One a line, or separated by commas. */
function list(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}

/** `true` names a file for whoever does not care for its name. */
function fileOrNull(text: string, usual: string): string | null {
  if (text === "" || text === "false") return null;
  return text === "true" ? usual : text;
}

/** The first choice is the default. */
function choice<Word extends string>(
  problems: string[],
  name: string,
  text: string,
  words: readonly [Word, ...Word[]],
): Word {
  if (text === "") return words[0];
  const known = words.find((word) => word === text);
  if (known === undefined) {
    problems.push(`\`${name}\` is "${text}", not ${words.join(", ")}.${didYouMean(text, words)}`);
  }
  return known ?? words[0];
}

/** One input alone. @throws UsageError when it is none of the words. */
export function readChoice<Word extends string>(
  name: string,
  text: string,
  words: readonly [Word, ...Word[]],
): Word {
  const problems: string[] = [];
  const word = choice(problems, name, text, words);
  if (problems.length > 0) throw notUnderstood(problems);
  return word;
}

function notUnderstood(problems: readonly string[]): UsageError {
  return new UsageError("inputs-not-understood", problems.join("; "), {
    hint: "Mend the `with:` of the step; action.yml describes every input.",
  });
}

/** As YAML 1.2 writes them, which is what GitHub's own toolkit takes. */
function flag(problems: string[], name: string, text: string): boolean {
  if (/^true$/i.test(text)) return true;
  if (text !== "" && !/^false$/i.test(text)) problems.push(`\`${name}\` is "${text}", not true or false`);
  return false;
}

function attempt<Value>(problems: string[], otherwise: Value, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    problems.push(error.message);
    return otherwise;
  }
}
