import { UsageError } from "../../model/errors.ts";
import { didYouMean } from "../../model/nearest.ts";
import type { Io } from "../io.ts";
import { clientEdit } from "./client-edit.ts";
import { commitMessage } from "./commit-message.ts";
import { postCheckout, postMerge } from "./moved.ts";
import { HOOK_NAMES } from "./names.ts";
import { prePush } from "./pre-push.ts";
import { prepareCommitMessage } from "./prepare-commit-message.ts";
import { sessionStart } from "./session-start.ts";

/** All hooks but `pre-commit`. Throws UsageError for a name that no hook has. */
export async function runHook(name: string, args: readonly string[], io: Io): Promise<number> {
  switch (name) {
    case "pre-push":
      return prePush(args, io);
    case "post-merge":
      return postMerge(args, io);
    case "post-checkout":
      return postCheckout(args, io);
    case "prepare-commit-msg":
      return prepareCommitMessage(args, io);
    case "commit-msg":
      return commitMessage(args, io);
    case "client-edit":
      return clientEdit(io);
    case "session-start":
      return sessionStart(io);
    default:
      throw new UsageError(
        "unknown-hook",
        `nixclaude has no hook "${name}".${didYouMean(name, HOOK_NAMES)}`,
        {
          hint: `The hooks it has are ${HOOK_NAMES.join(", ")}.`,
        },
      );
  }
}
