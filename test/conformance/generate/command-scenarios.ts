import type { Call } from "../../../src/model/permission.ts";
import { type Lists, projectRules, type RuleSet } from "../scenario.ts";
import { commandOf } from "./command-rules.ts";
import { plainCommand } from "./commands.ts";
import { compound } from "./compounds.ts";
import { plainEdit } from "./edits.ts";
import { everydayLine, everydayLists } from "./everyday-lines.ts";
import { fileCommand, fileRule } from "./file-commands.ts";
import { moreDirectories } from "./paths.ts";
import { withPrefix } from "./prefixes.ts";
import { quoted } from "./quoting.ts";
import type { Random } from "./random.ts";
import { readOnlyCommand } from "./read-only-commands.ts";
import { redirected, TARGET_PATTERNS } from "./redirections.ts";
import { rememberedLines } from "./remembered-lines.ts";
import { commandLists, rulesOf, several } from "./rule-mix.ts";
import { wrapped } from "./wrappers.ts";

/** What one draw gives: rules, and calls under them (the same call may come twice). */
export interface Drawn {
  rules: RuleSet;
  calls: Call[];
}

/** How a plain command line becomes one of the category. */
type Rewrite = (random: Random, line: string, lines: CommandLines) => string;

/** Sources of plain command lines around a scenario's rules. */
export interface CommandLines {
  /** What a rule's text covers, or nearly. */
  near: () => string;
  /** Near, a command that only reads, or any other. */
  any: () => string;
}

export const COMMAND_REWRITES = {
  "simple commands": (_random, line) => line,
  wrappers: wrapped,
  compounds: (random, _line, lines) => compound(random, lines.near, lines.any),
  quoting: quoted,
  prefixes: withPrefix,
  redirections: (random, line) => redirected(random, line),
} as const satisfies Record<string, Rewrite>;

export type CommandCategory = keyof typeof COMMAND_REWRITES;

export function drawCommands(category: CommandCategory, random: Random, calls: number): Drawn {
  const commands = Array.from({ length: random.integer(1, 3) }, () => plainCommand(random));
  const lists = commandLists(random, commands);
  const files = category === "redirections" ? redirectionRules(random) : {};
  const rules = projectRules({
    allow: [...(lists.allow ?? []), ...(files.allow ?? [])],
    ask: lists.ask ?? [],
    deny: [...(lists.deny ?? []), ...(files.deny ?? [])],
  });
  const simple = category === "simple commands";
  const lines = linesAround(random, rulesOf(lists), commands, simple ? 0.8 : 0.4);
  const rewrite: Rewrite = COMMAND_REWRITES[category];
  const line = (): string => rewrite(random, lines.near(), lines);
  return { rules, calls: bashCalls(calls, simple ? line : () => crossed(random, line(), lines)) };
}

/** Rules about the files that redirections name: some of them are meant, some are not. */
function redirectionRules(random: Random): Lists {
  const rule = (): string =>
    random.chance(0.4) ? fileRule(random, "Edit") : `Edit(${random.pick(TARGET_PATTERNS)})`;
  return random.weighted<Lists>(
    [4, () => ({})],
    [8, () => ({ allow: several(random, 2, rule) })],
    [3, () => ({ allow: several(random, 2, rule), deny: [rule()] })],
    [2, () => ({ allow: several(random, 2, rule), ask: [rule()] })],
    [1, () => ({ deny: [rule(), "Read(.env)"] })],
  );
}

/** `edited`: how many of the lines near a rule are not just what its text covers. */
export function linesAround(
  random: Random,
  rules: readonly string[],
  commands: readonly string[],
  edited = 0.5,
): CommandLines {
  const covered = (): string => {
    const about = rules.filter((rule) => /^\s*Bash/i.test(rule));
    return about.length === 0 || random.chance(0.15)
      ? random.pick(commands)
      : commandOf(random, random.pick(about));
  };
  const near = (): string => (random.chance(edited) ? plainEdit(random, covered()) : covered());
  return {
    near: () => (random.chance(0.06) ? plainCommand(random) : near()),
    any: () =>
      random.weighted(
        [4, near],
        [3, () => readOnlyCommand(random)],
        [2, () => plainCommand(random)],
        [1, () => "ls"],
      ),
  };
}

/** Now and then a second change of another kind: the forms meet each other. */
function crossed(random: Random, line: string, lines: CommandLines): string {
  if (!random.chance(0.12)) return line;
  const rewrites: Rewrite[] = Object.values(COMMAND_REWRITES);
  return random.pick(rewrites)(random, line, lines);
}

/** Commands that only read, under rules about other things, few about them, or none. */
export function drawReadOnly(random: Random, calls: number): Drawn {
  const commands = [readOnlyCommand(random), readOnlyCommand(random)];
  const lists = random.weighted(
    [6, () => ({})],
    [2, () => ({ allow: ["Bash(zz *)"] })],
    [2, () => commandLists(random, commands)],
    [1, () => ({ deny: ["Read(.env)", "Read(secrets/**)"] })],
  );
  const line = (): string => {
    const plain = readOnlyCommand(random);
    return random.weighted(
      [14, () => plain],
      [1, () => plainEdit(random, plain)],
      [1, () => `${plain} | ${readOnlyCommand(random)}`],
      [1, () => `${plain} && ${readOnlyCommand(random)}`],
      [1.5, () => quoted(random, plain)],
      [1, () => wrapped(random, plain)],
    );
  };
  return { rules: projectRules(lists), calls: bashCalls(calls, line) };
}

/** Commands whose operands are files, under rules about files. */
export function drawFileCommands(random: Random, calls: number): Drawn {
  const some = (most: number): string[] =>
    Array.from({ length: random.integer(0, most) }, () => fileRule(random));
  const bash = random.pick([
    [],
    [],
    ["Bash"],
    ["Bash(cat *)"],
    ["Bash(rm *)", "Bash(cp *)"],
    ["Bash(sed *)", "Bash(tee *)"],
  ]);
  const rules = projectRules(
    { allow: [...bash, ...some(3)], ask: some(1), deny: some(3) },
    moreDirectories(random),
  );
  const patterns = rulesOfFiles(rules);
  const line = (): string => {
    const plain = fileCommand(random, patterns);
    return random.weighted(
      [14, () => plain],
      [1, () => quoted(random, plain)],
      [1, () => wrapped(random, plain)],
      [1, () => redirected(random, plain)],
      [
        1,
        () =>
          compound(
            random,
            () => plain,
            () => fileCommand(random, patterns),
          ),
      ],
    );
  };
  return { rules, calls: bashCalls(calls, line) };
}

function rulesOfFiles(rules: RuleSet): string[] {
  const text = JSON.stringify(rules.files);
  return [...text.matchAll(/(?:Read|Edit)\(([^")]*)\)/g)].map((match) => match[1]!);
}

export function drawEveryday(random: Random, calls: number): Drawn {
  const { lists, line } = random.chance(0.4)
    ? rememberedLines(random)
    : { lists: everydayLists(random), line: () => everydayLine(random) };
  const mode = random.chance(0.2) ? ("acceptEdits" as const) : null;
  return { rules: { ...projectRules(lists), mode }, calls: bashCalls(calls, line) };
}

export function bashCalls(count: number, line: () => string): Call[] {
  return Array.from({ length: count }, () => ({ tool: "Bash", argument: line() }));
}
