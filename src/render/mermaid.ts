import type { Cause, Change } from "../model/change.ts";
import type { FlakeReport } from "../model/report.ts";
import { visible } from "./escape.ts";
import { revisionsText } from "./words.ts";

/** A picture of more arrows than this says less than the table. */
const MAX_EFFECTS = 20;
const MAX_LABEL_CHARACTERS = 60;

/** Lines of a Mermaid flow chart from the inputs that moved to what they changed; none where no input changed anything. */
export function effectsPicture({ inputs, changes }: FlakeReport): string[] {
  const effects = changes.flatMap((change) => causingInputs(change).map((path) => ({ path, change })));
  const paths = inputs
    .map(({ path }) => path)
    .filter((path) => effects.some((effect) => effect.path === path));
  if (paths.length === 0 || effects.length > MAX_EFFECTS) return [];
  const caused = changes.filter((change) => effects.some((effect) => effect.change === change));
  const known = effects.filter(({ path }) => paths.includes(path));
  return [
    "flowchart LR",
    ...paths.map((path, index) => {
      const input = inputs.find((one) => one.path === path)!;
      return `  i${index}["${label(path)}<br>${label(revisionsText(input))}"]`;
    }),
    ...caused.map((change, index) => `  c${index}["${label(`${change.direction}: ${change.summary}`)}"]`),
    ...known.map(({ path, change }) => `  i${paths.indexOf(path)} --> c${caused.indexOf(change)}`),
  ];
}

/** Inputs that a change has among its causes, alone or with others. */
function causingInputs({ causes }: Change): string[] {
  const named = (cause: Cause): string[] => {
    if (cause.kind === "joint") return cause.of.flatMap(named);
    return cause.kind === "input" ? [cause.name] : [];
  };
  return [...new Set(causes.flatMap(named))];
}

/** Everything that Mermaid, Markdown or HTML could act on stands as a numbered entity, which Mermaid writes with `#`. */
function label(text: string): string {
  const characters = [...visible(text)];
  const shown = characters.slice(0, MAX_LABEL_CHARACTERS);
  const cut = characters.length > MAX_LABEL_CHARACTERS ? "..." : "";
  return shown.map((one) => (/[A-Za-z0-9 .,_/-]/.test(one) ? one : `#${one.codePointAt(0)};`)).join("") + cut;
}
