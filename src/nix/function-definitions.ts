import { createHash } from "node:crypto";
import type { Position } from "../model/position.ts";
import type { FunctionDefinition, RawSet, RawValue } from "../model/raw-value.ts";
import { isClosed, isFunction } from "./free-names.ts";
import { offsetOf } from "./list-positions.ts";
import { type Token, tokensOf } from "./nix-tokens.ts";

/**
 * Functions have no value that could be compared. Those of constraints (`constraints.ID.check`) get their text instead,
 * where the source behind their position is known and they are written out there.
 * @param sourceOf text of the file a position stands in, or null.
 */
export function withCheckDefinitions(
  context: RawValue,
  sourceOf: (position: Position) => string | null,
): RawValue {
  return inEntry(context, "constraints", (constraints) =>
    constraints.kind !== "set"
      ? constraints
      : {
          ...constraints,
          entries: Object.fromEntries(
            Object.entries(constraints.entries).map(([id, constraint]) => [
              id,
              defined(constraint, sourceOf),
            ]),
          ),
        },
  );
}

function defined(constraint: RawValue, sourceOf: (position: Position) => string | null): RawValue {
  if (constraint.kind !== "set" || !Object.hasOwn(constraint.positions, CHECK)) return constraint;
  const position = constraint.positions[CHECK]!;
  return inEntry(constraint, CHECK, (value) => {
    const source = value.kind === "function" ? sourceOf(position) : null;
    const definition = source === null ? null : definitionAt(source, position);
    return value.kind !== "function" || definition === null ? value : { ...value, definition };
  });
}

const CHECK = "check";

function inEntry(value: RawValue, name: string, change: (entry: RawValue) => RawValue): RawValue {
  if (value.kind !== "set" || !Object.hasOwn(value.entries, name)) return value;
  const entries: RawSet["entries"] = { ...value.entries, [name]: change(value.entries[name]!) };
  return { ...value, entries };
}

const QUOTED_OR_BARE = /(?:[A-Za-z_][A-Za-z0-9_'-]*|"[^"\\$]*")/.source;
const BINDING = new RegExp(`(?:${QUOTED_OR_BARE}\\s*\\.\\s*)*(?:check|"check")\\s*=(?!=)`, "y");

/** null: what stands there is no definition that is written out (`inherit check`, a name in `listToAttrs`). */
export function definitionAt(source: string, position: Position): FunctionDefinition | null {
  const offset = offsetOf(source, position);
  if (offset === null) return null;
  BINDING.lastIndex = offset;
  const binding = BINDING.exec(source)?.[0];
  if (binding === undefined) return null;
  const code = source.slice(offset + binding.length);
  const tokens = tokensOf(code);
  const own = tokens === null ? null : untilSemicolon(tokens);
  if (own === null) return null;
  // White space and comments say nothing; texts do.
  const said = own.map(({ kind, text }) => ({ kind, text }));
  const digest = createHash("sha256").update(JSON.stringify(said)).digest("hex");
  const isAlone = isFunction(own) && isClosed(own);
  return { digest, closed: isAlone ? code.slice(0, own.at(-1)!.end).trim() : null };
}

/** Without the semicolon that ends the definition; `let`, `assert` and `with` have semicolons of their own. */
function untilSemicolon(tokens: readonly Token[]): Token[] | null {
  const open: string[] = [];
  for (const [index, { text, kind }] of tokens.entries()) {
    if (kind !== "mark" && kind !== "name") continue;
    if (OPENING.has(text)) open.push(text);
    else if (CLOSING.has(text)) {
      if (open.pop() === undefined) return null;
    } else if (text === ";") {
      if (open.length === 0) return tokens.slice(0, index);
      if (HAVING_ONE.has(open.at(-1)!)) open.pop();
    }
  }
  return null;
}

const HAVING_ONE = new Set(["assert", "with"]);
const OPENING = new Set(["{", "(", "[", "${", "let", ...HAVING_ONE]);
const CLOSING = new Set(["}", ")", "]", "in"]);
