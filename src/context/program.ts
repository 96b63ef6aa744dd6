import type { JsonObject } from "../model/json.ts";
import type { RawValue, References } from "../model/raw-value.ts";
import { contentDigest } from "./digest.ts";
import { packageProgram, stringOf } from "./read.ts";

/** One word of a command as Nix code names it: text, a package (its program), or a path (the file that runs). */
export interface Word {
  text: string;
  /** `name-version` of the package. */
  package: string | null;
  /** `sha256:…` of the file or directory behind a path. */
  content: string | null;
  /** Files that a text names. */
  files: References | null;
}

export function wordOf(raw: RawValue | undefined): Word | undefined {
  switch (raw?.kind) {
    case "derivation":
      return { text: packageProgram(raw), package: raw.name, content: null, files: null };
    case "path":
      return { text: raw.path, package: null, content: contentDigest(raw.content), files: null };
    case "scalar":
    case "string-like": {
      const text = stringOf(raw);
      return text === undefined
        ? undefined
        : { text, package: null, content: null, files: raw.references ?? null };
    }
    default:
      return undefined;
  }
}

/**
 * What is behind the words of a command, for `other`: under `$content` the digest of each path and under `$package`
 * the name of each package, by the key where it stands; under `$files` the digests of the files that texts name, by
 * their paths. Empty when there is none of them.
 */
export function behindWords(words: readonly (readonly [key: string, word: Word])[]): JsonObject {
  const contents = words.flatMap(([key, word]): [string, string][] =>
    word.content === null ? [] : [[key, word.content]],
  );
  const packages = words.flatMap(([key, word]): [string, string][] =>
    word.package === null ? [] : [[key, word.package]],
  );
  const files = Object.assign({}, ...words.map(([, word]) => word.files ?? {})) as JsonObject;
  return {
    ...(contents.length > 0 ? { $content: Object.fromEntries(contents) } : {}),
    ...(packages.length > 0 ? { $package: Object.fromEntries(packages) } : {}),
    ...(Object.keys(files).length > 0 ? { $files: files } : {}),
  };
}

/** The text of a word with what is behind it, for places that hold nothing but text. */
export function spelledOut({ text, content, files }: Word): string {
  const digests = [...(content === null ? [] : [content]), ...Object.values(files ?? {})];
  return digests.length === 0 ? text : `${text} (${digests.join(", ")})`;
}

/** Values of `env` and `headers`: numbers and booleans are written as the text they become. */
export function variableOf(raw: RawValue): Word | undefined {
  if (raw.kind === "scalar" && (typeof raw.value === "number" || typeof raw.value === "boolean")) {
    return { text: String(raw.value), package: null, content: null, files: null };
  }
  return raw.kind === "derivation" ? undefined : wordOf(raw);
}
