import { plainWord } from "./commands.ts";
import { QUOTED_ARGUMENTS } from "./quoted-arguments.ts";
import type { Random } from "./random.ts";
import { GIT_FORMS, READ_ONLY_FORMS } from "./read-only-table.ts";

/** Options that stand between `git` and its subcommand. */
const GIT_GLOBALS = [
  "-C .",
  "-C src",
  "-c core.pager=x",
  "-c alias.x=!id",
  "--no-pager",
  "-p",
  "--paginate",
  "-P",
  "--git-dir=x",
  "--work-tree=.",
  "--exec-path=x",
  "--bare",
  "--no-optional-locks",
  "--literal-pathspecs",
  "--config-env=x=y",
  "--version",
  "--help",
];

const VALUE_WORDS = ["a", "x", "5", "src", ".", "*.ts", "b"];

/** Such a command with up to three flags and two operands, in an order that people would type; sometimes not. */
export function readOnlyCommand(random: Random): string {
  if (random.chance(0.15)) {
    const program = random.pick(Object.keys(QUOTED_ARGUMENTS));
    return `${program} ${random.pick(QUOTED_ARGUMENTS[program]!)}${random.pick(["", "", " a", " src/a.ts", " -x"])}`;
  }
  const form = random.chance(0.35) ? random.pick(GIT_FORMS) : random.pick(READ_ONLY_FORMS);
  const parts = [form.program];
  if (random.chance(0.08) && form.program.startsWith("git ")) {
    parts[0] = form.program.replace("git", `git ${random.pick(GIT_GLOBALS)}`);
  }
  if (form.subcommands.length > 0 && random.chance(0.9)) parts.push(random.pick(form.subcommands));
  const flags = random
    .sample(form.flags, random.pick([0, 0, 1, 1, 1, 2, 3]))
    .map((flag) => (random.chance(0.12) ? `${flag} ${random.pick(VALUE_WORDS)}` : flag));
  const operands = random.sample(form.operands, random.pick([0, 1, 1, 1, 2]));
  if (random.chance(0.04)) operands.push(plainWord(random));
  parts.push(...(random.chance(0.9) ? [...flags, ...operands] : [...operands, ...flags]));
  return parts.join(" ");
}

export const READ_ONLY_PROGRAMS: readonly string[] = [
  ...READ_ONLY_FORMS.map((form) => form.program),
  ...GIT_FORMS.map((form) => form.program),
];
