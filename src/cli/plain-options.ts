import { parseArgs } from "node:util";
import type { OptionDefinition } from "./option-definitions.ts";
import type { RawOptions } from "./parse-options.ts";

/**
 * The options of a command line that holds nothing but options, as the option parser would hand them over; null where
 * something is to be said about it (help, a mistake) or where only certain words may stand: the option parser knows how.
 */
export function plainOptions(
  words: readonly string[],
  definitions: readonly OptionDefinition[],
): RawOptions | null {
  const options = Object.fromEntries(definitions.filter(takesAnyWord).map(parsed));
  try {
    // A lone `--` is no option, and means nothing here.
    const { values } = parseArgs({ args: [...words], options, strict: true, allowPositionals: false });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => rawOption(name, value)));
  } catch {
    return null;
  }
}

function takesAnyWord({ choices }: OptionDefinition): boolean {
  return choices === undefined;
}

/** `--format <name[=file]>`, `--no-cache` */
function parsed({ flags, repeatable }: OptionDefinition) {
  const [flag, value] = flags.split(" ");
  const type = value === undefined ? "boolean" : "string";
  return [flag!.slice(2), { type, multiple: repeatable === true }] as const;
}

/** `--no-cache` sets `cache`, `--include-untracked` sets `includeUntracked`. */
function rawOption(name: string, value: unknown): [string, unknown] {
  if (name.startsWith("no-")) return [name.slice(3), value !== true];
  return [name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()), value];
}
