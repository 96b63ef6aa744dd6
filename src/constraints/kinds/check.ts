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
  loosened({ definition }, now) {
    const present = ofKind(now, "check");
    if (present.length === 0) return { what: "its Nix function is gone" };
    if (definition === null || present.every((demand) => demand.definition === null))
      return { what: "its Nix function cannot be compared with the one before", uncertain: true };
    const same = present.find((demand) => demand.definition?.digest === definition.digest);
    if (same === undefined)
      return { what: "its Nix function is another one, and cannot be compared with the one before" };
    return definition.closed !== null
      ? null
      : { what: "what its Nix function calls may be something else by now", uncertain: true };
  },
};
