import { inputsAt, type LockFile, type LockNode, referenceOf } from "../../lock/index.ts";
import { LockError, UsageError } from "../../model/errors.ts";
import { didYouMean } from "../../model/nearest.ts";

/** A flake input whose history is asked for, as `flake.lock` has it at both ends. */
export interface BisectedInput {
  /** `company-standards`, `company-standards/nixpkgs`. */
  path: string;
  /** Without revision: `github:acme/standards`. */
  reference: string;
  /** At the head. */
  node: LockNode;
  /** Revisions that are locked at base and head. */
  locked: { before: string; after: string };
}

/** Sources that are made from commits; a clone can stand for each. */
const FROM_COMMITS: readonly unknown[] = ["git", "github", "gitlab", "sourcehut", "tarball"];

export interface LocksOfEnds {
  before: LockFile | null;
  after: LockFile | null;
}

/**
 * @param wanted path of the input, as typed.
 * @throws UsageError for what is no input with commits; LockError for one that a clone cannot stand for.
 */
export function findInput({ before, after }: LocksOfEnds, wanted: string): BisectedInput {
  if (after === null) throw noInput(`there is no flake.lock, and so no input "${wanted}"`, CHOOSE_FLAKE);
  const inputs = inputsAt(after);
  const found = inputs.get(wanted);
  if (found === undefined) {
    const direct = [...inputs.values()].filter(({ above }) => above === null).map(({ path }) => path);
    const hint = direct.length === 0 ? CHOOSE_FLAKE : `Inputs are ${direct.join(", ")}.`;
    throw noInput(`there is no input "${wanted}".${didYouMean(wanted, inputs.keys())}`, hint);
  }
  if (typeof found.edge !== "string") {
    const followed = found.edge.join("/");
    throw noInput(
      `input "${wanted}" follows ${followed}`,
      `Ask for what it follows: nixclaude bisect ${followed}`,
    );
  }
  const old = before === null ? undefined : inputsAt(before).get(wanted);
  if (old === undefined) {
    throw noInput(
      `input "${wanted}" is new: before, there was none`,
      "Name a revision that has it with --base.",
    );
  }
  return {
    path: wanted,
    reference: referenceOf(found.node.locked!),
    node: found.node,
    locked: { before: commitOf(old.node, wanted), after: commitOf(found.node, wanted) },
  };
}

const CHOOSE_FLAKE = "Name the directory of a flake with inputs with --flake.";

function noInput(message: string, hint: string): UsageError {
  return new UsageError("not-a-git-input", message, { hint });
}

function commitOf({ locked }: LockNode, path: string): string {
  const { type, rev, submodules, lfs } = locked!;
  if (!FROM_COMMITS.includes(type) || !/^[0-9a-f]{40}$/.test(String(rev))) {
    throw noInput(
      `input "${path}" is ${referenceOf(locked!)}, which has no commits of Git`,
      "Only inputs that are fetched from a Git repository have a history to look through.",
    );
  }
  if (submodules === true || lfs === true) {
    throw new LockError(
      "unsupported-input",
      `input "${path}" is fetched with ${submodules === true ? "submodules" : "Git LFS"}, which its history cannot be`,
      { hint: "nixclaude diff tells what the input changes as a whole." },
    );
  }
  return String(rev);
}

/**
 * Where the input's repository is on this machine.
 * @param asked given with `--clone`, absolute.
 * @throws UsageError when it is nowhere here.
 */
export function cloneDirectory({ path, reference, node }: BisectedInput, asked: string | null): string {
  if (asked !== null) return asked;
  const { type, url } = node.locked!;
  const place = type === "git" ? /^file:\/\/(\/[^?#]*)$/.exec(String(url))?.[1] : undefined;
  const directory = place === undefined ? null : decoded(place);
  if (directory !== null) return directory;
  throw new UsageError("clone-needed", `input "${path}" is ${reference}, which is not on this machine`, {
    hint: `Clone that repository, with all its history, and name the directory: nixclaude bisect ${path} --clone DIR`,
  });
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
