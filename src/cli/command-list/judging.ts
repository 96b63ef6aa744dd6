import { run as check } from "../commands/check.ts";
import { run as diff } from "../commands/diff.ts";
import { CHECK_OPTIONS, DIFF_OPTIONS } from "../option-lists.ts";
import { parseOptions } from "../parse-options.ts";
import { type CommandDefinition, EXIT_STATUS } from "./definition.ts";

/** What a change does. */
export const JUDGING: readonly CommandDefinition[] = [
  {
    name: "check",
    arguments: [],
    summary: "judge what a change lets Claude do that it could not do before",
    description: `Evaluates claudeContext before and after, proves with a concrete call what got wider, and holds the result against the built-in rules, the organisation's constraints and the waivers.\n\n${EXIT_STATUS}`,
    options: CHECK_OPTIONS,
    examples: [
      ["nixclaude check", "the files as they are, against HEAD"],
      ["nixclaude check --staged", "what would be committed, against HEAD"],
      ["nixclaude check --base main --head HEAD", "a branch against main"],
      ["nixclaude check --base none", "everything there is, as if it were new"],
      ["nixclaude check --format json=report.json --format markdown", "two formats, one into a file"],
      ["nixclaude check --org github:acme/standards", "with constraints nobody here can drop"],
    ],
    run: (_, raw, io) => check(parseOptions(raw), io),
  },
  {
    name: "diff",
    arguments: [],
    summary: "the same without judgement: changes and causes only",
    description: `Exit status: 0 whatever has changed, 2 wrong usage, 3 could not evaluate, 4 internal error.`,
    options: DIFF_OPTIONS,
    examples: [["nixclaude diff --base v1.0 --head v1.1", "what two releases do differently"]],
    run: (_, raw, io) => diff(parseOptions(raw), io),
  },
];
