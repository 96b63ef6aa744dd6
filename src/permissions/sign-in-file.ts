import type { CommandFacts } from "./command-facts.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { type Whereabouts, withHome } from "./directory-changes.ts";
import { isBehindXargs } from "./file-commands.ts";
import { absolutePath, isInside } from "./paths.ts";

const LINKING = new Set(["ln", "link", "mv"]);

/**
 * Would the command give the client's own sign-in tokens another name, or write them? Newer clients ask then, whatever
 * the rules say: what a link or a move takes must neither be the file nor a directory above it.
 */
export function changesSignIn(set: CompiledSet, fact: CommandFacts, { directories }: Whereabouts): boolean {
  if (!LINKING.has(fact.program) || isBehindXargs(fact)) return false;
  const { home } = set.surroundings;
  const tokens = `${home}/.claude/.credentials.json`;
  const paths = fact.words
    .slice(1)
    .filter((word) => word.literal && !word.value.startsWith("-"))
    .map((word) => absolutePath(withHome(word, set), directories[0]!, home));
  const taken = paths.length > 1 ? paths.slice(0, -1) : paths;
  return paths.at(-1) === tokens || taken.some((path) => isInside(tokens, path));
}
