import { canonicalJson } from "../../model/json.ts";
import type { RawSide } from "../evaluate.ts";
import { plainJson } from "../plain-json.ts";
import type { SideEvaluation } from "../ports.ts";

/** Errors that the same mixture always ends in. */
export function isAnswer(code: string): boolean {
  return code === "evaluation-failed";
}

/** The evaluator hands out the same object for equal values. */
export function isSame(evaluation: SideEvaluation, side: RawSide): boolean {
  if (side.kind !== "flake") return false;
  if (evaluation.kind === "absent" || side.evaluation.kind === "absent") {
    return evaluation.kind === side.evaluation.kind;
  }
  return (
    evaluation.value === side.evaluation.value && nixConfigOf(evaluation) === nixConfigOf(side.evaluation)
  );
}

export function nixConfigOf({ nixConfig }: Extract<SideEvaluation, { kind: "present" }>): string {
  return nixConfig === null ? "" : canonicalJson(plainJson(nixConfig));
}
