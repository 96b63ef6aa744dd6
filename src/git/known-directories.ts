import type { Tree } from "../check/ports.ts";
import { pathToLatin1 } from "./path-text.ts";
import type { TreeEntry } from "./tree-builder.ts";

/** Each may be as large as its directory. */
const MOST_DIRECTORIES = 16;

/** Names, and those of them that are directories. What Git would not write (a name twice) counts as all that it says. */
interface Listing {
  names: ReadonlySet<string>;
  directories: ReadonlySet<string>;
}

/**
 * What directories of trees hold, as far as it was read on the way to some file. A tree never changes, so that nobody
 * needs to start Git to hear that something is not there.
 */
export class KnownDirectories {
  readonly #known = new Map<string, Listing>();

  learn(tree: Tree, directory: string, entries: readonly TreeEntry[]): void {
    const key = keyOf(tree, directory);
    if (this.#known.has(key) || this.#known.size >= MOST_DIRECTORIES) return;
    const names = (of: readonly TreeEntry[]) => new Set(of.map(({ name }) => name.toString("latin1")));
    this.#known.set(key, { names: names(entries), directories: names(entries.filter(isDirectory)) });
  }

  /** Nothing stands at the path, as far as is known. */
  lacks(tree: Tree, path: string): boolean {
    return this.#isCutOff(tree, path, "names");
  }

  /** There is no such directory, as far as is known. */
  lacksDirectory(tree: Tree, path: string): boolean {
    return this.#isCutOff(tree, path, "directories");
  }

  #isCutOff(tree: Tree, path: string, last: keyof Listing): boolean {
    const steps = pathToLatin1(path).split("/");
    return steps.some((step, at) => {
      const listing = this.#known.get(keyOf(tree, path.split("/").slice(0, at).join("/")));
      return listing?.[at === steps.length - 1 ? last : "directories"].has(step) === false;
    });
  }
}

/** Some programs write `040000`. */
function isDirectory({ mode }: TreeEntry): boolean {
  return /^0*40000$/.test(mode);
}

function keyOf(tree: Tree, directory: string): string {
  return `${tree.id}:${directory}`;
}
