import type { ReportedDisagreement } from "./report.ts";

/**
 * Why a disagreement stays, by what it is about. All but the classifier's are defects of the engine in forms that
 * people hardly write, and a run that finds one should lead to a change.
 */
interface Reason {
  /** All that are given must hold. */
  when: { category?: RegExp; verdict?: string; client?: RegExp; engine?: RegExp; call?: RegExp };
  reason: string;
}

const REASONS: readonly Reason[] = [
  {
    when: { engine: /classifier/ },
    reason: "a classifier decides here, and only sometimes: left undecided",
  },
  {
    when: { verdict: "undecided", engine: /does not parse, and it is not known/ },
    reason: "text that does not parse, and a rule alone keeps it from running: left undecided",
  },
  {
    when: { category: /^agents and skills$/ },
    reason:
      "a bare ask rule beside a deny rule that names the agent: which of them comes first was measured for Bash only",
  },
  {
    when: { category: /^redirections$/, call: /(?:^|[^<])<<(?!<)/ },
    reason:
      "a heredoc inside a substitution, behind a statement or without its end: where the client's parser breaks off is not modelled there",
  },
  {
    when: { category: /^redirections$/, call: /[<>].*[<>]|\b\d{2,}[<>]/s },
    reason:
      "several redirections, or digits in front of one, that the clients' parsers split otherwise than a shell does",
  },
  {
    when: { category: /^redirections$/ },
    reason:
      "words behind a redirection, or a statement behind one: which of them deny and ask rules still see was measured for the usual shapes only",
  },
  {
    when: { category: /^prefixes$/, call: /\\=|['"]=|\[\w+\]=|\+=/ },
    reason:
      "what only looks like an assignment (`'X'=1`, `X\\=1`), or changes a part of a variable: measured alone, not among wrappers and other assignments",
  },
  {
    when: { category: /^prefixes$/ },
    reason:
      "an assignment beside another structure (a redirection, a group, a substitution): each was measured alone, not the two together",
  },
  {
    when: { category: /^(?:compounds|quoting)$/, client: /pars(?:e|er|ing)\b/i },
    reason:
      "text that does not parse: which pieces of it rules still see depends on where the client's parser goes on, and only separators are modelled",
  },
  {
    when: { category: /^(?:compounds|quoting)$/, engine: /does not parse|never closes/ },
    reason:
      "text that does not parse: which pieces of it rules still see depends on where the client's parser goes on, and only separators are modelled",
  },
  {
    when: { category: /^compounds$/ },
    reason:
      "a statement, group or pipeline inside another: the texts that rules are compared with were measured one level deep",
  },
  {
    when: { category: /^quoting$/, call: /`/ },
    reason:
      "backquotes that are empty or hold the name of the program: the clients split such text in a way of their own",
  },
  {
    when: { category: /^quoting$/ },
    reason:
      "quotes, escapes or brackets inside the program's name or at the end of the line: measured alone only",
  },
  {
    when: { category: /^wrappers$/ },
    reason:
      "a wrapper with flags in front of another one, or around words that are quoted: each was measured alone",
  },
  {
    when: { category: /^simple commands$/ },
    reason: "a rule whose text holds more than words and wildcards (a colon, a home, an operator)",
  },
  {
    when: { category: /^read-only commands$/ },
    reason:
      "flags and operands of a program that runs without a rule: each was measured alone, not these together",
  },
  {
    when: { category: /^file commands$/, call: /[(){}`$]/ },
    reason:
      "a line that the client reads in part: how much of it deny rules and the file checks see is measured for single structures only",
  },
  {
    when: { category: /^file commands$/ },
    reason: "operands of a program with flags that change which of them are files were not measured alone",
  },
  {
    when: { category: /^(?:modes|precedence|tool globs and parameters)$/, call: /^Bash\(/ },
    reason:
      "a Bash line, not the settings: the same call differs under a single file, where its own category has the cause",
  },
  {
    when: { category: /^(?:read paths|edit paths)$/ },
    reason:
      "a directory or a file that exists in one session and not in the other, or a path that only one matcher takes",
  },
  {
    when: { category: /^(?:modes|precedence|tool globs and parameters|web)$/ },
    reason: "a combination of files, modes or parameters that was not measured alone",
  },
];

/** null: nobody has looked at it yet. */
export function reasonFor(
  one: Pick<ReportedDisagreement, "category" | "verdict" | "clientSaid" | "engineSaid" | "call">,
): string | null {
  const found = REASONS.find(
    ({ when }) =>
      (when.verdict ?? one.verdict) === one.verdict &&
      when.category?.test(one.category) !== false &&
      when.client?.test(one.clientSaid) !== false &&
      when.engine?.test(one.engineSaid) !== false &&
      when.call?.test(one.call) !== false,
  );
  return found?.reason ?? null;
}
