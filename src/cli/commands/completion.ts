import { bashCompletion, fishCompletion, zshCompletion } from "../completion-scripts.ts";
import { type CompletionCommand, completionCommands } from "../completion-words.ts";
import type { Io } from "../io.ts";

const SHELLS: Record<string, (commands: readonly CompletionCommand[]) => string> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `shell` was checked by the parser. */
export async function run(shell: string, io: Io): Promise<number> {
  io.stdout.write(SHELLS[shell]!(completionCommands()));
  return 0;
}
