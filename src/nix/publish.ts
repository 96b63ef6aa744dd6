import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ReplacedFile, Repository, Tree } from "../check/ports.ts";
import { type FileLeaf, type FileTree, narHash, treeOf } from "./nar.ts";
import type { TreeSource } from "./tool-flake.ts";

/** A tree that Nix can fetch. */
export interface Published {
  source: Extract<TreeSource, { tree: unknown }>;
  /** As a flake reference, without directory; ends in a query. */
  reference: string;
  /** What references to it contain. */
  marks: string[];
}

/** How trees reach Nix. */
export interface Publisher {
  tree(tree: Tree, replaced?: ReplacedFile): Promise<Published>;
  files(files: Record<string, string>): Promise<Published>;
  /** What a sealed evaluation must be allowed to open. */
  allowedUris: readonly string[];
}

/** As commits of the private repository; SHA-256 repositories, which no Nix can read, as exported directories. */
export function publisherFor(repository: Repository, scratch: string): Publisher {
  return repository.objectFormat === "sha1"
    ? new GitPublisher(repository)
    : new PathPublisher(repository, scratch);
}

/** Each tree once, however many flakes have it. */
class Once {
  readonly #known = new Map<string, Promise<Published>>();

  get(tree: Tree, replaced: ReplacedFile | undefined, publish: () => Promise<Published>): Promise<Published> {
    const key = replaced === undefined ? tree.id : JSON.stringify([tree.id, replaced]);
    const known = this.#known.get(key) ?? publish();
    this.#known.set(key, known);
    return known;
  }
}

class GitPublisher implements Publisher {
  readonly #repository: Repository;
  readonly #uris = new Set<string>();
  readonly #once = new Once();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  get allowedUris(): readonly string[] {
    return [...this.#uris];
  }

  tree(tree: Tree, replaced?: ReplacedFile): Promise<Published> {
    return this.#once.get(tree, replaced, async () =>
      this.#published(await this.#repository.publish(tree, replaced)),
    );
  }

  async files(files: Record<string, string>): Promise<Published> {
    return this.#published(await this.#repository.publishFiles(files));
  }

  #published({ repository, commit }: { repository: string; commit: string }): Published {
    // The compared text goes on after the path, so only a prefix that ends in "/" can match.
    const parent = `file://${dirname(repository)}/`;
    this.#uris.add(parent).add(`git+${parent}`);
    const url = `file://${repository}`;
    return {
      source: { tree: { type: "git", url, rev: commit, shallow: true } },
      reference: `git+${url}?rev=${commit}&shallow=1`,
      marks: [commit],
    };
  }
}

class PathPublisher implements Publisher {
  readonly #repository: Repository;
  readonly #scratch: string;
  readonly #once = new Once();
  #count = 0;
  readonly allowedUris: readonly string[];

  constructor(repository: Repository, scratch: string) {
    this.#repository = repository;
    this.#scratch = scratch;
    this.allowedUris = [`path:${scratch}/`];
  }

  tree(tree: Tree, replaced?: ReplacedFile): Promise<Published> {
    return this.#once.get(tree, replaced, async () => {
      const leaves = await this.#leavesOf(tree);
      if (replaced === undefined) return this.#write(leaves);
      const others = leaves.filter(([path]) => path !== replaced.path);
      return this.#write([...others, [replaced.path, { kind: "file", bytes: Buffer.from(replaced.text) }]]);
    });
  }

  async #leavesOf(tree: Tree): Promise<[string, FileLeaf][]> {
    const leaves: [string, FileLeaf][] = [];
    for (const path of await this.#repository.listFiles(tree, "")) {
      const bytes = await this.#repository.readFile(tree, path);
      if (bytes !== null) leaves.push([path, { kind: "file", bytes }]);
    }
    const links = await this.#repository.listLinks(tree, "");
    for (const [path, target] of Object.entries(links)) leaves.push([path, { kind: "symlink", target }]);
    return leaves;
  }

  async files(files: Record<string, string>): Promise<Published> {
    const leaves = Object.entries(files).map(([path, text]): [string, FileLeaf] => [
      path,
      { kind: "file", bytes: Buffer.from(text) },
    ]);
    return this.#write(leaves);
  }

  #write(leaves: readonly [string, FileLeaf][]): Published {
    this.#count += 1;
    return exportTree(join(this.#scratch, `export-${this.#count}`), treeOf(leaves));
  }
}

/** Writes a tree to a new directory and pins it by its hash, which pure evaluation asks for. */
export function exportTree(directory: string, tree: FileTree): Published {
  writeTree(directory, tree);
  const hash = narHash(tree);
  return {
    source: { tree: { type: "path", path: directory, narHash: hash } },
    reference: `path:${directory}?narHash=${encodeURIComponent(hash)}`,
    marks: [hash],
  };
}

function writeTree(path: string, node: FileTree): void {
  if (node.kind === "file") {
    writeFileSync(path, node.bytes);
    return;
  }
  if (node.kind === "symlink") {
    symlinkSync(node.target, path);
    return;
  }
  mkdirSync(path);
  for (const [name, child] of node.entries) writeTree(join(path, name), child);
}
