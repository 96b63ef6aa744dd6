import { attributePath } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import type { Notes } from "./notes.ts";
import { entriesOf, itemsOf } from "./read.ts";

/** One member of a collection that is written as an attrset or as a list. */
export interface Member {
  raw: RawValue;
  /** Attribute path as written: `tools.rg`, `tools[0]`. */
  path: string;
  /** The attribute's name; null in a list, where the member itself says it. */
  key: string | null;
}

export function membersOf(raw: RawValue | undefined, path: string): Member[] {
  return raw?.kind === "list"
    ? itemsOf(raw).map((item, index) => ({ raw: item, path: attributePath(path, index), key: null }))
    : entriesOf(raw).map(([key, value]) => ({ raw: value, path: attributePath(path, key), key }));
}

/** A member that has been read, under the name it has in the normal form. */
export interface NamedMember<T> {
  name: string;
  path: string;
  value: T;
}

/** Members by name. Of two with one name the first stays, and the second is a problem. */
export function byName<T>(
  members: readonly NamedMember<T>[],
  expected: string,
  notes: Notes,
): Record<string, T> {
  const found = new Map<string, NamedMember<T>>();
  for (const member of members) {
    const first = found.get(member.name);
    if (first === undefined) found.set(member.name, member);
    else
      notes.problem(
        member.path,
        `a second ${expected} named ${JSON.stringify(member.name)}`,
        `one name for each ${expected} (the first is ${first.path})`,
      );
  }
  return Object.fromEntries([...found].map(([name, member]) => [name, member.value]));
}
