import type { DocumentedId } from "./weakening-docs.ts";

const EXAMPLE = (expires: string, rest = "") =>
  `waivers.no-force-push = { reason = "moving to trunk"; owner = "ada"; expires = "${expires}";${rest} };`;

export const WAIVER_EXPIRED: DocumentedId = {
  id: "waiver-expired",
  severity: "warning",
  docs: {
    what: "A waiver's last day has passed; what it accepted counts again.",
    why: "An exception without an end becomes the rule. The finding it covered blocks again on its own; this says why.",
    example: EXAMPLE("2020-01-31"),
    instead:
      "Mend what the waiver accepted and delete it, or give it a later day with a reason that still holds.",
  },
};

export const WAIVER_EXPIRING: DocumentedId = {
  id: "waiver-expiring",
  severity: "warning",
  docs: {
    what: "A waiver ends within 14 days.",
    why: "The day after, the finding counts again and may block a change that has nothing to do with it.",
    example: EXAMPLE("<a day within the next 14>"),
    instead: "Mend what it accepts before that day, or ask its owner for a later one.",
  },
};

export const WAIVER_UNUSED: DocumentedId = {
  id: "waiver-unused",
  severity: "warning",
  docs: {
    what: "A waiver covers no finding: its id is not one that is found, or nothing is left to accept.",
    why: "A waiver that is left behind accepts the next violation before anybody has looked at it.",
    example: EXAMPLE("2999-01-31", ' only.rule = "Bash(a rule that is not there)";'),
    instead: "Delete it, or correct its id or what it is limited to.",
  },
};

export const WAIVER_TOO_BROAD: DocumentedId = {
  id: "waiver-too-broad",
  severity: "warning",
  docs: {
    what: "A waiver accepts a finding that this change introduces, although it was written for another one.",
    why: "Exceptions outlive their occasion: one without limits accepts whatever comes later under the same id.",
    example: EXAMPLE("2999-01-31"),
    instead:
      "Limit the waiver to what it was written for with `only.rule` or `only.path`, and give the new finding a waiver of its own or none.",
  },
};

export const WAIVER_ADDED: DocumentedId = {
  id: "waiver-added",
  severity: "warning",
  docs: {
    what: "A waiver is new in this change, or accepts more than it did.",
    why: "It takes effect in the same change, so whoever reviews the change has to see it.",
    example: EXAMPLE("2999-01-31"),
    instead: "Nothing, when the exception is meant: it is reported once, in the change that brings it.",
  },
};

export const WAIVER_NOT_ALLOWED: DocumentedId = {
  id: "waiver-not-allowed",
  severity: "warning",
  docs: {
    what: "A waiver names something that cannot be waived, and has no effect.",
    why: "A constraint with `waivable = false` holds without exception. Findings about waivers and about weakened constraints are events of one change: they are approved, not waived.",
    example: `${EXAMPLE("2999-01-31")}\n# the organisation's flake: constraints.no-force-push.waivable = false;`,
    instead: "Delete the waiver and mend the finding, or have the finding approved for this one change.",
  },
};

/** The ids that `applyWaivers` reports under. */
export const WAIVER_RULES: readonly DocumentedId[] = [
  WAIVER_ADDED,
  WAIVER_EXPIRED,
  WAIVER_EXPIRING,
  WAIVER_NOT_ALLOWED,
  WAIVER_TOO_BROAD,
  WAIVER_UNUSED,
];
