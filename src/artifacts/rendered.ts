/** A file that a client reads, to be written as UTF-8. */
export interface ClientFile {
  /** Relative to the project, with `/`: `.claude/settings.json`. Never leads out of it. */
  path: string;
  text: string;
}

/** A file that a text of the client's names: a script of a skill. */
export interface FileBeside {
  /** Relative to the project. */
  path: string;
  /** Path of the text that it belongs to: `.claude/skills/review/SKILL.md`. */
  of: string;
  bytes: Uint8Array;
  executable: boolean;
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

/** A file that would be written, if the context held it. */
export interface Withheld {
  /** Relative to the project. */
  path: string;
  reason: string;
}

export interface RenderedFiles {
  /** Ordered by path. */
  files: ClientFile[];
  /** Ordered by path. */
  beside: FileBeside[];
  problems: RenderProblem[];
  omitted: Omission[];
  withheld: Withheld[];
}

/** Collects what could not be written as it stands. */
export class RenderNotes {
  readonly problems: RenderProblem[] = [];
  readonly omitted: Omission[] = [];
  readonly withheld: Withheld[] = [];

  problem(path: string, message: string): void {
    this.problems.push({ path, message });
  }

  omit(path: string, reason: string): void {
    this.omitted.push({ path, reason });
  }

  withhold(path: string, file: string, reason: string): void {
    this.omit(path, reason);
    this.withheld.push({ path: file, reason });
  }
}
