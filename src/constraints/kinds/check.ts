import { type DemandKind, ofKind } from "./kind.ts";

/**
 * `check`: a Nix function over the report's data. Only Nix can decide it, in a second evaluation that does not exist
 * yet; until then a context that is bound by one cannot be judged, and no run of it passes.
 */
export const check: DemandKind<"check"> = {
  kind: "check",
  describe: () => "The constraint's own Nix function finds nothing to report.",
  unreadable: () => ({
    code: "constraint-check-unsupported",
    problem: "`check` is a Nix function, which this version cannot decide",
    hint: "Say it with another kind of constraint, or use a version that evaluates `check`.",
  }),
  check: () => [],
  loosened: (_, now) =>
    ofKind(now, "check").length > 0
      ? { what: "its Nix function cannot be compared with the one before" }
      : { what: "its Nix function is gone" },
};
