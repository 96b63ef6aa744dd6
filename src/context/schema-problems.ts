import type { ErrorObject } from "ajv";
import type { JsonObject } from "../model/json.ts";
import { nearest } from "../model/nearest.ts";
import { compareText } from "../model/order.ts";
import { attributePath } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import { validateContext } from "./generated/validate.js";
import type { ProblemWithoutPlace } from "./notes.ts";
import { entryOf } from "./read.ts";
import { attributeOfViewKey, jsonView } from "./view.ts";
import { inWords } from "./words.ts";

/** What the compile script puts beside the keywords of every place of the schema. */
interface PlaceWords {
  "x-expected"?: string;
  "x-drops-file"?: true;
  properties?: JsonObject;
}

interface RankedProblem extends ProblemWithoutPlace {
  /** Of several problems of one place the highest is told: of the value itself, of its kind, of what is inside. */
  rank: 0 | 1 | 2;
}

/** Everything in the value that does not fit the schema: one problem for each place, ordered by path. */
export function schemaProblems(raw: RawValue): ProblemWithoutPlace[] {
  if (validateContext(jsonView(raw))) return [];
  const byPath = new Map<string, RankedProblem>();
  for (const error of validateContext.errors ?? []) {
    const problem = problemOf(error, raw);
    if (problem === null) continue;
    const known = byPath.get(problem.path);
    if (known === undefined || known.rank < problem.rank) byPath.set(problem.path, problem);
  }
  return withoutConsequences([...byPath.values()])
    .map(({ rank, ...problem }) => problem)
    .sort((a, b) => compareText(a.path, b.path));
}

/** A misspelled alternative is the mistake; that no alternative is there only follows from it. */
function withoutConsequences(problems: RankedProblem[]): RankedProblem[] {
  return problems.filter(
    ({ path, rank }) => rank > 0 || !problems.some((other) => other.path.startsWith(`${path}.`)),
  );
}

function problemOf(error: ErrorObject, root: RawValue): RankedProblem | null {
  // The branches of a condition speak for themselves; so does an `anyOf` for its alternatives.
  if (error.keyword === "if" || error.schemaPath.includes("/anyOf/")) return null;
  const { path, value, rank } = locate(error.instancePath, root);
  if (value?.kind === "failure" || value?.kind === "cut") return null;
  const words = error.parentSchema as PlaceWords;
  const expected = words["x-expected"] ?? error.message ?? "another value";
  const at: RankedProblem = {
    path,
    expected,
    found: inWords(value),
    dropsFile: words["x-drops-file"] === true,
    rank,
  };
  if (rank < 2 || value?.kind !== "set") return at;
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(path, error.params.additionalProperty as string, words);
    case "required":
      return missingKey(at, error.params.missingProperty as string, value, words);
    case "anyOf":
      return { ...at, found: "an attribute set with none of them", rank: 0 };
    default:
      return at;
  }
}

/**
 * The value an error is about, by its JSON pointer. What lies inside a package, path or function is only how the
 * view spells it, so the error is about the whole.
 */
function locate(
  pointer: string,
  root: RawValue,
): { path: string; value: RawValue | undefined; rank: RankedProblem["rank"] } {
  let path = "";
  let value: RawValue | undefined = root;
  for (const step of pointer.split("/").slice(1)) {
    if (value?.kind === "list") {
      path = attributePath(path, Number(step));
      value = value.items[Number(step)];
    } else if (value?.kind === "set") {
      const key = attributeOfViewKey(step.replaceAll("~1", "/").replaceAll("~0", "~"));
      path = attributePath(path, key);
      value = entryOf(value, key);
    } else {
      return { path, value, rank: step === "$nix" ? 1 : 0 };
    }
  }
  return { path, value, rank: 2 };
}

function unknownKey(path: string, viewKey: string, words: PlaceWords): RankedProblem {
  const key = attributeOfViewKey(viewKey);
  const known = Object.keys(words.properties ?? {}).filter((name) => name !== "$nix");
  const near = nearest(key, known);
  return {
    path: attributePath(path, key),
    found: "an unknown key",
    expected: known.length === 1 ? known[0]! : `one of ${known.join(", ")}`,
    ...(near === null ? {} : { nearest: near }),
    dropsFile: false,
    rank: 2,
  };
}

/** A set without `$nix` where a package or path would have one: it is the wrong kind of value. */
function missingKey(at: RankedProblem, key: string, value: RawValue, words: PlaceWords): RankedProblem {
  if (key === "$nix") return at;
  const property = words.properties?.[key] as PlaceWords | undefined;
  return {
    ...at,
    path: attributePath(at.path, key),
    found: inWords(entryOf(value, key)),
    expected: property?.["x-expected"] ?? at.expected,
  };
}
