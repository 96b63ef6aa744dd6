import { canonicalJson, type Json, type JsonObject } from "../../model/json.ts";
import { compileSchema } from "../json-schema.ts";
import { type DemandKind, ofKind } from "./kind.ts";

/** `schema`: the normalised context satisfies a JSON Schema. */
export const schema: DemandKind<"schema"> = {
  kind: "schema",
  describe: () => "The normalised context satisfies the JSON Schema of the constraint.",
  async unreadable(demand) {
    const compiled = await compileSchema(demand.schema);
    if (compiled.kind === "compiled") return null;
    return {
      problem: `its JSON Schema cannot be used: ${compiled.problem}`,
      hint: "Correct the schema; keywords and formats that are not known are refused, so that none is overlooked.",
    };
  },
  async check(demand, { after, constraint: { id } }) {
    const compiled = await compileSchema(demand.schema);
    if (compiled.kind === "broken") return [];
    return compiled.violationsOf(after.context as unknown as Json).map(({ path, keyword, problem }) => ({
      subject: { path },
      key: keyword,
      message: `${path === "" ? "the context" : `\`${path}\``} ${problem}, as ${id} requires`,
      help: "Change the value so that it fits the constraint's schema.",
    }));
  },
  loosened(demand, now) {
    const kept = ofKind(now, "schema").some((present) => isAtLeast(present.schema, demand.schema));
    return kept ? null : { what: "its JSON Schema cannot be shown to refuse all that it refused" };
  },
};

/** Keywords that only ever add a condition; next to others (`properties`, `if`) a new keyword can take one away. */
const ADDING = new Set(["required", "not", "minProperties", "maxProperties", "enum", "const"]);
const SAYING_NOTHING = new Set(["title", "description", "$comment", "examples", "default"]);

/** Does `now` say everything that `before` says? Only plain cases are seen; all others are "cannot be told". */
function isAtLeast(now: JsonObject, before: JsonObject): boolean {
  const kept = Object.entries(before).every(([keyword, value]) => {
    if (SAYING_NOTHING.has(keyword)) return true;
    const present = Object.hasOwn(now, keyword) ? now[keyword] : undefined;
    if (present === undefined) return false;
    return (
      canonicalJson(present) === canonicalJson(value) || (keyword === "required" && hasAll(present, value))
    );
  });
  const unchanged = Object.keys(now).every(
    (keyword) => Object.hasOwn(before, keyword) || ADDING.has(keyword) || SAYING_NOTHING.has(keyword),
  );
  return kept && unchanged;
}

function hasAll(list: Json, members: Json): boolean {
  if (!Array.isArray(list) || !Array.isArray(members)) return false;
  const present = new Set(list.map(canonicalJson));
  return members.every((member) => present.has(canonicalJson(member)));
}
