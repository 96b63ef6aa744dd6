import type { RawValue } from "../model/raw-value.ts";
import type { Notes } from "./notes.ts";
import { stringOf } from "./read.ts";
import { inWords } from "./words.ts";

/**
 * A string that names a file where text is expected is a mistake: its content could change unseen, since the text
 * that is compared would only be the name. `"${self}/persona.md"` is such a string, `./persona.md` is not.
 */
export function notePathText(raw: RawValue | undefined, path: string, notes: Notes): void {
  const text = stringOf(raw);
  if (text !== undefined && namesFile(text.trim())) {
    notes.problem(path, inWords(raw), "the text itself, or a path value such as ./review.md");
  }
}

/** `/nix/store/…`, `<input>/…` as the evaluator writes places, `./x.md`: one word. */
function namesFile(text: string): boolean {
  return /^(?:\/|\.{1,2}\/|~\/|<[^>\s]+>(?:\/|$))\S*$/.test(text);
}
