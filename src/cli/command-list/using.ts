import { ASK_OPTIONS, REQUEST_OPTIONS } from "../messages/options.ts";
import { SERVED_OPTIONS } from "../option-lists.ts";
import { RENDER_DESCRIPTION, RENDER_EXAMPLES, RENDER_OPTIONS } from "../render-options.ts";
import { type CommandDefinition, onDemand } from "./definition.ts";

/** The context as files, as a request, as a server. */
export const USING: readonly CommandDefinition[] = [
  {
    name: "render",
    arguments: [],
    summary: "write the files a client reads: CLAUDE.md, settings, servers, skills, agents, commands, styles",
    description: RENDER_DESCRIPTION,
    options: RENDER_OPTIONS,
    examples: RENDER_EXAMPLES,
    run: async (_, { format = "terminal", ...raw }, io) => (await onDemand()).render(raw, format, io),
  },
  {
    name: "request",
    arguments: [
      { name: "[prompt...]", description: "what is asked; - or nothing: it is read from standard input" },
    ],
    summary: "print the body of a request to the Messages API for a prompt",
    description: `The system prompt holds persona, policies, tool preferences and system facts; the tools are those with a command. What cannot be said in a request, or is said otherwise, stands on standard error. Nothing is sent.\n\nExit status: 0 printed, 2 wrong usage, 3 could not evaluate, 4 internal error.`,
    options: REQUEST_OPTIONS,
    examples: [
      ['nixclaude request "Which tools are there?"', "for curl, or for a look at it"],
      ["git diff | nixclaude request --model sonnet Review this: -", "words and standard input"],
    ],
    run: async (words, raw, io) => (await onDemand()).request(words, raw, io),
  },
  {
    name: "ask",
    arguments: [
      { name: "[prompt...]", description: "what is asked; - or nothing: it is read from standard input" },
    ],
    summary: "ask Claude with the context, through the Messages API",
    description: `Sends what nixclaude request prints, with the key of ANTHROPIC_API_KEY, and prints the answer as it comes. A tool runs by itself only where a rule of the context allows its command line; else you are asked at the terminal, and without one it does not run. With --untrusted every tool is asked for. Tokens, cache and cost stand on standard error.\n\nExit status: 0 answered, 2 wrong usage or no key, 3 no whole answer (a failure of the API, a refusal, a limit), 4 internal error.`,
    options: ASK_OPTIONS,
    examples: [
      ['nixclaude ask "What does this repository want of me?"', "one question"],
      ["git diff --staged | nixclaude ask Review this: -", "words and standard input"],
      ['nixclaude ask --dry-run "Hello"', "what would be sent, and where"],
    ],
    run: async (words, raw, io) => (await onDemand()).ask(words, raw, io),
  },
  {
    name: "mcp",
    arguments: [
      {
        name: "[what]",
        description: "serve: the tools of a file; without it, those of the flake",
        choices: ["serve"],
      },
      { name: "[file]", description: "JSON that describes the tools (docs/mcp.md)" },
    ],
    summary: "serve tools to an MCP client over standard streams",
    description:
      "Offers commands as tools of the Model Context Protocol: those of a file, or the tools of claudeContext that have a command and an inputSchema, with the context itself as resources. When the flake changes, so do they. Arguments are validated and handed over as words of their own; no shell reads them. Ends when the client closes its side.\n\nExit status: 0 the client has closed its side, 2 wrong usage or a file with mistakes, 4 internal error.",
    options: SERVED_OPTIONS,
    examples: [
      ["nixclaude mcp", "the tools of the flake here; what a client starts"],
      ["nixclaude mcp serve tools.json", "the tools of a file"],
    ],
    run: async (words, raw, io) => (await onDemand()).mcp(words, raw, io),
  },
];
