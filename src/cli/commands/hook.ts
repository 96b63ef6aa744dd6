import { checkFor, tell } from "../hooks/judge.ts";
import type { Io } from "../io.ts";

/**
 * The entry that hooks call. `pre-commit`: what is staged against HEAD; silent when all is well, so that a commit reads
 * as it always did. No commit waits for what the other hooks need.
 */
export async function run(name: string, args: readonly string[], io: Io): Promise<number> {
  if (name === "pre-commit") return tell(await checkFor({}, io), io);
  return (await import("../hooks/index.ts")).runHook(name, args, io);
}
