import type { ChangeFact, Surface } from "../model/change.ts";
import type { TextUnit } from "../model/context.ts";
import { canonicalJson, type Json } from "../model/json.ts";
import { attributePath } from "../model/position.ts";
import { type Effect, gravest, INCOMPARABLE, NARROWS, NEUTRAL, undecided, WIDENS } from "./effect.ts";
import { frontMatterEffects } from "./front-matter.ts";
import { compareNamed } from "./named.ts";
import type { SurfaceOptions } from "./side.ts";
import { textDiffField } from "./text-diff.ts";

/** Where one kind of text unit stands and what it is called. */
export interface UnitKind {
  surface: Surface;
  root: "skills" | "agents" | "commands" | "outputStyles";
  noun: string;
}

/**
 * Skills, agents, commands and output styles are compared by content. Their words are instructions, so another text
 * is neither wider nor narrower; their front matter and the commands inside them can grant, and decide.
 */
export function diffTextUnits(
  kindOfUnit: UnitKind,
  before: Readonly<Record<string, TextUnit>>,
  after: Readonly<Record<string, TextUnit>>,
  options: SurfaceOptions,
): ChangeFact[] {
  const { surface, root, noun } = kindOfUnit;
  return compareNamed(before, after, unitJson).map(
    ({ kind, name, before: old, after: now }): ChangeFact => ({
      surface,
      path: attributePath(root, name),
      kind,
      ...unitEffect(kindOfUnit, old, now, options),
      before: old === null ? null : unitJson(old),
      after: now === null ? null : unitJson(now),
      summary: `${noun} \`${name}\` ${kind}${detailOf(old, now)}`,
      ...textDiffField(options.textDiff, old?.text, now?.text),
    }),
  );
}

function unitEffect(
  { root }: UnitKind,
  before: TextUnit | null,
  after: TextUnit | null,
  options: SurfaceOptions,
): Effect {
  // Without it, its grants are gone and so is what it asked for.
  if (after === null) return INCOMPARABLE;
  return gravest([
    textEffect(before, after),
    injectedCommandEffect(before, after),
    ...(root === "skills" ? [besideEffect(before, after)] : []),
    ...frontMatterEffects(root, before?.attributes ?? null, after.attributes, options).map(
      ({ effect }) => effect,
    ),
  ]);
}

function textEffect(before: TextUnit | null, after: TextUnit): Effect {
  if (after.text === null) return undecided("its text cannot be read here, and its front matter may grant");
  return before?.digest === after.digest && before.description === after.description ? NEUTRAL : INCOMPARABLE;
}

/** `` !`command` `` and ```` ```! ```` blocks run while the text is rendered, before Claude reads it. */
const INJECTED_COMMANDS = /!`[^`\n]+`|^[ \t]*```![\s\S]*?(?:^[ \t]*```|$(?![\s\S]))/gm;

function injectedCommands(unit: TextUnit | null): string[] {
  return unit?.text?.match(INJECTED_COMMANDS) ?? [];
}

function injectedCommandEffect(before: TextUnit | null, after: TextUnit): Effect {
  const [had, has] = [injectedCommands(before), injectedCommands(after)];
  if (has.some((command) => !had.includes(command))) return WIDENS;
  return had.some((command) => !has.includes(command)) ? NARROWS : NEUTRAL;
}

/** Where a skill runs something unasked, the files beside its text are what runs. */
function besideEffect(before: TextUnit | null, after: TextUnit): Effect {
  if (before === null) return NEUTRAL;
  const isGranted = (["allowed-tools", "hooks"] as const).some((key) => Object.hasOwn(after.attributes, key));
  if (!isGranted && injectedCommands(after).length === 0) return NEUTRAL;
  const isOther = Object.entries(after.files).some(
    ([name, digest]) => name !== "SKILL.md" && before.files[name] !== digest,
  );
  return isOther ? WIDENS : NEUTRAL;
}

/** What is compared, without the text itself: the digest stands for it, and a report stays small. */
function unitJson({ description, digest, files, attributes }: TextUnit): Json {
  return { description, digest, files, attributes };
}

function detailOf(before: TextUnit | null, after: TextUnit | null): string {
  if (before === null || after === null) return "";
  const names = [...new Set([...Object.keys(before.files), ...Object.keys(after.files)])]
    .filter((name) => before.files[name] !== after.files[name])
    .sort();
  const parts = names.length > 3 ? [`${names.length} files`] : names;
  if (canonicalJson(before.attributes) !== canonicalJson(after.attributes)) parts.push("front matter");
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
