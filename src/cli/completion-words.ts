import { COMMANDS } from "./commands.ts";
import type { OptionDefinition } from "./option-definitions.ts";

/** What a shell needs to know of one command. */
export interface CompletionCommand {
  name: string;
  summary: string;
  /** Words that may stand as its argument. */
  words: readonly string[];
  options: readonly CompletionOption[];
}

export interface CompletionOption {
  flag: string;
  description: string;
  takesValue: boolean;
  /** Known values; empty where anything may stand. */
  values: readonly string[];
}

export function completionCommands(): CompletionCommand[] {
  return COMMANDS.map(({ name, summary, arguments: args, options }) => ({
    name,
    summary,
    words: args.flatMap(({ choices }) => choices ?? []),
    options: [...options.map(completionOption), HELP],
  }));
}

const HELP: CompletionOption = {
  flag: "--help",
  description: "show this help",
  takesValue: false,
  values: [],
};

function completionOption({ flags, description, choices, suggestions }: OptionDefinition): CompletionOption {
  const [flag = ""] = flags.split(" ");
  return { flag, description, takesValue: flags.includes("<"), values: choices ?? suggestions ?? [] };
}
