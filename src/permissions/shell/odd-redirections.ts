import type { Redirection } from "unbash";
import type { HazardStage, ShellWord } from "./command-line.ts";
import { type CommandNode, swallowedFrom } from "./command-nodes.ts";
import { oddTest } from "./single-tests.ts";

/** Shells read such a redirection in two ways, of which newer clients know. */
export const SEVERAL_DIGITS = "a descriptor of several digits";

interface Oddity {
  what: string;
  stage: HazardStage;
}

/** Redirections, and their places in a command, of which the clients do not say what they do. */
export function oddRedirections(node: CommandNode, words: readonly ShellWord[], source: string): Oddity[] {
  return [
    ...oddPlaces(node, words, source).map(unread),
    ...node.redirects.flatMap((redirect) => oddRedirection(redirect, source)),
  ];
}

function unread(what: string): Oddity {
  return { what, stage: "reading" };
}

function oddPlaces(node: CommandNode, words: readonly ShellWord[], source: string): string[] {
  const { name, redirects, prefix } = node;
  const [first] = redirects;
  const odd: string[] = [];
  if (swallowedFrom(node) !== null) odd.push("words behind a redirection");
  const follows = first !== undefined && name !== undefined && first.pos > name.pos;
  if (words[0]?.raw === "[" && (follows || words.at(-1)?.raw !== "]")) {
    odd.push("a test that is redirected or does not close");
  } else if (words[0]?.raw === "[") {
    const test = oddTest(words.slice(1, -1));
    if (test !== null) odd.push(test);
  }
  const assigned = prefix.find((item) => item.type === "Assignment");
  if (assigned !== undefined && name !== undefined && first !== undefined && first.pos < assigned.pos) {
    odd.push("a variable behind a redirection");
  }
  if (words.length === 0 && redirects.some(({ type }) => type !== "Redirect"))
    odd.push("a text for no command");
  if (hasCommentBehind(redirects, source)) odd.push("a comment behind a redirection");
  if (
    redirects.some(({ type, pos }) => type === "HereString" && redirects.some((other) => other.pos < pos))
  ) {
    odd.push("a here-string behind a redirection");
  }
  return odd;
}

/** Clients take it for further targets, on which nothing else of the line is looked at. */
function hasCommentBehind(redirects: readonly Redirection[], source: string): boolean {
  const last = redirects.at(-1);
  return last?.type === "Redirect" && /^[ \t]+#/.test(source.slice(last.end));
}

function oddRedirection(redirect: Redirection, source: string): Oddity[] {
  if (redirect.type === "HereString") return [];
  if (redirect.type === "HereDoc") return oddHeredoc(redirect, source).map(unread);
  const { operator, descriptor, target } = redirect;
  const odd: string[] = [];
  if (operator === "<>") odd.push("a redirection that reads and writes");
  if (descriptor?.type === "FileDescriptorVariable") odd.push("a descriptor that gets a name");
  if (operator.endsWith("&") && target?.text === "-") odd.push("a descriptor that is closed");
  if (operator === ">&" && target !== undefined && !/^[\w./][\w./-]*$/.test(target.value)) {
    if (target.text !== "-") odd.push("a target that is expanded twice");
  }
  if (operator === "<&" && /^-./.test(target?.text ?? ""))
    odd.push("a word behind a descriptor that is closed");
  const digits = /^\d\d/.test(source.slice(redirect.pos, redirect.end));
  return [...odd.map(unread), ...(digits ? [{ what: SEVERAL_DIGITS, stage: "parts" as const }] : [])];
}

type Heredoc = Extract<Redirection, { type: "HereDoc" }>;

function oddHeredoc(heredoc: Heredoc, source: string): string[] {
  // A quote that opens at the end of everything is closed there.
  const whole = /^(?:[^'"]*|'[^']*'|"[^"]*"|["'])$/.test(heredoc.delimiter?.text ?? "");
  return [
    ...(textBehind(heredoc, source) === null ? [] : ["text behind the start of a heredoc"]),
    ...(whole ? [] : ["a heredoc whose delimiter is quoted in part"]),
  ];
}

/** Where the line goes on in which the heredoc starts; null: it does not. */
export function textBehind({ delimiter, end }: Heredoc, source: string): { from: number; to: number } | null {
  const from = delimiter?.end ?? end;
  const [rest = ""] = source.slice(from).split("\n", 1);
  return rest.trim() === "" ? null : { from, to: from + rest.length };
}
