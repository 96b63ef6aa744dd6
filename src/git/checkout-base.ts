import { existsSync } from "node:fs";
import { join } from "node:path";
import { locateRepository } from "./location.ts";
import { createView } from "./view.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a checkout is to be compared with, so that what was somebody else's shows: the commit that was left; at the start
 * of a rebase, which leaves its own commits for a moment, where these began. Null for a step of a bisection or rebase.
 */
export async function checkoutBase(
  directory: string,
  env: Environment,
  { from, to }: { from: string; to: string },
): Promise<string | null> {
  const location = locateRepository(directory, env);
  const isThere = (name: string) => existsSync(join(location.gitDirectory, name));
  // Git's own files: it writes `msgnum` when the first commit is picked, after the checkout.
  if (["BISECT_START", "rebase-apply", "rebase-merge/msgnum"].some(isThere)) return null;
  if (!isThere("rebase-merge")) return from;
  const view = createView(location, env);
  try {
    const { exitCode, stdout } = await view.git(["merge-base", from, to]);
    return exitCode === 0 ? stdout.toString("latin1").trim() : from;
  } finally {
    view.close();
  }
}
