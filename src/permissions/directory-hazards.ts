import type { ClientVersion } from "../model/semantics.ts";
import type { LineHazard } from "./bash-hazards.ts";
import type { CommandFacts } from "./command-facts.ts";
import type { CompiledSet } from "./compiled-set.ts";
import { changesDirectory, whereabouts } from "./directory-changes.ts";
import { fileOperands, isBehindXargs } from "./file-commands.ts";

const VERSION_CONTROL = /^(?:git|hg|svn|jj)(?:\s|$)/;

/** A change to where the line stands anyway is none before version control. */
export function changesBeforeVersionControl(
  facts: readonly CommandFacts[],
  { client, surroundings }: Pick<CompiledSet, "client" | "surroundings">,
): boolean {
  const { project } = surroundings;
  return facts.some((fact) => leaves(fact, project)) && facts.some((fact) => isVersionControl(fact, client));
}

function leaves(fact: CommandFacts, project: string): boolean {
  if (!changesDirectory(fact)) return false;
  const target = fact.allow.words[1]?.value.replace(/(?<=.)\/+$/, "");
  return target !== "." && target !== project;
}

/** Seen behind the wrappers that allow rules look through, and by its plain name only. */
function isVersionControl({ allow }: CommandFacts, client: ClientVersion): boolean {
  const text = allow.behindXargs ?? allow.words[0]?.value ?? "";
  return VERSION_CONTROL.test(text) && (client !== "2.1.197" || text.startsWith("git"));
}

/** A directory change before version control, twice, or together with a written file. */
export function directoryHazard(
  set: CompiledSet,
  facts: readonly CommandFacts[],
  piped: boolean,
): LineHazard | null {
  const { kind } = whereabouts(set, facts);
  if (kind === "steady") return null;
  const held = (reason: string): LineHazard => ({ reason: `a directory change ${reason}`, fullText: false });
  if (facts.filter(changesDirectory).length > 1) {
    return { reason: "several directory changes in one command", fullText: false };
  }
  const change = facts.find((fact) => changesDirectory(fact) && fact.program === "cd");
  if (change !== undefined && change.words.length > 2)
    return { reason: "cd with more than one argument", fullText: false };
  const newer = set.client !== "2.1.197";
  const redirects = facts.flatMap((fact) => fact.command.redirects);
  if (changesBeforeVersionControl(facts, set)) return held("before a version-control command");
  if (kind === "lost" || piped) {
    if (facts.some((fact) => writesFiles(fact, set)))
      return held("together with a command that writes files");
    const written = redirects.filter(({ direction }) => direction === "write");
    if (written.some(({ target }) => target?.value !== "/dev/null"))
      return held("together with a written file");
    if (change === undefined) return null;
    if (written.length > 0 && !newer) return held("together with a redirection");
    const read = redirects.some(
      ({ direction, target }) => direction === "read" && target?.value !== "/dev/null",
    );
    const leaves = !/^(?:\/|\.\/?$)/.test(change.words[1]?.value ?? "/");
    if (read && newer && leaves) return held("together with a redirected input");
  }
  return null;
}

function writesFiles(fact: CommandFacts, set: CompiledSet): boolean {
  if (isBehindXargs(fact) || (fact.program === "tee" && set.client === "2.1.197")) return false;
  return (fileOperands(fact.program, fact.words, set.client)?.writes.length ?? 0) > 0;
}
