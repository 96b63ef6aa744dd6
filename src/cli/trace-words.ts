import type { CommitFacts, LineOrigin } from "../check/ports.ts";
import type { TracedInput } from "../check/provenance/trace.ts";
import { dayOf } from "../lock/index.ts";
import { shortId } from "../render/words.ts";

/** `1a2b3c4 2026-10-01 Ada Example: Widen the rules`. */
export function commitText({ id, seconds, author, subject }: CommitFacts): string {
  return `${shortId(id)} ${dayOf(seconds) ?? "on no day"} ${author}: ${subject}`;
}

/** Who wrote a line, or why nobody can be named. */
export function originText(origin: LineOrigin): string {
  switch (origin.kind) {
    case "commit":
      return origin.boundary
        ? `${commitText(origin.commit)} (where this shallow clone ends: it may be older)`
        : commitText(origin.commit);
    case "uncommitted":
      return "not committed yet";
    case "unchanged":
      return "unchanged";
    case "unknown":
      return `not known: ${origin.because}`;
  }
}

/** `github:acme/standards at 1a2b3c4 of 2026-09-28`. */
export function lockedText({ reference, revision, lastModified }: TracedInput): string {
  const day = dayOf(lastModified);
  if (revision === null) return `${reference}, not locked`;
  return `${reference} at ${shortId(revision)}${day === null ? "" : ` of ${day}`}`;
}

/** As JSON: the commit with its day as a time of UTC. */
export function originJson(origin: LineOrigin | null): object | null {
  if (origin?.kind !== "commit") return origin;
  return { ...origin, commit: commitJson(origin.commit) };
}

export function commitJson({ id, author, seconds, subject }: CommitFacts): object {
  return { id, author, date: timeOf(seconds), subject };
}

/** The input with the time of its revision. */
export function inputJson(input: TracedInput | null): object | null {
  if (input === null) return null;
  const { lastModified, ...facts } = input;
  return { ...facts, date: lastModified === null ? null : timeOf(lastModified) };
}

function timeOf(seconds: number): string | null {
  // The same bounds as those of a day.
  return dayOf(seconds) === null ? null : new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
