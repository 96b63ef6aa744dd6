import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import type { JsonObject } from "../model/json.ts";
import type { PathContent } from "../model/raw-value.ts";

type FileContent = Extract<PathContent, { kind: "file" }>;
type DirectoryContent = Extract<PathContent, { kind: "directory" }>;

/** How much text is read for one evaluation, in files of the size limit. */
const MAX_FULL_FILES = 256;

/**
 * Reads the text of files that Nix has hashed. A file counts only when its bytes have that hash: what stands on the
 * disk is then what was evaluated, whoever can write there.
 */
export class Contents {
  readonly #physicalRoot: string;
  readonly #maxTextBytes: number;
  #left: number;
  /** True once a file could not be read back as Nix hashed it: then texts are missing that another run may have. */
  incomplete = false;

  /** @param physicalRoot what stands in front of `/nix/store` on this disk. */
  constructor(physicalRoot: string, maxTextBytes: number) {
    this.#physicalRoot = physicalRoot;
    this.#maxTextBytes = maxTextBytes;
    this.#left = maxTextBytes * MAX_FULL_FILES;
  }

  file(storePath: string, sha256: string): FileContent {
    const path = this.#onDisk(storePath);
    const text = this.#text(path, sha256);
    return {
      kind: "file",
      sha256,
      ...(text === null ? {} : { text }),
      ...(isExecutable(path) ? { executable: true } : {}),
    };
  }

  directory(storePath: string, files: readonly JsonObject[]): DirectoryContent["files"] {
    const root = this.#onDisk(storePath);
    return files.map((file) => {
      const path = file.path as string;
      if (file.kind !== "regular") return { path, sha256: linkDigest(`${root}/${path}`) };
      const sha256 = file.sha256 as string;
      const text = this.#text(`${root}/${path}`, sha256);
      return {
        path,
        sha256,
        ...(text === null ? {} : { text }),
        ...(isExecutable(`${root}/${path}`) ? { executable: true } : {}),
      };
    });
  }

  #onDisk(storePath: string): string {
    if (this.#physicalRoot === "" || storePath.startsWith(`${this.#physicalRoot}/`)) return storePath;
    return this.#physicalRoot + storePath;
  }

  #text(path: string, sha256: string): string | null {
    const bytes = this.#bytes(path, sha256);
    if (bytes === null || bytes.includes(0)) return null;
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      // Not UTF-8: the hash alone speaks.
      return null;
    }
  }

  #bytes(path: string, sha256: string): Buffer | null {
    try {
      const stat = lstatSync(path);
      if (stat.isFile() && (stat.size > this.#maxTextBytes || stat.size > this.#left)) return null;
      const bytes = stat.isFile() ? readFileSync(path) : null;
      if (bytes !== null && createHash("sha256").update(bytes).digest("hex") === sha256) {
        this.#left -= bytes.length;
        return bytes;
      }
    } catch {
      // A remote store, or a path that was collected meanwhile.
    }
    this.incomplete = true;
    return null;
  }
}

function isExecutable(path: string): boolean {
  try {
    return (lstatSync(path).mode & 0o111) !== 0;
  } catch {
    return false;
  }
}

/** Nix cannot read where a link points to; inside a directory that is its content. */
function linkDigest(path: string): string {
  let target = "";
  try {
    target = readlinkSync(path);
  } catch {
    // A link that cannot be read is compared as one without a target.
  }
  return createHash("sha256").update(`symlink ${target}`).digest("hex");
}
