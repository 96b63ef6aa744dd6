import { EVERYTHING } from "../artifacts/support.ts";
import type { WritableSet } from "../support/context.ts";

const { skills: _, hooks: __, ...everythingElse } = EVERYTHING;
/** Contexts without paths, which a value in JSON cannot hold. */
export const CONTEXTS: [string, WritableSet][] = [
  ["nothing", {}],
  [
    "something on every surface",
    {
      ...everythingElse,
      skills: {
        review: {
          description: "Reviews a change",
          "allowed-tools": ["Bash(git diff *)"],
          text: "Read the diff.",
        },
      },
      hooks: {
        PreToolUse: [
          { matcher: "Bash", hooks: [{ type: "command", command: "guard", timeout: 5 }] },
          { hooks: [{ type: "http", url: "https://hooks.example.com/x", command: "y" }] },
        ],
        Stop: [{ matcher: "", hooks: [{ type: "prompt", prompt: "Is it done?" }] }],
      },
    },
  ],
  [
    "rules of several origins",
    {
      autoApprove: ["Read", "Bash(a)"],
      permissions: { allow: ["Bash(a)", "Read"], ask: ["B", "B"], deny: ["C"], defaultMode: "manual" },
      tools: [
        { name: "b", alwaysApprove: true },
        { name: "a", command: "run-a --x", alwaysApprove: true },
      ],
    },
  ],
  [
    "tools as a list",
    { tools: [{ name: "z" }, { name: "a", command: ["/bin/x", "-y"], preferOver: ["`q`"] }] },
  ],
  [
    "servers as a list",
    {
      mcpServers: [
        { name: "b", command: "x" },
        { name: "a", type: "ws", url: "wss://x" },
      ],
    },
  ],
  [
    "servers that are problems",
    {
      mcpServers: {
        workspace: { command: "x" },
        "a b": { command: "x" },
        a_b: { command: "x" },
        c: { command: "" },
        d: { type: "http", url: "https://x.example/", oauth: { scopes: ["a"] }, headers: { A: 1 } },
      },
    },
  ],
  ["variables", { env: { A: true, B: 1, C: 1.5, D: "x", "E=F": "g" } }],
  [
    "settings that are problems",
    {
      settings: {
        cleanupPeriodDays: "x",
        skillOverrides: { a: "perhaps" },
        fallbackModel: ["opus", 5],
        verbose: null,
        spinnerVerbs: { mode: "append" },
        future: { a: [1, null, "x"] },
        permissions: { allow: ["Bash"] },
      },
      sandbox: {
        enabled: true,
        credentials: { allowPlaintextInject: "x" },
        network: { allowedDomains: ["a", 1] },
      },
    },
  ],
  [
    "hooks that are problems",
    {
      hooks: {
        Stop: [
          {
            hooks: [
              { type: "bogus", command: "x" },
              { type: "command", command: "x", once: 5 },
            ],
          },
        ],
        "Odd event": [{ hooks: [{ type: "http", url: "no address" }] }, { hooks: [] }],
        PreToolUse: [
          { matcher: "x", hooks: [{ type: "mcp_tool", server: "s", tool: "scan", input: { a: 1 } }] },
        ],
      },
    },
  ],
  [
    "units of text",
    {
      skills: [{ name: "listed", text: "\n\nx\n" }],
      agents: {
        plain: "# You help.\n\nMore.",
        "team/deep": { text: "Deep.", tools: ["Read"] },
        complete: "---\nname: complete\ndescription: d\n---\nx",
        prompted: { prompt: "P", description: "d", model: "sonnet", disallowedTools: ["Bash"] },
        empty: "",
      },
      commands: {
        "git/undo": { description: "Undoes", allowedTools: ["Read"], text: "Undo." },
        plain: "Do $1.",
      },
      outputStyles: { terse: { description: "Short", text: "Be short.", "keep-coding-instructions": true } },
    },
  ],
  [
    "names that are problems",
    {
      skills: Object.fromEntries(
        ["..", "a/b", "a\\b", "a\nb", " a", "a ", "a.", "x".repeat(300)].map((name) => [name, { text: "x" }]),
      ),
      commands: { "../x": "x", "a//b": "x", "a/./b": "x" },
    },
  ],
  [
    "names that are one file",
    {
      skills: { Review: { text: "A" }, review: { text: "B" } },
      commands: { a: "A", "a.md/b": "B", "c/D": "1", "C/d": "2" },
      agents: { "x.md/y": "Y", x: "X" },
    },
  ],
  [
    "a persona that would break out of its section",
    {
      persona: "\n\n```\nopen fence @/etc/passwd\n<!-- gone -->",
      policies: {
        "a\nb # c": "~~~ \n@~/.ssh/id_rsa",
        imports: "@a \\@b \\\\@c x@d @@e ‘@f` `@g` `` ` @h ``",
        "<!-- x -->": "  <!-- y -->\n\u00a0<!-- q -->",
        system: "\r\n# System\r\rx\r\n",
      },
      tools: { "@x": { description: "<!--", examples: ["```", "@y"], preferOver: ["`a`", " b\n c"] } },
      system: { type: "@z", version: "1", desktop: "\u2003x\n\ny " },
    },
  ],
];
