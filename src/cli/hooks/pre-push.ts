import type { RevisionSpec } from "../../check/ports.ts";
import { findPushedRanges, type PushedRange, type RefUpdate } from "../../git/push-range.ts";
import { UsageError } from "../../model/errors.ts";
import { shortId } from "../../model/short-id.ts";
import { visible } from "../../render/escape.ts";
import type { Io } from "../io.ts";
import { checkFor, hasNoContext, tell } from "./judge.ts";
import { readInput } from "./read-input.ts";

/** One line of what Git sends to a pre-push hook. */
interface PushedRef extends RefUpdate {
  localRef: string;
  remoteRef: string;
}

/**
 * Checks what each pushed ref brings to the remote. `args` are the remote's name, or its URL where it has none, and its
 * URL. Deleted refs bring nothing. The worst exit status counts.
 */
export async function prePush(args: readonly string[], io: Io): Promise<number> {
  const [remote = io.env.PRE_COMMIT_REMOTE_NAME ?? "origin"] = args;
  const refs = (await pushedRefs(io)).filter(({ localId }) => !isNothing(localId));
  if (refs.length === 0) return 0;
  const ranges = await findPushedRanges(io.cwd, io.env, remote, refs);
  let status = 0;
  const seen = new Set<string>();
  for (const [index, range] of ranges.entries()) {
    if (range === null || seen.has(`${range.base} ${range.head}`)) continue;
    seen.add(`${range.base} ${range.head}`);
    status = Math.max(status, await checkRange(range, refs[index]!, io));
  }
  return status;
}

/** From Git; or from pre-commit, which keeps Git's words to itself and names one ref in the environment. */
async function pushedRefs(io: Io): Promise<PushedRef[]> {
  const text = await readInput(io);
  if (text.trim() !== "") return text.split("\n").filter(Boolean).map(pushedRef);
  const { PRE_COMMIT_TO_REF: to, PRE_COMMIT_LOCAL_BRANCH: localRef = "HEAD" } = io.env;
  if (to === undefined || to === "") return [];
  const remoteRef = io.env.PRE_COMMIT_REMOTE_BRANCH ?? localRef;
  // What pre-commit calls the start of the range may be no commit of the remote: it is found out here.
  return [{ localRef, localId: to, remoteRef, remoteId: NOTHING }];
}

const NOTHING = "0".repeat(40);

function isNothing(id: string): boolean {
  return /^0+$/.test(id);
}

function pushedRef(line: string): PushedRef {
  const words = line.split(" ");
  const [localRef = "", localId = "", remoteRef = "", remoteId = ""] = words;
  if (words.length === 4 && [localId, remoteId].every((id) => /^[0-9a-f]{40,64}$/.test(id))) {
    return { localRef, localId, remoteRef, remoteId };
  }
  throw new UsageError("input-not-understood", "a line of standard input does not name a pushed ref", {
    hint: "Git sends `<local ref> <local id> <remote ref> <remote id>` to a pre-push hook; hand its standard input on.",
  });
}

async function checkRange(range: PushedRange, ref: PushedRef, io: Io): Promise<number> {
  const base: RevisionSpec = range.base === null ? { kind: "none" } : { kind: "revision", name: range.base };
  const outcome = await checkFor({ base, head: { kind: "revision", name: range.head } }, io);
  // Nothing that could change: pushing pages or notes is nobody's business here.
  if (hasNoContext(outcome)) return 0;
  if (outcome.kind === "not-evaluated" || outcome.report.verdict !== "pass") {
    io.stderr.write(`nixclaude: ${visible(ref.remoteRef)}, ${comparedWith(range)}\n`);
  }
  return tell(outcome, io);
}

function comparedWith({ base, remoteIsElsewhere }: PushedRange): string {
  if (base === null) return "as if all were new: nothing of the remote is known here";
  const against = `against ${shortId(base)}`;
  return remoteIsElsewhere
    ? `${against}: what the remote has is not here (git fetch brings it)`
    : `${against}, which the remote has`;
}
