import type { FlakeReport } from "../model/report.ts";
import { effectsOf, MAX_PICTURED_EFFECTS } from "./effects.ts";
import { visible } from "./escape.ts";
import { revisionsText } from "./words.ts";

const MAX_LABEL_CHARACTERS = 60;

/** Lines of a Mermaid flow chart from the inputs that moved to what they changed; none where no input changed anything. */
export function effectsPicture(flake: FlakeReport): string[] {
  const { inputs, changes, arrows } = effectsOf(flake);
  if (arrows.length === 0 || arrows.length > MAX_PICTURED_EFFECTS) return [];
  return [
    "flowchart LR",
    ...inputs.map(
      (input, index) =>
        `  i${index}["${label(input.path)}<br>${label(revisionsText(input).replace("->", "→"))}"]`,
    ),
    ...changes.map((change, index) => `  c${index}["${change.direction}<br>${label(change.summary)}"]`),
    ...arrows.map(({ input, change }) => `  i${inputs.indexOf(input)} --> c${changes.indexOf(change)}`),
  ];
}

/** Without the backticks of code, which a picture does not know. Everything that Mermaid, Markdown or HTML could act on stands as a numbered entity, which Mermaid writes with `#`. */
function label(text: string): string {
  const characters = [...visible(text).replaceAll("`", "")];
  const shown = characters.slice(0, MAX_LABEL_CHARACTERS);
  const cut = characters.length > MAX_LABEL_CHARACTERS ? "..." : "";
  return shown.map((one) => (/[A-Za-z0-9 .,_/-]/.test(one) ? one : `#${one.codePointAt(0)};`)).join("") + cut;
}
