import type { ClientVersion } from "../../model/semantics.ts";
import { COMPUTED_VARIABLES } from "../client-facts/variables.ts";
import type { AssignedVariable, HazardStage, ShellWord } from "./command-line.ts";
import type { CommandNode } from "./command-nodes.ts";
import { computesNoName, isPlainNumber } from "./environment-prefixes.ts";
import { hasOwnDollar, hasOwnEqualsSign, OWN_DOLLAR, oddWord } from "./shell-oddities.ts";
import { withoutTexts } from "./word-nodes.ts";
import { isUnknownInTest, isWovenFlag, knownWhenItRuns } from "./woven-text.ts";

type Prefix = CommandNode["prefix"][number];

/** What can't be checked, and where the client gives up for it. */
export interface Oddity {
  what: string;
  stage: HazardStage;
  /** The client that minds; all do where nothing is said. */
  only?: ClientVersion;
}

/** A value that only newer clients hold against a variable with which the shell computes. */
export const ODD_NUMBER = "a value that the shell computes, without a name";

/** What of the words and assignments of one command can't be checked. */
export function commandOddities(
  node: CommandNode,
  words: readonly ShellWord[],
  assignments: readonly AssignedVariable[],
  textOf: (item: Prefix) => string,
): Oddity[] {
  const known = knownWhenItRuns(words);
  const quotedNames = words[0]?.value === "unset" && words.slice(1).some((word) => word.quoted);
  return [
    ...(words[0]?.value === "" ? [{ what: "an empty command name", stage: "meaning" } as const] : []),
    ...(known === null
      ? []
      : [{ what: `${known} that is known only when it runs`, stage: "meaning" } as const]),
    ...wovenFlags(words),
    ...node.prefix.flatMap((item) => oddPrefix(item, textOf)),
    ...(node.name === undefined ? [] : assignments.flatMap(oddNumber)),
    ...when(
      assignments.some(({ raw }) => hasOwnDollar(raw)),
      OWN_DOLLAR,
    ),
    ...when(hasOwnEqualsSign(words.map(({ raw }) => raw)), "an equals sign of its own"),
    ...(words[0]?.value === "[" ? [] : words.flatMap(({ raw }) => oddWord(withoutTexts(raw)) ?? [])),
    ...when(quotedNames, "a variable named in quotes"),
  ];
}

function wovenFlags(words: readonly ShellWord[]): Oddity[] {
  const flags = words.filter(isWovenFlag);
  const what = "a flag that is known only when it runs";
  if (words[0]?.value !== "[") return when(flags.length > 0, what);
  // Measured: of a test newer clients alone ask, and text with a slash in it is no flag there.
  const asked = flags.some((word) => isUnknownInTest(word) || !word.value.includes("/"));
  return when(asked, what).map((odd) => ({ ...odd, only: "2.1.330" }));
}

function when(holds: boolean, what: string): Oddity[] {
  return holds ? [{ what, stage: "reading" }] : [];
}

function oddPrefix(item: Prefix, textOf: (item: Prefix) => string): Oddity[] {
  if (item.type !== "Assignment") return [];
  // Quoted or not; what a nested command holds is its own.
  const own = textOf(item).replace(/\$\([^()]*\)|`[^`]*`/gs, "");
  const prompt =
    item.name === "PS4" && !PLAIN_PROMPT.test(item.value.type === "Word" ? item.value.value : "(");
  return [
    ...when(own.includes("~"), "a home directory in an assignment"),
    ...when(item.name === "IFS", "another way to split words"),
    ...when(prompt, "a prompt that the shell expands"),
  ];
}

const PLAIN_PROMPT = /^[\w +:.=/[\]${}-]*$/;

function oddNumber({ name, value, literal }: AssignedVariable): Oddity[] {
  if (!COMPUTED_VARIABLES.has(name) || (literal && isPlainNumber(value))) return [];
  return when(true, literal && computesNoName(value) ? ODD_NUMBER : "a value that the shell computes");
}
