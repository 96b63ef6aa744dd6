/** What a sticky comment says of itself in its first line, unseen by readers. */
export interface Marker {
  /** Tells several comments on one pull request apart: one for each configuration of the Action. */
  key: string;
  /** Commit that was checked. */
  head: string;
  /** Ids of runs grow with time; an attempt repeats a run. */
  run: number;
  attempt: number;
}

const FORM =
  /^<!-- nixclaude-comment key=([a-z0-9-]{1,64}) head=([0-9a-f]{40,64}) run=(\d{1,15}) attempt=(\d{1,6}) -->\n/;

export function formatMarker({ key, head, run, attempt }: Marker): string {
  return `<!-- nixclaude-comment key=${key} head=${head} run=${run} attempt=${attempt} -->\n`;
}

/** The marker at the very start of a comment; null: the comment is somebody else's. */
export function parseMarker(body: string): Marker | null {
  // GitHub gives back line breaks as they were typed into a browser.
  const match = FORM.exec(body.replaceAll("\r\n", "\n"));
  if (match === null) return null;
  const [, key = "", head = "", run, attempt] = match;
  return { key, head, run: Number(run), attempt: Number(attempt) };
}

/** Was `a` written by a later run than `b`? */
export function isNewer(a: Marker, b: Marker): boolean {
  return a.run !== b.run ? a.run > b.run : a.attempt > b.attempt;
}
