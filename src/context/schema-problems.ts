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

/** A longer key is no typing mistake, and comparing it with others costs the product of the lengths. */
const TYPED_KEY_MAX_CHARACTERS = 64;

/** What the compile script puts beside the keywords of every place of the schema. */
interface PlaceWords {
  "x-expected"?: string;
  "x-drops-file"?: true;
  properties?: JsonObject;
}

interface RankedProblem extends ProblemWithoutPlace {
  /** Of several problems of one place the highest is told: of the value itself, of its kind, of what is inside. */
  rank: 0 | 1 | 2;
  /** An unknown key: the path of the set it stands in. */
  unknownIn?: string;
  /** None of several alternatives is there. */
  noneOf?: true;
}

interface Located {
  path: string;
  value: RawValue | undefined;
  rank: RankedProblem["rank"];
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
    .map(({ rank, unknownIn, noneOf, ...problem }) => problem)
    .sort((a, b) => compareText(a.path, b.path));
}

/** A misspelled alternative is the mistake; that no alternative is there only follows from it. */
function withoutConsequences(problems: RankedProblem[]): RankedProblem[] {
  const misspelledIn = new Set(problems.map(({ unknownIn }) => unknownIn));
  return problems.filter(({ path, noneOf }) => noneOf === undefined || !misspelledIn.has(path));
}

function problemOf(error: ErrorObject, root: RawValue): RankedProblem | null {
  // The branches of a condition speak for themselves; so does an `anyOf` for its alternatives.
  if (error.keyword === "if" || error.schemaPath.includes("/anyOf/")) return null;
  const located = locate(error.instancePath, root);
  const { path, value, rank } = located;
  // Reported as a failure.
  if (value?.kind === "failure" || value?.kind === "cut") return null;
  const words = error.parentSchema as PlaceWords;
  if (rank === 2 && value?.kind === "set") {
    if (error.keyword === "additionalProperties") {
      return unknownKey(path, error.params.additionalProperty as string, words);
    }
    if (error.keyword === "required" && error.params.missingProperty !== "$nix") {
      return missingKey(path, error.params.missingProperty as string, words);
    }
    if (error.keyword === "anyOf") {
      return { ...wrongValue(located, words), found: "an attribute set with none of them", noneOf: true };
    }
  }
  return wrongValue(located, words);
}

/**
 * The value an error is about, by its JSON pointer. What lies inside a package, path or function is only how the
 * view spells it, so the error is about the whole.
 */
function locate(pointer: string, root: RawValue): Located {
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

/** Also a set without `$nix` where a package or path would have one. */
function wrongValue({ path, value, rank }: Located, words: PlaceWords): RankedProblem {
  return {
    path,
    found: inWords(value),
    expected: words["x-expected"] ?? "another value",
    dropsFile: words["x-drops-file"] === true,
    rank,
  };
}

function unknownKey(unknownIn: string, viewKey: string, words: PlaceWords): RankedProblem {
  const key = attributeOfViewKey(viewKey);
  const known = Object.keys(words.properties ?? {}).filter((name) => name !== "$nix");
  const near = key.length > TYPED_KEY_MAX_CHARACTERS ? null : nearest(key, known);
  return {
    path: attributePath(unknownIn, key),
    found: "an unknown key",
    expected: `one of ${known.join(", ")}`,
    ...(near === null ? {} : { nearest: near }),
    dropsFile: false,
    rank: 2,
    unknownIn,
  };
}

function missingKey(path: string, key: string, words: PlaceWords): RankedProblem {
  const property = words.properties?.[key] as PlaceWords | undefined;
  return {
    path: attributePath(path, key),
    found: inWords(undefined),
    expected: property?.["x-expected"] ?? words["x-expected"] ?? "a value",
    dropsFile: words["x-drops-file"] === true,
    rank: 2,
  };
}
