import { plainCommand, plainWord, plainWords } from "./commands.ts";
import type { Random } from "./random.ts";

/** A Bash rule about these words: every form of the reference, the odd ones rarely. */
export function commandRule(random: Random, command: string = plainCommand(random)): string {
  return random.weighted(
    [10, () => `Bash(${command})`],
    [14, () => `Bash(${start(random, command)} *)`],
    [8, () => `Bash(${start(random, command)}:*)`],
    [6, () => `Bash(${start(random, command)}*)`],
    [3, () => `Bash(* ${end(random, command)})`],
    [3, () => `Bash(*${end(random, command)})`],
    [4, () => `Bash(${withStarInside(random, command)})`],
    [3, () => `Bash(${withStarInside(random, command)} *)`],
    [3, () => `Bash(*${random.pick(command.split(" "))}*)`],
    [2, () => `Bash(* ${start(random, command)} *)`],
    [8, () => oddRule(random, command)],
    [3, () => wrapperRule(random, command)],
  );
}

export const WHOLE_BASH = ["Bash", "Bash(*)", "Bash( *)", "Bash(* )"] as const;

/** Forms that look like rules: some mean what they say, most mean nothing. */
function oddRule(random: Random, command: string): string {
  const first = start(random, command);
  return random.pick([
    "Bash()",
    "Bash(:*)",
    "Bash(*:*)",
    "Bash(* *)",
    "Bash(**)",
    `Bash(${first} **)`,
    `Bash(${first} * *)`,
    `Bash(${first} \\*)`,
    `Bash(${first}  *)`,
    `Bash( ${first} * )`,
    `Bash(${first} :*)`,
    `Bash(${first}*:*)`,
    `Bash(${first}:* x)`,
    `Bash(${first} *x)`,
    `Bash(${first} x*)`,
    `Bash(${first} ?)`,
    `Bash(${first} [a-z]*)`,
    `Bash(${first} {a,b})`,
    `Bash(${first}|id)`,
    `Bash(${first} * && id)`,
    `Bash(${first} && id)`,
    `Bash(${first}; id)`,
    `Bash(${first} "x")`,
    `Bash(${first} 'x' *)`,
    `Bash("${first}" *)`,
    `Bash(${first} > out.txt)`,
    `Bash(${first} *, id *)`,
    `Bash(${first} $HOME *)`,
    `Bash(${first} $(id))`,
    `Bash(${first.toUpperCase()} *)`,
    `bash(${first} *)`,
    ` Bash(${first} *)`,
    `Bash (${first} *)`,
    `Bash(${first} *`,
    `Bash(${command}`,
    `Bash(${first} *))`,
    `Bash(${first} (x) *)`,
    `Bash(${first} \\(x\\) *)`,
    `Bash(${first} ")" *)`,
    `Bash(${first}\n*)`,
    `Bash(${first} é*)`,
    `Bash(command:${first} *)`,
    `Bash(/usr/bin/${first} *)`,
    `Bash(./${first} *)`,
    `Bash(~/${first} *)`,
    `Bash(${first}\t*)`,
    `Bash(${first} # *)`,
    `Bash(${first} *.ts)`,
    `Bash(${first} -*)`,
    `Bash(!${first} *)`,
  ]);
}

const RULE_WRAPPERS = [
  "timeout",
  "timeout 5",
  "time",
  "nice",
  "nice -n 5",
  "nohup",
  "stdbuf -oL",
  "command",
  "builtin",
  "noglob",
  "xargs",
  "xargs -n1",
  "env",
  "sudo",
  "doas",
  "watch",
  "setsid",
  "exec",
  "eval",
  "bash -c",
  "sh -c",
  "npx",
  "find",
  "FOO=1",
  "NODE_ENV=test",
  "LANG=C",
  "cd src &&",
];

function wrapperRule(random: Random, command: string): string {
  const wrapper = random.pick(RULE_WRAPPERS);
  return random.pick([
    `Bash(${wrapper} *)`,
    `Bash(${wrapper} ${start(random, command)} *)`,
    `Bash(${wrapper} ${command})`,
  ]);
}

/** The first words of a command. */
function start(random: Random, command: string): string {
  const words = command.split(" ");
  return words.slice(0, random.integer(1, Math.min(3, words.length))).join(" ");
}

function end(random: Random, command: string): string {
  const words = command.split(" ");
  return words.slice(random.integer(0, words.length - 1)).join(" ");
}

function withStarInside(random: Random, command: string): string {
  const words = command.split(" ");
  if (words.length === 1) return `${command} * ${plainWord(random)}`;
  const at = random.integer(0, words.length - 1);
  if (random.chance(0.5)) words[at] = "*";
  else words.splice(at, 0, "*");
  return words.join(" ");
}

/** A command line of plain words that the rule's text covers, as far as its text is one. */
export function commandOf(random: Random, rule: string): string {
  const inside = /^\s*[A-Za-z]+\s*\((.*?)\)?$/s.exec(rule)?.[1] ?? "*";
  const filled = inside
    .replace(/:\*$/, " *")
    .replace(/^\*/, () => (random.chance(0.6) ? plainCommand(random) : "*"))
    .replace(/(?<!\\)( ?)\*/g, (_, space: string) => space + filler(random, space !== ""))
    .replaceAll("\\*", "*")
    .trim();
  return filled === "" ? plainCommand(random) : filled;
}

function filler(random: Random, ownWord: boolean): string {
  return random.weighted(
    [ownWord ? 2 : 4, () => ""],
    [6, () => plainWord(random)],
    [3, () => plainWords(random, 3)],
    [1, () => plainCommand(random)],
  );
}
