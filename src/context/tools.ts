import type { PermissionRule, Tool } from "../model/context.ts";
import { attributePath } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import { byName, membersOf, type NamedMember } from "./named.ts";
import type { Notes } from "./notes.ts";
import { plainObject } from "./plain.ts";
import { spelledOut, type Word, wordOf } from "./program.ts";
import { booleanOf, entryOf, itemsOf, packageProgram, stringOf, stringsOf, textOf } from "./read.ts";

export interface NormalTools {
  tools: Record<string, Tool>;
  /** `Bash(<program> *)` for each tool that is always approved. */
  rules: PermissionRule[];
  members: NamedMember<Tool>[];
}

export function normaliseTools(raw: RawValue | undefined, notes: Notes): NormalTools {
  const members = membersOf(raw, "tools").flatMap(({ raw: item, path, key }): NamedMember<Tool>[] => {
    const name = key ?? stringOf(entryOf(item, "name"));
    if (name === undefined || item.kind !== "set") return [];
    return [{ name, path, value: toolOf(item, name) }];
  });
  return {
    tools: byName(members, "tool", notes),
    // Of every member, also of a second one with the same name: nothing that approves may be left out.
    rules: members
      .filter(({ value }) => value.alwaysApprove)
      .map(({ value, path }) => ({
        list: "allow",
        text: `Bash(${value.program} *)`,
        path: attributePath(path, "alwaysApprove"),
      })),
    members,
  };
}

function toolOf(raw: RawValue, name: string): Tool {
  const pkg = entryOf(raw, "pkg");
  const command = commandOf(entryOf(raw, "command"));
  const schema = entryOf(raw, "inputSchema");
  return {
    description: textOf(entryOf(raw, "description")) ?? null,
    program: programOf(pkg, command, name),
    package: pkg?.kind === "derivation" ? pkg.name : null,
    command: command?.map(spelledOut) ?? null,
    preferOver: stringsOf(entryOf(raw, "preferOver")),
    examples: stringsOf(entryOf(raw, "examples")),
    alwaysApprove: booleanOf(entryOf(raw, "alwaysApprove")) ?? false,
    inputSchema: schema?.kind === "set" ? plainObject(schema) : null,
  };
}

function programOf(pkg: RawValue | undefined, command: Word[] | null, name: string): string {
  if (pkg?.kind === "derivation") {
    const said = pkg.mainProgram ?? pkg.pname;
    if (said !== undefined) return said;
  }
  const first = command?.[0]?.text.trim().split(/\s+/)[0];
  if (first !== undefined && first !== "") return first;
  return pkg?.kind === "derivation" ? packageProgram(pkg) : name;
}

/** A command line stays one element: who runs it splits it. */
function commandOf(raw: RawValue | undefined): Word[] | null {
  const words = (raw?.kind === "list" ? itemsOf(raw) : [raw])
    .map(wordOf)
    .filter((word) => word !== undefined);
  return words.length === 0 ? null : words;
}
