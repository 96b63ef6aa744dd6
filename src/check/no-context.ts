import { ContextError } from "../model/errors.ts";
import type { AbsentSnapshot } from "../model/snapshot.ts";

/** There is nothing to judge: not a pass, since somebody expects a context here. `directory` `""` is the root. */
export function noContext(snapshot: AbsentSnapshot, directory: string): ContextError {
  const where = directory === "" ? "this repository" : directory;
  if (snapshot.reason === "no-attribute") {
    return new ContextError("no-claude-context", `the flake of ${where} has no claudeContext`, {
      hint: "Add the output (nixclaude init shows one), or name another with --attribute.",
    });
  }
  return new ContextError("no-context", `${where} has neither a flake.nix nor files of the client`, {
    hint: "Run nixclaude init for a first claudeContext, or name the flake's directory with --flake.",
  });
}
