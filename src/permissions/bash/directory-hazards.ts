import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import {
  changesDirectory,
  changesOf,
  changeToProject,
  leadsNowhere,
  whereabouts,
} from "../files/directory-changes.ts";
import { fileOperands, isBehindXargs } from "../files/file-commands.ts";
import { takeArguments } from "../files/program-arguments.ts";
import { isReadOnlySed } from "../files/sed-commands.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import type { CommandLine } from "../shell/command-line.ts";
import type { LineHazard } from "./bash-hazards.ts";

const VERSION_CONTROL = /^(?:git|hg|svn|jj)(?:\s|$)/;

/** A change to where the line stands anyway is none before version control. */
export function changesBeforeVersionControl(
  facts: readonly CommandFacts[],
  set: CompiledSet,
  line: Pick<CommandLine, "piped" | "source">,
): boolean {
  if (!facts.some((fact) => isVersionControl(fact, set.client))) return false;
  if (line.piped && changesLeft(set, facts, line) > 1) return true;
  return changesOf(set, facts, line.piped).some((fact) => !leadsNowhere(fact, set, line.piped));
}

/** In a line with pipes nothing is as good as nothing but `cd project && ` in front; to older clients anywhere. */
function changesLeft(
  set: CompiledSet,
  facts: readonly CommandFacts[],
  { piped, source }: Pick<CommandLine, "piped" | "source">,
): number {
  if (!piped) return changesOf(set, facts, false).length;
  const text = `${changeToProject(set)} && `;
  const skipped = set.client === "2.1.197" ? source.includes(text) : source.startsWith(text);
  return facts.filter(changesDirectory).length - (skipped ? 1 : 0);
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
  line: Pick<CommandLine, "piped" | "source">,
): LineHazard | null {
  const { piped } = line;
  if (!facts.some(changesDirectory)) return null;
  const held = (reason: string): LineHazard => ({ reason: `a directory change ${reason}`, fullText: false });
  const byParts = (reason: string): LineHazard => ({ reason, fullText: !piped, byParts: true });
  const together = (reason: string): LineHazard => byParts(`a directory change together with ${reason}`);
  const changes = changesOf(set, facts, piped);
  if (changes.length > 1) {
    return { reason: "several directory changes in one command", fullText: false };
  }
  const change = facts.find((fact) => changesDirectory(fact) && fact.program === "cd");
  if (change !== undefined && takeArguments("cd", change.words.slice(1), set.client).operands.length > 1)
    return byParts("cd with more than one argument");
  const newer = set.client !== "2.1.197";
  const redirects = facts.flatMap((fact) => fact.command.redirects);
  if (changesBeforeVersionControl(facts, set, line)) return held("before a version-control command");
  if (piped ? changesLeft(set, facts, line) > 0 : whereabouts(set, facts).kind === "lost") {
    if (facts.some((fact) => writesFiles(fact, set))) return together("a command that writes files");
    const written = redirects.filter(({ direction }) => direction === "write");
    if (written.some(({ target }) => target?.value !== "/dev/null")) return together("a written file");
    if (change === undefined) return null;
    if (written.length > 0 && !newer) return together("a redirection");
    const read = redirects.some(
      ({ direction, target }) => direction === "read" && !OPEN_ALREADY.test(target?.value ?? ""),
    );
    if (read && newer) return together("a redirected input");
  }
  return null;
}

/** What a command reads there is no file. */
const OPEN_ALREADY = /^\/dev\/(?:null|std(?:in|out|err)|tty|fd\/\d+)$/;

function writesFiles(fact: CommandFacts, set: CompiledSet): boolean {
  if (isBehindXargs(fact) || (fact.program === "tee" && set.client === "2.1.197")) return false;
  // Measured: these even without a file.
  if (/^(?:rm|rmdir|mkdir|touch|cp|mv)$/.test(fact.words[0]?.value ?? "")) return true;
  if (fact.words[0]?.value === "sed" && !isReadOnlySed(fact.words.slice(1))) return true;
  return (fileOperands(fact.program, fact.words, set.client)?.writes.length ?? 0) > 0;
}
