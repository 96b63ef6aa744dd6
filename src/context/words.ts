import type { RawPath, RawValue } from "../model/raw-value.ts";
import { packageName } from "./read.ts";

const SHOWN_CHARACTERS = 60;

/** What was found, in words: `a string "x"`, `a function`, `a package (ripgrep)`. */
export function inWords(raw: RawValue | undefined): string {
  if (raw === undefined) return "nothing";
  switch (raw.kind) {
    case "scalar":
      return scalarInWords(raw.value);
    case "list":
      return raw.items.length === 0 ? "an empty list" : "a list";
    case "set":
      return isEmpty(raw.entries) ? "an empty attribute set" : "an attribute set";
    case "function":
      return "a function";
    case "derivation":
      return `a package (${shortened(packageName(raw))})`;
    case "path":
      return pathInWords(raw);
    case "source":
      return `a flake or source tree (${shortened(raw.text)})`;
    case "string-like":
      return "an attribute set that becomes text (`__toString` or `outPath`)";
    case "failure":
      return "a value that does not evaluate";
    case "cut":
      return "a value beyond a limit";
  }
}

function pathInWords(raw: RawPath): string {
  const path = shortened(raw.path);
  switch (raw.content.kind) {
    case "file":
      return `a file (${path})`;
    case "directory":
      return `a directory (${path})`;
    case "symlink":
      return `a symbolic link (${path})`;
    case "missing":
      return `a path that does not exist (${path})`;
  }
}

function scalarInWords(value: null | boolean | number | string): string {
  if (value === null) return "null";
  if (typeof value === "string") return `a string ${JSON.stringify(shortened(value))}`;
  return typeof value === "number" ? `the number ${value}` : `the boolean ${value}`;
}

/** Without listing the keys: this is asked for every mistake in a set, which may have thousands. */
function isEmpty(entries: object): boolean {
  for (const _ in entries) return false;
  return true;
}

function shortened(text: string): string {
  // Two code units for each character are enough; the rest of a long text is not looked at.
  const characters = [...text.slice(0, 2 * (SHOWN_CHARACTERS + 1))];
  return characters.length <= SHOWN_CHARACTERS ? text : `${characters.slice(0, SHOWN_CHARACTERS).join("")}…`;
}
