import { posix } from "node:path";
import type { FoundFile, ProjectTree } from "../check/project-tree.ts";

/** The client reads these wherever it works: in the project, above it, and below it when it gets there. */
const MEMORY_FILES = new Set(["CLAUDE.md", "CLAUDE.local.md"]);
/** How far the client follows `@path` imports. */
const MAX_HOPS = 4;

/**
 * Instructions in files, by path relative to the project: memory files, rules, and what they import with `@path`
 * from this repository.
 */
export async function memoryFiles(tree: ProjectTree, project: string): Promise<Map<string, FoundFile>> {
  const inProject = (path: string) => posix.join(project, path);
  const paths = [
    ...tree.named(MEMORY_FILES).filter((path) => isRead(posix.dirname(path), project)),
    inProject(".claude/CLAUDE.md"),
  ];
  const found = new Map<string, FoundFile>();
  for (const path of paths) {
    const file = tree.find(path);
    if (file !== null) found.set(posix.relative(project, path), file);
  }
  for (const [path, file] of tree.below(inProject(".claude/rules"))) {
    if (path.endsWith(".md")) found.set(posix.relative(project, path), file);
  }
  await addImports(tree, project, found);
  return found;
}

/** Below the project, or in a directory above it. */
function isRead(directory: string, project: string): boolean {
  const holder = directory === "." ? "" : `${directory}/`;
  return holder.startsWith(project === "" ? "" : `${project}/`) || `${project}/`.startsWith(holder);
}

async function addImports(tree: ProjectTree, project: string, found: Map<string, FoundFile>): Promise<void> {
  let layer = [...found];
  for (let hop = 0; hop < MAX_HOPS && layer.length > 0; hop++) {
    const next = new Map<string, FoundFile>();
    for (const [path, file] of layer) {
      if (file.kind !== "file") continue;
      const text = Buffer.from(await tree.read(file)).toString("utf8");
      for (const target of importsOf(text)) {
        const imported = posix.join(project, posix.dirname(path), target);
        const id = posix.relative(project, imported);
        const there = imported.startsWith("../") ? null : tree.find(imported);
        if (there !== null && !found.has(id)) next.set(id, there);
      }
    }
    for (const [id, file] of next) found.set(id, file);
    layer = [...next];
  }
}

/** `@docs/git.md` in running text; not in code, and not what leaves the repository (`@~/…`, `@/…`). */
export function importsOf(text: string): string[] {
  const prose = text.replace(/^(```|~~~)[\s\S]*?^\1.*$/gm, "").replace(/(`+)[^\n]*?\1/g, "");
  return [...prose.matchAll(/(?:^|\s)@((?:[^\s\\]|\\ )+)/g)]
    .map((match) => match[1]!.replace(/\\ /g, " "))
    .filter((target) => !target.startsWith("/") && !target.startsWith("~"));
}
