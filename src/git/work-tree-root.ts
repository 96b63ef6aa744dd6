import { type Environment, locateRepository } from "./location.ts";

/** Root of the work tree that holds a directory, links resolved; null where there is none. Git is not started. */
export function workTreeOf(directory: string, env: Environment): string | null {
  try {
    return locateRepository(directory, env).workTree;
  } catch {
    return null;
  }
}
