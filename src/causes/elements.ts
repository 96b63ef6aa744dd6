import type { InputChange } from "../model/lock.ts";
import { compareText } from "../model/order.ts";

/**
 * What may have made a change, alone or with others: the edited source, a direct input with all that moved below it,
 * a single row below one, or many inputs at once where there are too many to try each.
 */
export interface Element {
  kind: "edit" | "group" | "unit" | "row";
  /** Path of the input; `""` for the edit. */
  name: string;
  /** What stands for it in a question: rows of the inputs table, or the edit. */
  atoms: readonly string[];
  /** What it can be taken apart into. */
  parts: readonly Element[];
}

/** Not a path of an input. */
export const EDIT = "";

export const THE_EDIT: Element = { kind: "edit", name: EDIT, atoms: [EDIT], parts: [] };

/** What differs between the two sides, sorted by how it can have acted. */
export interface Differences {
  /** null: nothing but `flake.lock` differs. */
  edit: Element | null;
  /** Direct inputs that both sides have, with the rows at and below each. */
  units: readonly Element[];
  /** Rows of direct inputs that one side alone has: they come and go with the source that names them. */
  structural: readonly InputChange[];
}

export function differencesOf(rows: readonly InputChange[], isEdited: boolean): Differences {
  const byUnit = new Map<string, InputChange[]>();
  for (const row of [...rows].sort(byPath)) {
    const name = row.path.split("/")[0]!;
    byUnit.set(name, [...(byUnit.get(name) ?? []), row]);
  }
  const isStructural = (name: string, [first]: readonly InputChange[]) =>
    first!.path === name && isOneSided(first!);
  const groups = [...byUnit];
  const structural = groups
    .filter(([name, below]) => isStructural(name, below))
    .flatMap(([, below]) => below);
  const units = groups.filter(([name, below]) => !isStructural(name, below));
  return {
    edit: isEdited || structural.length > 0 ? THE_EDIT : null,
    units: units.map(([name, below]) => ({
      kind: "unit",
      name,
      atoms: below.map(({ path }) => path),
      parts: rowElements(below),
    })),
    structural,
  };
}

/** Inputs that an input gained or lost come with the row above them: it is that one's code that asks for them. */
function rowElements(rows: readonly InputChange[]): Element[] {
  const elements: (Element & { atoms: string[] })[] = [];
  for (const row of rows) {
    const above = isOneSided(row)
      ? elements.findLast(({ name }) => row.path.startsWith(`${name}/`))
      : undefined;
    if (above === undefined) elements.push({ kind: "row", name: row.path, atoms: [row.path], parts: [] });
    else above.atoms.push(row.path);
  }
  return elements;
}

function isOneSided({ kind }: InputChange): boolean {
  return kind === "added" || kind === "removed";
}

/** What stands above comes before what stands below. */
function byPath(a: InputChange, b: InputChange): number {
  return compareText(`${a.path}/`, `${b.path}/`);
}

/** More than this are not tried one by one. */
const TRIED_AT_ONCE_MAX = 48;
const GROUPS = 24;

/** The elements, in groups (of groups) where there are too many of them. */
export function grouped(elements: readonly Element[]): readonly Element[] {
  if (elements.length <= TRIED_AT_ONCE_MAX) return elements;
  const size = Math.ceil(elements.length / GROUPS);
  const groups: Element[] = [];
  for (let at = 0; at < elements.length; at += size) {
    const members = elements.slice(at, at + size);
    groups.push({
      kind: "group",
      name: members[0]!.name,
      atoms: members.flatMap(({ atoms }) => atoms),
      parts: grouped(members),
    });
  }
  return groups;
}
