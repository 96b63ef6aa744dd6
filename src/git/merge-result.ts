import type { MergedFile, MergeResult } from "../check/ports.ts";
import type { Environment } from "./location.ts";
import { type MergeEnds, mergeCandidates } from "./merge-candidates.ts";
import { pathFromBytes } from "./path-text.ts";
import type { View } from "./view.ts";

/** More possible merges than this are not tried. */
const CANDIDATES_MAX = 8;

/** What decides how Git merges, as plain data; drivers and strategies of the user are not run. */
const MERGE_SETTINGS = /^(?:true|false|yes|no|on|off|0|1|copies?|conflict|\d{1,9})$/i;

interface MergedTree {
  tree: string;
  conflicts: string[];
}

/** Merges again, in private, what Git is merging right now. */
export function createMergeReader(view: View, env: Environment) {
  return {
    /** @param ours the tree of the index, which is what is being merged into. */
    resultOf: async (file: MergedFile, ours: string): Promise<MergeResult> => {
      const found = await mergeCandidates(view, env, file, ours);
      if (found.length === 0) {
        return unknown("what is being merged could not be found out");
      }
      if (found.length > CANDIDATES_MAX)
        return unknown("too many commits make the change that is being merged");
      await adoptSettings(view);
      const results = new Map<string, MergedTree>();
      for (const ends of found) {
        const merged = await mergeTrees(view, ends);
        if (merged === null)
          return unknown("Git cannot merge it apart from the work tree (2.38 or newer can)");
        results.set(merged.tree, merged);
      }
      if (results.size > 1) return unknown("several commits make the change that is being merged");
      const [{ tree, conflicts }] = [...results.values()] as [MergedTree];
      return {
        kind: "merged",
        tree: { label: "merge", revision: null, id: tree },
        conflicts: conflicts.filter((path) => path !== file.path),
      };
    },
  };
}

function unknown(because: string): MergeResult {
  return { kind: "unknown", because };
}

async function adoptSettings(view: View): Promise<void> {
  const found = await view.readUserConfig(
    "^(merge\\.(renames|directoryrenames|renamelimit|renormalize)|diff\\.(renames|renamelimit))$",
  );
  view.adoptConfig(new Map([...found].filter(([, value]) => MERGE_SETTINGS.test(value))));
}

/**
 * null where this Git cannot. What it writes goes into the private repository; Git sets the time of objects that the
 * user's has already, as the merge does that runs this.
 */
async function mergeTrees(view: View, ends: MergeEnds): Promise<MergedTree | null> {
  const { workTree } = view.location;
  const [ours, theirs] = ends.kind === "commits" ? [ends.ours, ends.theirs] : synthetic(view, ends);
  // Attributes of the work tree say what is merged as text. With our configuration no driver has a program.
  const result = await view.git(
    [
      ...(workTree === null ? [] : ["-C", workTree]),
      ...["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", "--allow-unrelated-histories"],
      ours,
      theirs,
    ],
    workTree === null ? {} : { workTree },
  );
  if (result.exitCode !== 0 && result.exitCode !== 1) return null;
  const [tree, ...conflicts] = splitParts(result.stdout);
  if (tree === undefined || !/^[0-9a-f]{40,64}$/.test(tree)) return null;
  return { tree, conflicts: [...new Set(conflicts)] };
}

function splitParts(output: Buffer): string[] {
  return output
    .toString("latin1")
    .split("\0")
    .map((part) => pathFromBytes(Buffer.from(part, "latin1")))
    .filter((part) => part !== "");
}

const SIGNATURE = "nixclaude <nixclaude@localhost> 946684800 +0000";

/** Two commits whose merge base has exactly this tree: a cherry-pick takes the parent of what it picks for the base. */
function synthetic(view: View, { base, ours, theirs }: MergeEnds & { kind: "trees" }): [string, string] {
  const commit = (tree: string, parent?: string) =>
    view.store.write(
      "commit",
      Buffer.from(
        `tree ${tree}\n${parent === undefined ? "" : `parent ${parent}\n`}author ${SIGNATURE}\ncommitter ${SIGNATURE}\n\nnixclaude\n`,
      ),
    );
  const root = commit(base);
  return [commit(ours, root), commit(theirs, root)];
}
