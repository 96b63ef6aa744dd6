import type { TextDiffPart } from "../model/change.ts";

/** Longer differences are cut here; `--format json` has them whole. */
const MAX_CHARACTERS = 600;
/** Unchanged text around a changed word, in characters on either side. */
const TEXT_CONTEXT_CHARACTERS = 30;

/** Git's notation for words, `[-removed-]` and `{+added+}`, with some of the text around them. */
export function textDiffLine(parts: readonly TextDiffPart[]): string {
  const shown = parts.map(({ kind, text }, index) => {
    if (kind === "added") return `{+${text}+}`;
    if (kind === "removed") return `[-${text}-]`;
    return shortened(text, index > 0, index < parts.length - 1);
  });
  const line = shown.join("");
  return line.length <= MAX_CHARACTERS ? line : `${[...line].slice(0, MAX_CHARACTERS).join("")} ...`;
}

function shortened(text: string, keepStart: boolean, keepEnd: boolean): string {
  const characters = [...text];
  const kept = (keepStart ? TEXT_CONTEXT_CHARACTERS : 0) + (keepEnd ? TEXT_CONTEXT_CHARACTERS : 0);
  if (characters.length <= kept) return text;
  const start = keepStart ? characters.slice(0, TEXT_CONTEXT_CHARACTERS).join("") : "";
  const end = keepEnd ? characters.slice(-TEXT_CONTEXT_CHARACTERS).join("") : "";
  return `${start}...${end}`;
}
