import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { temporaryFilesFailed } from "../system/failures.ts";

export type ObjectKind = "blob" | "tree" | "commit";

/**
 * A private repository that borrows the user's objects. We write its objects ourselves: when Git is told to write an
 * object that a borrowed store already has, it sets the time of that object or of its pack ("freshening"), and
 * nothing of the user's repository may be touched.
 */
export interface ObjectStore {
  /** Work tree of the private repository; not bare, because Nix 2.8 takes bare ones for remotes. */
  repository: string;
  /** Its object directory, for `GIT_OBJECT_DIRECTORY`. */
  objects: string;
  /**
   * A further place that the repository borrows from. As `GIT_OBJECT_DIRECTORY` it is for commands that write
   * objects on their own: they see nothing of the user's there, and so cannot touch it.
   */
  isolated: string;
  idOf(kind: ObjectKind, content: Uint8Array): string;
  write(kind: ObjectKind, content: Uint8Array): string;
  /** Copies an object to where Git sees nothing else (`isolated`). */
  writeIsolated(kind: ObjectKind, content: Uint8Array): string;
  /** Points HEAD of the private repository at a commit: Nix 2.8 wants one that resolves. */
  setHead(commit: string): void;
}

export function createObjectStore(
  directory: string,
  objectFormat: "sha1" | "sha256",
  borrowed: readonly string[],
): ObjectStore {
  const repository = join(directory, "repository");
  const gitDirectory = join(repository, ".git");
  const objects = join(gitDirectory, "objects");
  const isolated = join(directory, "isolated");
  const write = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw temporaryFilesFailed(directory, cause);
    }
  };
  // Links, since a line of `alternates` cannot hold every path that a directory may have.
  const links = borrowed.map((_, index) => join(directory, `borrowed-${index}`));
  const borrowFrom = (places: readonly string[]) =>
    writeFileSync(join(objects, "info", "alternates"), places.map((place) => `${place}\n`).join(""));
  write(() => {
    mkdirSync(join(objects, "info"), { recursive: true });
    borrowed.forEach((target, index) => {
      symlinkSync(target, links[index]!);
    });
    borrowFrom(links);
  });
  // Every directory takes time to make and to remove; a hook that only reads needs none of these.
  const becomeRepository = once(() =>
    write(() => {
      mkdirSync(join(gitDirectory, "refs"));
      writeFileSync(join(gitDirectory, "HEAD"), "ref: refs/heads/main\n");
      writeFileSync(join(gitDirectory, "config"), configText(objectFormat));
    }),
  );
  const isolate = once(() =>
    write(() => {
      for (const part of ["info", "pack"]) mkdirSync(join(isolated, part), { recursive: true });
      borrowFrom([isolated, ...links]);
    }),
  );

  const idOf = (kind: ObjectKind, content: Uint8Array) =>
    createHash(objectFormat).update(`${kind} ${content.length}\0`).update(content).digest("hex");
  const writeTo = (holder: string, kind: ObjectKind, content: Uint8Array): string => {
    const id = idOf(kind, content);
    const target = join(holder, id.slice(0, 2), id.slice(2));
    if (!existsSync(target)) {
      write(() => {
        mkdirSync(join(holder, id.slice(0, 2)), { recursive: true });
        const whole = Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content]);
        replaceFile(target, deflateSync(whole, { level: 1 }));
      });
    }
    return id;
  };
  return {
    repository,
    objects,
    get isolated() {
      isolate();
      return isolated;
    },
    idOf,
    write: (kind, content) => {
      becomeRepository();
      return writeTo(objects, kind, content);
    },
    writeIsolated: (kind, content) => {
      isolate();
      return writeTo(isolated, kind, content);
    },
    setHead: (commit) => {
      becomeRepository();
      write(() => replaceFile(join(gitDirectory, "HEAD"), `${commit}\n`));
    },
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    action();
    done = true;
  };
}

export function configText(objectFormat: "sha1" | "sha256", more = ""): string {
  const version = objectFormat === "sha256" || more !== "" ? 1 : 0;
  const extensions = objectFormat === "sha256" || more !== "" ? "[extensions]\n" : "";
  const format = objectFormat === "sha256" ? "\tobjectFormat = sha256\n" : "";
  return `[core]\n\trepositoryformatversion = ${version}\n\tbare = false\n\tlogallrefupdates = false\n[gc]\n\tauto = 0\n${extensions}${format}${more}`;
}

function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
