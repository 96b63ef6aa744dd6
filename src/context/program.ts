import type { JsonObject } from "../model/json.ts";
import type { RawValue } from "../model/raw-value.ts";
import { contentDigest } from "./digest.ts";
import { packageProgram, stringOf } from "./read.ts";

/** One word of a command as Nix code names it: text, a package (its program), or a path (the file that runs). */
export interface Word {
  text: string;
  /** `name-version` of the package. */
  package: string | null;
  /** `sha256:…` of the file or directory behind a path. */
  content: string | null;
}

export function wordOf(raw: RawValue | undefined): Word | undefined {
  switch (raw?.kind) {
    case "derivation":
      return { text: packageProgram(raw), package: raw.name, content: null };
    case "path":
      return { text: raw.path, package: null, content: contentDigest(raw.content) };
    case "scalar":
    case "string-like": {
      const text = stringOf(raw);
      return text === undefined ? undefined : { text, package: null, content: null };
    }
    default:
      return undefined;
  }
}

/**
 * What is behind the words of a command, for `other`: under `$content` the digest of each path and under `$package`
 * the name of each package, by the key where it stands. Empty when there is neither.
 */
export function behindWords(words: readonly (readonly [key: string, word: Word])[]): JsonObject {
  const contents = words.flatMap(([key, word]): [string, string][] =>
    word.content === null ? [] : [[key, word.content]],
  );
  const packages = words.flatMap(([key, word]): [string, string][] =>
    word.package === null ? [] : [[key, word.package]],
  );
  return {
    ...(contents.length > 0 ? { $content: Object.fromEntries(contents) } : {}),
    ...(packages.length > 0 ? { $package: Object.fromEntries(packages) } : {}),
  };
}

/** Values of `env` and `headers`: numbers and booleans are written as the text they become. */
export function variableOf(raw: RawValue): Word | undefined {
  if (raw.kind === "scalar" && (typeof raw.value === "number" || typeof raw.value === "boolean")) {
    return { text: String(raw.value), package: null, content: null };
  }
  return raw.kind === "derivation" ? undefined : wordOf(raw);
}
