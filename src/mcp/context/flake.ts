import type { Snapshot } from "../../model/snapshot.ts";
import type { WatchedFiles } from "./watch.ts";

/** The flake that a session works in. What throws, throws a NixclaudeError: it could not be told. */
export interface FlakePort {
  /** What the flake can depend on in its repository. */
  watched(): Promise<WatchedFiles>;
  evaluate(): Promise<FlakeState>;
  /** Is this call (`Bash(git push)`) approved, by which rule, set where: text for people. */
  why(call: string): Promise<string>;
  /** What the work tree lets Claude do that the last commit did not: text for people. */
  check(): Promise<string>;
}

/** The flake as it was evaluated. */
export interface FlakeState {
  snapshot: Snapshot;
  /** Root of the repository, absolute: texts of a context name its files by `./`, and its tools run there. */
  root: string;
}
