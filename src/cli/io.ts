/** All that a command may touch of the process that runs it; tests hand in their own. */
export interface Io {
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
}
