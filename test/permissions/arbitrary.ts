import fc from "fast-check";
import type { Call } from "../../src/model/permission.ts";

/** Rules and calls that have something to do with each other, so that properties meet more than misses. */

const word = fc.constantFrom("git", "npm", "push", "run", "x", "--force", "a b", "main", "rm", "cat", ".env");
const commandText = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
const wildcard = fc.constantFrom("", " *", "*", ":*", " * main", " **", "  *", " \\*");
const commandRule = fc
  .tuple(fc.constantFrom("", "* ", "*", " "), commandText, wildcard)
  .map(([before, text, after]) => `Bash(${before}${text}${after})`);

const segment = fc.constantFrom(
  "src",
  "**",
  "*",
  "*.ts",
  ".env",
  "a",
  "..",
  "[ab]",
  "?",
  "SRC",
  "a b",
  "{a,b}",
);
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join("/"));
const pathRule = fc
  .tuple(
    fc.constantFrom("Read", "Edit", "Write", "Grep"),
    fc.constantFrom("", "./", "/", "//", "~/", "**/", "!"),
    path,
    fc.constantFrom("", "/", "/**"),
  )
  .map(([tool, before, text, after]) => `${tool}(${before}${text}${after})`);

const otherRule = fc.constantFrom(
  "Bash",
  "Bash(*)",
  "Bash()",
  "Read",
  "Read(*)",
  "Write",
  "Write(*)",
  "Edit(*)",
  "*",
  "B*",
  "mcp__gh",
  "mcp__gh__*",
  "mcp__gh__**",
  "mcp__*",
  "WebFetch",
  "WebFetch(domain:*.Example.com)",
  "WebFetch(domain:*)",
  "WebFetch(example.com)",
  "Skill(deploy *)",
  "Skill(deploy)",
  "Task(Explore)",
  "Agent",
  "Bash(run_in_background:true)",
);

export const anyRule = fc.oneof(commandRule, pathRule, otherRule);

const plainCommand = fc
  .tuple(
    fc.constantFrom(
      "",
      "",
      "",
      "sudo ",
      "timeout 5 ",
      "FOO=1 ",
      "LANG=C ",
      "env ",
      "xargs ",
      "nohup ",
      "/usr/bin/",
    ),
    commandText,
    fc.constantFrom("", "", " extra", " > out.txt", " $HOME", " $(id)", ' "*"', " &", " <<< x", "  "),
  )
  .map((parts) => parts.join(""));
const commandLine = fc.oneof(
  plainCommand,
  fc
    .tuple(plainCommand, fc.constantFrom(" && ", "; ", " | ", "\n", " || "), plainCommand)
    .map((parts) => parts.join("")),
  plainCommand.map((command) => `(${command})`),
  plainCommand.map((command) => `if true; then ${command}; fi`),
);

const filePath = fc
  .tuple(
    fc.constantFrom("/home/u/proj/", "/home/u/proj/sub/", "/home/u/", "/etc/"),
    fc.constantFrom("src/a.ts", ".env", "a", "a b/c", "src/deep/b", "SRC/a", ".git/config"),
  )
  .map((parts) => parts.join(""));

export const anyCall: fc.Arbitrary<Call> = fc.oneof(
  { weight: 4, arbitrary: commandLine.map((argument) => ({ tool: "Bash", argument })) },
  { weight: 3, arbitrary: fc.record({ tool: fc.constantFrom("Read", "Write", "Edit"), argument: filePath }) },
  fc.constantFrom<Call[]>(
    { tool: "WebFetch", argument: "https://a.example.com/x" },
    { tool: "WebFetch", argument: "https://example.com/" },
    { tool: "mcp__gh__search", argument: "" },
    { tool: "Skill", argument: "deploy prod" },
    { tool: "Agent", argument: "Explore" },
    { tool: "Bash", argument: "npm run x", parameters: { run_in_background: true } },
  ),
);
