/** All that a command may touch of the process that runs it; tests hand in their own. */
export interface Io {
  /** What is sent to the program; only looked at by commands that read it. */
  stdin: AsyncIterable<Uint8Array>;
  /** Holds the report and nothing else. */
  stdout: Output;
  /** Holds progress and errors. */
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** Does standard output go to a person's terminal? */
  isTty: boolean;
  /** Width to lay text out for. */
  columns: number;
}

export interface Output {
  write(text: string): void;
  /** Waits until what was written has been taken; false when nobody reads any more. Without it, always at once. */
  ready?(): Promise<boolean>;
}
