import { assertNever } from "../model/assert-never.ts";
import { type Cause, type Change, inputCauses } from "../model/change.ts";
import { shortId } from "../model/short-id.ts";
import { findingOf, mayWiden, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

const MOVED: Cause = {
  kind: "input",
  name: "company-standards",
  from: "1111111111111111111111111111111111111111",
  to: "2222222222222222222222222222222222222222",
};
const EDIT: Cause = { kind: "edit", file: "flake.nix", line: 7 };
const WIDENED = { before: {}, after: { permissions: { allow: ["Bash(git *)"] } } };

export const behaviorChangedByLock: Rule = {
  id: "behavior-changed-by-lock",
  severity: "warning",
  docs: {
    what: "Reports every change of the context that an input caused, with the input; a note where Claude may do no more than before.",
    why: "The difference of a commit that moves an input shows three lines of hashes, and Claude may run something new. Whoever accepts it accepts what the input's owner wrote in between.",
    example: '"rev": "9e8d7c6…",   // company-standards allows `Bash(git *)` from here on',
    exampleIs: "flake.lock",
    instead:
      "Read what changed in the input between the two revisions (the report links to it, `nixclaude bisect INPUT` names the commit), then accept it, or keep the old revision.",
  },
  examples: {
    fires: [
      { ...WIDENED, causes: [MOVED] },
      { ...WIDENED, causes: [EDIT, MOVED] },
      { ...WIDENED, causes: [{ kind: "joint", of: [EDIT, MOVED] }] },
      { before: {}, after: { policies: { tone: "Be terse." } }, causes: [MOVED] },
    ],
    silent: [
      { ...WIDENED, causes: [EDIT] },
      { before: {}, after: {}, causes: [MOVED] },
    ],
  },
  check: ({ changes }) =>
    changes
      .filter(({ causes }) => inputCauses(causes).length > 0)
      .map((change) =>
        findingOf(change, {
          message: `${sentence(change.summary)}: ${originOf(change)}`,
          help: "Read what changed in the input between the two revisions before you accept it.",
          severity: mayWiden(change) || change.direction === "incomparable" ? "warning" : "note",
        }),
      ),
};

/** `it comes from the input `x` (1a2b3c4 -> 5d6e7f8)`. */
function originOf({ causes }: Change): string {
  const [first, ...more] = causes.map(causeWords);
  const others = more.length === 0 ? "" : `; so it does from ${more.join(", or from ")}, each by itself`;
  return `it comes from ${first}${others}`;
}

function causeWords(cause: Cause): string {
  switch (cause.kind) {
    case "edit":
      return `an edit in \`${cause.file}\``;
    case "input":
      return `the input \`${cause.name}\`${revisions(cause)}`;
    case "joint":
      return `${cause.of.map(causeWords).join(" together with ")}`;
    default:
      return assertNever(cause);
  }
}

function revisions({ from, to }: Extract<Cause, { kind: "input" }>): string {
  if (from === null) return to === null ? "" : ` (new, ${shortId(to)})`;
  return to === null ? ` (gone, ${shortId(from)})` : ` (${shortId(from)} -> ${shortId(to)})`;
}
