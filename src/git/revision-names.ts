import type { Tree } from "../check/ports.ts";
import {
  ambiguousRevision,
  corruptRepository,
  missingObjects,
  shallowBoundary,
  unknownRevision,
} from "./errors.ts";
import { askForNames } from "./name-batch.ts";
import type { View } from "./view.ts";

/** The tree that a revision names; null for HEAD before the first commit. */
export async function resolveRevision(view: View, name: string): Promise<Tree | null> {
  const [commit, tree] = await lookUp(view, name, ["^{commit}", "^{tree}"]);
  if (tree !== null && tree !== undefined) return { label: name, revision: commit ?? null, id: tree };
  return explainMissing(view, name);
}

/** The tree of its first parent; null for a commit without parents. */
export async function resolveFirstParent(view: View, name: string): Promise<Tree | null> {
  const [commit, parent, tree] = await lookUp(view, name, ["^{commit}", "^1^{commit}", "^1^{tree}"]);
  if (commit === null || commit === undefined) return explainMissing(view, name);
  if (parent && tree) return { label: `${name}^`, revision: parent, id: tree };
  // Git hides the parents of a commit at which a shallow clone ends: it would look like the first one.
  if (view.shallowCommits().has(commit)) throw shallowBoundary(name);
  const result = await view.git(["cat-file", "commit", commit]);
  const written = /^tree [0-9a-f]+\nparent ([0-9a-f]+)/.exec(result.stdout.toString("latin1"))?.[1];
  if (result.exitCode !== 0) throw corruptRepository(`Commit ${commit}`, result);
  if (written !== undefined)
    throw missingObjects(`The parent of "${name}"`, [written], view.location.partial);
  return null;
}

/**
 * What the revision leads to over each suffix; null for what is not there. Names go over standard input, so none is
 * taken for an option.
 */
async function lookUp(view: View, name: string, suffixes: string[]): Promise<(string | null)[]> {
  if (/[\n\0]/.test(name) || name === "") return suffixes.map(() => null);
  const pseudoRef = /^[A-Z]+_HEAD\b/.exec(name);
  if (pseudoRef !== null) view.exposePseudoRef(pseudoRef[0]);
  if (name.includes("@{")) view.exposeLogs();
  if (/@\{(u|upstream|push)\}/i.test(name)) view.adoptConfig(await view.readUserConfig(TRACKING));
  // In `:/text` and `rev:path` a suffix would belong to the text or path.
  const [start] = name.includes(":") ? await lookUpNames(view, name, [name]) : [name];
  if (!start) return suffixes.map(() => null);
  return lookUpNames(
    view,
    name,
    suffixes.map((suffix) => start + suffix),
  );
}

async function lookUpNames(view: View, name: string, names: string[]): Promise<(string | null)[]> {
  const result = await askForNames(view, names);
  const lines = result.stdout.toString("utf8").split("\n").slice(0, -1);
  // A branch without an upstream ends Git instead of being missing.
  if (result.exitCode !== 0 && name.includes("@{")) return names.map(() => null);
  if (result.exitCode !== 0 || lines.length !== names.length)
    throw corruptRepository(`Revision "${name}"`, result);
  if (lines.some((line) => line.endsWith(" ambiguous"))) {
    throw ambiguousRevision(name, result.stderr.split("\n").filter(Boolean));
  }
  return lines.map((line) => (/^[0-9a-f]{40,64}$/.test(line) ? line : null));
}

/** What `@{upstream}` and `@{push}` go by. */
const TRACKING =
  "^(branch\\..*\\.(remote|merge|pushremote)|remote\\..*\\.(fetch|push)|remote\\.pushdefault|push\\.default)$";

async function explainMissing(view: View, name: string): Promise<null> {
  const refs = await view.git(["for-each-ref", "--format=%(refname)"]);
  const fullNames = refs.stdout.toString("utf8").split("\n").filter(Boolean);
  if ((name === "HEAD" || name === "@") && (await headIsUnborn(view, fullNames))) return null;
  const shallow = view.shallowCommits().size > 0;
  const named = await view.git(["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
  const id = named.stdout.toString("latin1").trim();
  if (/^[0-9a-f]{40,64}$/.test(id)) {
    // Git takes any full id for a name, whether the object is there or not.
    if (id === name.toLowerCase()) throw unknownRevision(name, [], shallow);
    const read = await view.git(["cat-file", "-t", id]);
    if (read.exitCode !== 0 && /corrupt|inflate|bad object header|mismatch/.test(read.stderr)) {
      throw corruptRepository(`Revision "${name}"`, read);
    }
    if (read.exitCode === 0 && /^(blob|tag)$/.test(read.stdout.toString("latin1").trim())) {
      throw unknownRevision(name, [], false);
    }
    throw missingObjects(`Revision "${name}"`, [id], shallow || view.location.partial);
  }
  throw unknownRevision(name, ["HEAD", ...fullNames.map(shortName)], shallow);
}

/** HEAD names a branch that does not exist yet; not: one that exists and is damaged. */
async function headIsUnborn(view: View, fullNames: string[]): Promise<boolean> {
  const symbolic = await view.git(["symbolic-ref", "--quiet", "HEAD"]);
  const branch = symbolic.stdout.toString("utf8").trim();
  if (symbolic.exitCode !== 0 || fullNames.includes(branch)) return false;
  const read = await view.git(["rev-parse", "--verify", "--end-of-options", branch]);
  return read.exitCode !== 0 && !/bad ref|broken|unable to/.test(read.stderr) && !view.refFileExists(branch);
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags|remotes)\//, "");
}
