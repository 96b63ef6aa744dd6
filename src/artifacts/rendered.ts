/** A file that a client reads, to be written as UTF-8. */
export interface ClientFile {
  /** Relative to the project, with `/`: `.claude/settings.json`. Never leads out of it. */
  path: string;
  text: string;
}

/** What is in the context, but would not act as it says; the value is left out where nothing else is said. */
export interface RenderProblem {
  /** Attribute path. */
  path: string;
  message: string;
}

/** What cannot be written because the context does not hold it. */
export interface Omission {
  /** Attribute path. */
  path: string;
  reason: string;
}

export interface RenderedFiles {
  /** Ordered by path. */
  files: ClientFile[];
  problems: RenderProblem[];
  omitted: Omission[];
}

/** Collects what could not be written as it stands. */
export class RenderNotes {
  readonly problems: RenderProblem[] = [];
  readonly omitted: Omission[] = [];

  problem(path: string, message: string): void {
    this.problems.push({ path, message });
  }

  omit(path: string, reason: string): void {
    this.omitted.push({ path, reason });
  }
}
