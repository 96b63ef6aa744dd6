import { canonicalContext, canonicalNixConfig, constraintJson } from "../../diff/index.ts";
import type { TextUnit } from "../../model/context.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";
import { type BehaviorLock, withDigest } from "./format.ts";
import { LOCK_VERSION } from "./lock-shape.ts";

const INPUT = "input:";

/**
 * What of a snapshot is locked: all that a comparison looks at, and the constraints of its inputs. Not what the
 * command line adds (`--org`), which is no part of the repository, nor where anything stands.
 */
export function lockOf(snapshot: PresentSnapshot, attribute: string, client: ClientVersion): BehaviorLock {
  const { persona, policies, skills, agents, commands, outputStyles, ...others } = canonicalContext(
    snapshot.context,
    client,
  );
  return withDigest({
    schemaVersion: LOCK_VERSION,
    attribute,
    client,
    from: snapshot.from,
    context: {
      ...(others as unknown as JsonObject),
      persona: persona === null ? null : linesOf(persona),
      policies: mapped(policies, linesOf),
      skills: mapped(skills, unitOf),
      agents: mapped(agents, unitOf),
      commands: mapped(commands, unitOf),
      outputStyles: mapped(outputStyles, unitOf),
    },
    inputConstraints: inputConstraints(snapshot),
    nixConfig: canonicalNixConfig(snapshot.nixConfig),
  });
}

/** Joined with line feeds they are the text again. */
function linesOf(text: string): string[] {
  return text.split("\n");
}

function unitOf({ attributes, description, digest, files, text }: TextUnit): Json {
  return { attributes, description, digest, files, text: text === null ? null : linesOf(text) };
}

function inputConstraints({ foreignConstraints }: PresentSnapshot): JsonObject {
  const byInput = new Map<string, [id: string, constraint: Json][]>();
  for (const { source, id, constraint } of foreignConstraints) {
    if (!source.startsWith(INPUT)) continue;
    const name = source.slice(INPUT.length);
    byInput.set(name, [...(byInput.get(name) ?? []), [id, constraintJson(constraint)]]);
  }
  return Object.fromEntries([...byInput].map(([name, entries]) => [name, Object.fromEntries(entries)]));
}

function mapped<Value>(values: Record<string, Value>, of: (value: Value) => Json): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(value)]));
}
