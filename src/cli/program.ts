import { Argument, Command, CommanderError, Option } from "commander";
import { type NixclaudeError, UsageError } from "../model/errors.ts";
import { didYouMean, nearest } from "../model/nearest.ts";
import type { CommandDefinition } from "./command-list/definition.ts";
import { COMMANDS } from "./commands.ts";
import type { Io } from "./io.ts";
import type { OptionDefinition } from "./option-definitions.ts";
import { VERSION } from "./version.ts";

/** Parses the command line, runs the command and returns its exit status. Throws UsageError for wrong words. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  const words = argv[0] === "help" ? [...argv.slice(1), "--help"] : argv;
  rejectUnknownCommand(words[0] ?? "");
  let status = 0;
  const program = createProgram(io, (code) => {
    status = code;
  });
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw usageError(error, words, program);
  }
  return status;
}

const COMMAND_NAMES = COMMANDS.map(({ name }) => name);

function rejectUnknownCommand(word: string): void {
  if (word === "" || word.startsWith("-") || COMMAND_NAMES.includes(word)) return;
  throw new UsageError(
    "unknown-command",
    `there is no command "${word}".${didYouMean(word, COMMAND_NAMES)}`,
    {
      hint: `Commands are ${COMMAND_NAMES.join(", ")}.`,
    },
  );
}

function createProgram(io: Io, finish: (status: number) => void): Command {
  const program = new Command("nixclaude")
    .description(
      "The gate on claudeContext: says what a change lets Claude do that it could not do before, and whether the organisation's constraints allow that.",
    )
    .version(VERSION, "--version", "print the version")
    .helpOption("-h, --help", "show help; also nixclaude COMMAND --help")
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // Errors are thrown and shown once, in one form, by whoever calls.
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(io.columns, 100),
      getErrHelpWidth: () => Math.min(io.columns, 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      "after",
      "\nStart with nixclaude init, check your flake with nixclaude check --base none,\nand every commit from then on with nixclaude install.",
    );
  for (const definition of COMMANDS) program.addCommand(createCommand(definition, program, io, finish));
  program.action(() => {
    throw new UsageError("no-command", "which command?", {
      hint: `Commands are ${COMMAND_NAMES.join(", ")}; nixclaude --help says what they do.`,
    });
  });
  return program;
}

function createCommand(
  definition: CommandDefinition,
  program: Command,
  io: Io,
  finish: (status: number) => void,
): Command {
  const command = new Command(definition.name)
    .copyInheritedSettings(program)
    .summary(definition.summary)
    .description(sentences(definition))
    .helpOption("-h, --help", "show this help")
    .addHelpText("after", examplesText(definition))
    .action(async (...received: unknown[]) => {
      const args = received.slice(0, definition.arguments.length).flat().filter(isString);
      finish(await definition.run(args, command.opts(), io));
    });
  for (const option of definition.options) command.addOption(createOption(option));
  for (const { name, description, choices } of definition.arguments) {
    const argument = new Argument(name, description);
    command.addArgument(choices === undefined ? argument : argument.choices(choices));
  }
  return command;
}

function createOption(definition: OptionDefinition): Option {
  const option = new Option(definition.flags, definition.description).helpGroup(definition.group);
  if (definition.choices !== undefined) option.choices(definition.choices);
  if (definition.default !== undefined) option.default(definition.default);
  if (definition.repeatable) {
    option.argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value]);
  }
  return option;
}

function sentences({ summary, description }: CommandDefinition): string {
  const first = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return description === undefined ? first : `${first}\n\n${description}`;
}

function examplesText({ examples }: CommandDefinition): string {
  const lines = examples.map(([commandLine, purpose]) => `  # ${purpose}\n  ${commandLine}`);
  return `\nExamples:\n${lines.join("\n")}`;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

/** Commander's words, with the nearest word that exists as the way on. */
function usageError(error: CommanderError, argv: readonly string[], program: Command): NixclaudeError {
  const command = program.commands.find((candidate) => candidate.name() === argv[0]) ?? program;
  const message = error.message.replace(/^error: /, "").replace(/\.$/, "");
  const wrong = /'([^']*)'/.exec(message)?.[1] ?? "";
  const known =
    error.code === "commander.unknownOption"
      ? command
          .createHelp()
          .visibleOptions(command)
          .map(({ long }) => long ?? "")
      : [];
  const meant = nearest(wrong, known);
  const help = `nixclaude ${command === program ? "" : `${command.name()} `}--help`;
  return new UsageError(
    error.code.replace("commander.", "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    message,
    {
      hint: meant === null ? `See ${help}.` : `Did you mean "${meant}"? See ${help}.`,
      cause: error,
    },
  );
}
