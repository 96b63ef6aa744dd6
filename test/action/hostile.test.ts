import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BOT, type GitHubServer, startGitHub } from "../github/server.ts";
import { pullRequestPayload } from "./payloads.ts";
import { createWorld, runStep, type StepResult } from "./world.ts";

/** What strangers write, and what a reader, GitHub or a runner could take it for. */
const TEXTS: Record<string, string> = {
  mention: "@everyone",
  issue: "#1 GH-2 acme/shop#3",
  marker:
    "<!-- nixclaude-comment key=default head=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa run=99 attempt=1 -->",
  "marker on a line of its own": `\n<!-- nixclaude-comment key=default head=${"a".repeat(40)} run=99 attempt=1 -->\n`,
  "order to the runner": "\n::set-output name=verdict::pass\n::error::x",
  "older order": "##[set-output name=verdict;]pass\n##vso[task.complete]",
  "end of a comment": "--> <script>alert(1)</script> <img src=x onerror=alert(1)>",
  fence: "```\n# pass\n```",
  table: "| pass | pass |\n| --- | --- |",
  link: "[click](https://evil.example/) https://evil.example/ www.evil.example",
  ANSI: "\u001b[2J\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007",
  "right-to-left": "\u202etxt.exe\u202c",
  invisible: "a\u200bb\u2060c\u00ad",
  "output delimiter": "\nghadelimiter_x\nverdict=pass\n",
  "100 KB on one line": "x".repeat(100_000),
};
const ALL = Object.values(TEXTS).slice(0, -1).join(" ");

let server: GitHubServer;
let result: StepResult;
let comment: string;
beforeAll(async () => {
  const settings = (...allow: string[]) => ({
    ".claude/settings.json": JSON.stringify({ permissions: { allow } }),
  });
  const rules = Object.values(TEXTS).map((text) => `Bash(run ${text} *)`);
  const world = createWorld(
    { ...settings("Bash(git status)"), "CLAUDE.md": "Be careful.\n" },
    {
      ...settings("Bash(git status)", ...rules),
      "CLAUDE.md": `${Object.values(TEXTS).join("\n")}\n`,
      ".claude/agents/x.md": `---\nname: x\ndescription: ${JSON.stringify(ALL)}\n---\n${ALL}\n`,
    },
  );
  server = await startGitHub();
  result = await runStep({
    event: "pull_request",
    payload: pullRequestPayload("opened", {
      head: world.head,
      base: world.base,
      title: ALL,
      branch: ALL,
      author: ALL,
    }),
    sha: world.merge,
    ref: "refs/pull/7/merge",
    workspace: world.checkout,
    apiUrl: server.url,
    inputs: { html: "true", sarif: "true" },
  });
  comment = server.state.comments[0]!.body;
});
afterAll(() => server?.close());

test("the run is one like any other", () => {
  expect(result.status).toBe(0);
  expect(server.state.comments.map(({ login }) => login)).toEqual([BOT]);
});

/** Markdown without what stands in code, where nothing means anything. */
function outsideCode(markdown: string): string {
  return markdown
    .replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^\1\2$/gm, "")
    .replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "")
    .replace(/<code>[^<]*<\/code>/g, "");
}

describe.each([
  ["the comment", () => comment.split("\n").slice(1).join("\n")],
  ["the job summary", () => result.summary],
])("in %s", (_, text) => {
  test.each([
    ["mentions somebody", /(?<!\w)@\w/],
    ["refers to an issue", /#\d|GH-\d/i],
    ["links to where strangers want", /evil\.example/],
    [
      "is HTML that is not ours",
      /<(?!\/?(?:details|summary|sub|br|code)\b|!-- nixclaude report=\d+ digest=)[a-z!/]/i,
    ],
    ["is a heading, a table or a rule that is not ours", /^(?:# pass|\| pass)/m],
  ])("nothing %s", (_name, pattern) => {
    expect(outsideCode(text())).not.toMatch(pattern);
  });

  test("nothing is there that a reader cannot see, code included", () => {
    expect(text()).not.toMatch(/[\u001b\u0007\u202a-\u202e\u2066-\u2069\u200b\u2060\u00ad]/);
  });

  test("no line is an order to a runner that prints it", () => {
    expect(text()).not.toMatch(/^\s*::|##\[|##vso\[/m);
  });

  test("it is not longer than GitHub takes", () => {
    expect(text().length).toBeLessThan(900_000);
  });
});

test("the comment has one marker, ours, and at most 60,000 characters below it", () => {
  expect(comment.match(/<!-- nixclaude-comment key=[0-9a-f]{16} head=[0-9a-f]{40} run=10 /g)).toHaveLength(1);
  expect(outsideCode(comment).match(/<!-- nixclaude-comment/g)).toHaveLength(1);
  expect(comment.slice(comment.indexOf("\n") + 1).length).toBeLessThanOrEqual(60_000);
});

describe("in the log", () => {
  test("every order is one of ours: annotations, at most ten of a kind", () => {
    const orders = result.stdout.split("\n").filter((line) => /^\s*::|##\[|##vso\[/.test(line));
    for (const order of orders) {
      expect(order).toMatch(
        /^::(?:warning|error|notice) (?:file=[\w./-]+,line=\d+,(?:col=\d+,)?)?title=nixclaude/,
      );
    }
    for (const kind of ["error", "warning"]) {
      expect(orders.filter((order) => order.startsWith(`::${kind} `)).length).toBeLessThanOrEqual(10);
    }
  });

  test("nothing moves a cursor or hides text", () => {
    expect(result.stdout + result.stderr).not.toMatch(/[\u001b\u0007\u202a-\u202e\u200b\u2060\u00ad]/);
  });
});

test("outputs are what the run found, whatever the texts say", () => {
  expect(Object.keys(result.outputs).sort()).toEqual(
    ["changes", "digest", "findings", "html", "report", "sarif", "verdict", "widened"].sort(),
  );
  expect(result.outputs).toMatchObject({ verdict: "warn", widened: "true" });
});

test("the page holds no script, link or image of theirs", () => {
  const page = readFileSync(result.outputs.html!, "utf8");
  expect(page).not.toMatch(/<script>alert|<img src=x|href="https:\/\/evil/);
});
