import type { RevisionSpec } from "../../check/ports.ts";
import { checkoutBase } from "../../git/checkout-base.ts";
import { shortId } from "../../model/short-id.ts";
import { visible } from "../../render/escape.ts";
import { headline } from "../../render/words.ts";
import type { Io } from "../io.ts";
import { behaviorWords } from "./behavior-words.ts";
import { checkFor, hasNoContext } from "./judge.ts";

/** After a merge or a pull. Git says `1` for one that only staged the result (`--squash`). */
export function postMerge([squash]: readonly string[], io: Io): Promise<number> {
  return squash === "1"
    ? sayWhatChanged({ base: revision("HEAD"), head: { kind: "index" } }, "nixclaude diff --staged", io)
    : sayWhatChanged(
        { base: revision("ORIG_HEAD"), head: revision("HEAD") },
        "nixclaude diff --base ORIG_HEAD --head HEAD",
        io,
      );
}

/**
 * After `git checkout`, `git switch`, and the checkout that a rebase begins with. Git says from which commit to which, and
 * `0` where only files were taken.
 */
export async function postCheckout([from, to, ofBranch]: readonly string[], io: Io): Promise<number> {
  if (ofBranch !== "1" || from === undefined || to === undefined) return 0;
  // Zeros: a fresh clone or work tree, where nothing was before.
  if (from === to || /^0+$/.test(from)) return 0;
  const base = await checkoutBase(io.cwd, io.env, { from, to });
  if (base === null || base === to) return 0;
  const command = `nixclaude diff --base ${shortId(base)} --head ${shortId(to)}`;
  return sayWhatChanged({ base: revision(base), head: revision(to) }, command, io);
}

function revision(name: string): RevisionSpec {
  return { kind: "revision", name };
}

const MOST_CHARACTERS = 400;

/**
 * One line when Claude behaves otherwise than before, or when that cannot be told. What was merged or switched to was
 * written by others and nobody has read it yet: it is evaluated as a stranger's. Never fails what Git has done already.
 */
async function sayWhatChanged(
  ends: { base: RevisionSpec; head: RevisionSpec },
  command: string,
  io: Io,
): Promise<number> {
  const outcome = await checkFor({ ...ends, trust: "untrusted" }, io);
  if (hasNoContext(outcome)) return 0;
  if (outcome.kind === "not-evaluated") {
    say(`whether Claude behaves as before could not be told: ${outcome.error.message}`, command, io);
    return 0;
  }
  const words = behaviorWords(outcome.report);
  if (words !== null) say(`Claude's behavior changed: ${words}. ${headline(outcome.report)}`, command, io);
  return 0;
}

function say(text: string, command: string, io: Io): void {
  const line = visible(text);
  const shown = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}...` : line;
  io.stderr.write(`nixclaude: ${shown} (${command})\n`);
}
