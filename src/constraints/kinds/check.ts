import { type DemandKind, ofKind } from "./kind.ts";

/**
 * `check`: a Nix function over the report's data. Nix has called it already; what it returned stands in the input, and
 * a function that was not called, or could not be, has stopped the run before it came here.
 */
export const check: DemandKind<"check"> = {
  kind: "check",
  describe: () => "The constraint's own Nix function finds nothing to report.",
  check: (_, { checkFindings, constraint }) =>
    (checkFindings.get(constraint) ?? []).map(({ message, severity, path }) => ({
      subject: { path },
      key: message,
      message,
      help: `Do as ${constraint.id} says, or talk to those who wrote it.`,
      ...(severity !== undefined && { severity }),
    })),
  loosened: (_, now) =>
    ofKind(now, "check").length > 0
      ? { what: "its Nix function cannot be compared with the one before" }
      : { what: "its Nix function is gone" },
};
