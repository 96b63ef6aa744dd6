import { type CommandDefinition, onDemand } from "./definition.ts";

/** What nixclaude knows. */
export const LOOKING_UP: readonly CommandDefinition[] = [
  {
    name: "explain",
    arguments: [
      {
        name: "<id>",
        description: "id of a rule, or of a constraint that applies here, as findings name it",
      },
    ],
    summary: "what a rule or constraint is for, an example, and what to do instead",
    options: [],
    examples: [["nixclaude explain approval-widened", "the rule behind a finding"]],
    run: async ([id = ""], _, io) => (await onDemand()).explain(id, io),
  },
  {
    name: "rules",
    arguments: [],
    summary: "the catalogue of rules",
    options: [
      {
        flags: "--format <name>",
        description: "terminal or json",
        choices: ["terminal", "json"],
        default: "terminal",
        group: "Options:",
      },
    ],
    examples: [["nixclaude rules --format json", "for scripts"]],
    run: async (_, raw, io) => (await onDemand()).rules(raw.format ?? "terminal", io),
  },
  {
    name: "schema",
    arguments: [
      {
        name: "[name]",
        description: "which one; without a name, they are listed",
        choices: ["context", "constraints", "report", "lock", "mcp-tools"],
      },
    ],
    summary: "print a JSON Schema",
    options: [],
    examples: [["nixclaude schema report > report.schema.json", "to check reports with"]],
    run: async ([name], _, io) => (await onDemand()).schema(name, io),
  },
];
