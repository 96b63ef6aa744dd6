/** What every rendered file says of itself, in words that its readers see and the model does not. */
export const RENDERED_NOTE =
  "Written by nixclaude render from the flake's context: change it there, not here.";

/** How a file that a client reads stands to what the context renders to. */
export type ArtifactState =
  /** It says what would be written. */
  | "fits"
  | "missing"
  /** Written from another context, and nobody has touched it since. */
  | "stale"
  /** Written, and changed since by something else than `nixclaude render`. */
  | "edited"
  /** It stands in the place of a file that would be written, and was never written. */
  | "by-hand"
  /** Written, and the context has nothing for it any more. */
  | "leftover"
  | "edited-leftover"
  /** Written, and what should stand there by now is not part of the context. */
  | "unknown"
  /** Something else than a file stands in its place, or on the way there. */
  | "blocked";

/** A rendered file that is not as it would be written, or of which that cannot be told. */
export interface ArtifactDrift {
  /** Path in the repository. */
  file: string;
  state: Exclude<ArtifactState, "fits">;
  /** What is wrong with it, where more is known; goes on after the name of the file. */
  because: string | null;
}

/** The rendered files of one flake at both ends of a check. */
export interface ArtifactDrifts {
  /** The command line that writes them anew. */
  mend: string;
  /** null where there is no base, or no context in it. */
  before: ArtifactDrift[] | null;
  after: ArtifactDrift[];
}
