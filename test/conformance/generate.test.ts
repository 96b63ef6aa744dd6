import { describe, expect, test } from "vitest";
import { isJsonObject } from "../../src/model/json.ts";
import { PERMISSION_MODES } from "../../src/model/permission.ts";
import { CATEGORIES, type Category, generateRun, generateScenario } from "./generate/index.ts";
import { generatePairs } from "./generate/pairs.ts";
import { Random } from "./generate/random.ts";
import { READ_ONLY_PROGRAMS } from "./generate/read-only-commands.ts";
import { type Scenario, SETTINGS_SCOPES } from "./scenario.ts";

const whole = generateRun({ seed: "test", decisions: 30_000, categories: CATEGORIES });

function rulesOf(scenarios: readonly Scenario[]): string[] {
  return scenarios.flatMap(({ files }) =>
    files.flatMap(({ settings }) => {
      const permissions = isJsonObject(settings.permissions) ? settings.permissions : {};
      return ["allow", "ask", "deny"].flatMap((list) => {
        const rules = permissions[list];
        return Array.isArray(rules) ? rules.filter((rule) => typeof rule === "string") : [];
      });
    }),
  );
}

function callsOf(...categories: Category[]): string[] {
  return whole
    .filter(({ category }) => categories.some((one) => one === category))
    .flatMap(({ calls }) =>
      calls.map(({ tool, argument }) => (tool === "Bash" ? argument : `${tool}: ${argument}`)),
    );
}

test("the same seed makes the same run, and another seed another one", () => {
  const options = { decisions: 2_000, categories: CATEGORIES };
  expect(generateRun({ ...options, seed: "a" })).toEqual(generateRun({ ...options, seed: "a" }));
  expect(generateRun({ ...options, seed: "a" })).not.toEqual(generateRun({ ...options, seed: "b" }));
  expect(generatePairs("a", 5)).toEqual(generatePairs("a", 5));
});

test("random numbers are the same on every machine", () => {
  const random = new Random("nixclaude");
  expect(Array.from({ length: 6 }, () => random.integer(0, 999))).toMatchInlineSnapshot(`
    [
      414,
      400,
      59,
      492,
      760,
      266,
    ]
  `);
});

test("a category is asked the same whichever others are", () => {
  const alone = generateRun({ seed: "test", decisions: 200, categories: ["wrappers"] });
  expect(alone[0]).toEqual(whole.find(({ category }) => category === "wrappers"));
});

test("a run asks at least as much as it is told to, of every category", () => {
  const calls = whole.reduce((sum, scenario) => sum + scenario.calls.length, 0);
  expect(calls).toBeGreaterThanOrEqual(30_000);
  expect(calls).toBeLessThan(33_000);
  expect([...new Set(whole.map(({ category }) => category))]).toEqual([...CATEGORIES]);
});

test.each(CATEGORIES)(
  "no call of %s comes twice under the same rules, and no file is written twice",
  (category) => {
    for (let index = 0; index < 20; index++) {
      const { calls } = generateScenario("once", category, index);
      expect(calls.length).toBeGreaterThan(3);
      const texts = calls.map((call) => JSON.stringify(call));
      expect(new Set(texts).size).toBe(texts.length);
      const written = calls.filter(({ tool }) => ["Write", "Edit", "NotebookEdit"].includes(tool));
      expect(new Set(written.map(({ argument }) => argument)).size).toBe(written.length);
    }
  },
);

/** Section 1 of the reference, form by form. */
describe("every form of rule comes up", () => {
  const rules = rulesOf(whole);
  test.each<[string, RegExp]>([
    ["a whole tool", /^(?:Bash|Read|Write|WebFetch)$/],
    ["a whole tool with a star", /^(?:Bash|WebFetch|Read)\(\*\)$/],
    ["nothing in the parentheses", /^\w+\(\)$/],
    ["a tool's name in lower case", /^(?:bash|skill|agent)\(/],
    ["space around the name", /^ Bash\(|^Bash \(/],
    ["space just inside the parentheses", /^Bash\( .* \)$|^Bash\(.* \)$/],
    ["an open parenthesis", /^Bash\([^)]*$/],
    ["an exact command", /^Bash\(git status\)$/],
    ["a prefix with a space and a star", /^Bash\([a-z ]* \*\)$/],
    ["a prefix with a colon and a star", /^Bash\([^*]*:\*\)$/],
    ["a prefix with a star and no boundary", /^Bash\([^*]*[a-z]\*\)$/],
    ["a star in front", /^Bash\(\* /],
    ["a star inside", /^Bash\(\w+ \* \w/],
    ["two wildcards at the end", /^Bash\(.* \*(?: ?\*)\)$/],
    ["a literal star", /\\\*/],
    ["a colon elsewhere", /:\* x\)$/],
    ["characters that are not special", /^Bash\(.*[?[{|].*\)$/],
    ["several commands in a rule", /&&/],
    ["a wrapper", /^Bash\(timeout/],
    ["a variable in front", /^Bash\(FOO=1/],
    ["a path of the root", /^(?:Read|Edit)\(\/\/[a-z]/],
    ["a path of the home", /^(?:Read|Edit)\(~\//],
    ["a path of the settings' folder", /^(?:Read|Edit)\(\/[a-z]/],
    ["a path of the working directory", /^(?:Read|Edit)\(\.\//],
    ["a bare name", /^(?:Read|Edit)\(\.env\)$/],
    ["everything below a directory", /^(?:Read|Edit)\(\w+\/\*\*\)$/],
    ["a negated path", /^(?:Read|Edit)\(!/],
    ["braces in a path", /^(?:Read|Edit)\(.*\{src,docs\}/],
    ["a path rule that is never consulted", /^(?:Write|Grep|Glob|NotebookEdit|MultiEdit)\(.*\)$/],
    ["a domain", /^WebFetch\(domain:[a-z.]+\)$/],
    ["a domain with everything below", /^WebFetch\(domain:\*\./],
    ["every domain", /^WebFetch\(domain:\*\)$/],
    ["something else than a domain", /^WebFetch\((?!domain:|\)|\*)/],
    ["a search with a specifier", /^WebSearch\(.\)$/],
    ["a server", /^mcp__gh$/],
    ["all tools of a server", /^mcp__\w+__\*$/],
    ["some tools of a server", /^mcp__gh__\w+\*$/],
    ["one tool of a server", /^mcp__gh__search$/],
    ["a server with parentheses", /^mcp__.*\(/],
    ["all servers", /^mcp__\*$/],
    ["a skill", /^Skill\(deploy\)$/],
    ["a skill with arguments", /^Skill\(\w+ \*\)$/],
    ["an agent", /^Agent\(Explore\)$/],
    ["an agent by the former name", /^Task\(/],
    ["a glob over tools", /^(?:\*|B\*|Web\*)$/],
    ["a parameter", /^Bash\(\w+:(?:true|\*|5000)\)$/],
    ["a parameter of an agent", /^Agent\(subagent_type:/],
    ["a parameter that is the tool's main field", /^Bash\(command:/],
  ])("%s", (_, form) => {
    expect(rules.some((rule) => form.test(rule))).toBe(true);
  });
});

describe("every form of call comes up", () => {
  test.each<[string, Category, RegExp]>([
    ["a word more", "simple commands", /^git \w+ \S+$/],
    ["the program's path", "simple commands", /^\/usr\/bin\//],
    ["other case", "simple commands", /^[A-Z]{3,} /],
    ["a wrapper", "wrappers", /^timeout 5 /],
    ["a wrapper with flags", "wrappers", /^timeout -s KILL 5 /],
    ["two wrappers", "wrappers", /^nohup .*nice /],
    ["xargs", "wrappers", /^xargs -n1 /],
    ["sudo", "wrappers", /^sudo /],
    ["a command in a text", "wrappers", /^bash -c ["']/],
    ["and", "compounds", / && /],
    ["a pipe", "compounds", / \| /],
    ["a line break", "compounds", /\w\n\w/],
    ["a background job", "compounds", / &$/],
    ["a group", "compounds", /^\{ .*; \}$/],
    ["a subshell", "compounds", /^\(.*\)$/],
    ["a loop", "compounds", /^for f in /],
    ["a condition", "compounds", /^if .*; then .*; fi$/],
    ["a case", "compounds", /^case /],
    ["a function", "compounds", /\(\) \{/],
    ["a substitution", "compounds", /\$\(/],
    ["back quotes", "compounds", /`/],
    ["a process substitution", "compounds", /<\(/],
    ["another directory", "compounds", /^cd \.\. && /],
    ["single quotes", "quoting", /'\w+'/],
    ["a backslash", "quoting", /\\\w/],
    ["dollar quotes", "quoting", /\$'/],
    ["a tab", "quoting", /\t/],
    ["a continued line", "quoting", /\\\n/],
    ["a comment", "quoting", / # x$/],
    ["braces", "quoting", /\{\w+,/],
    ["a variable", "quoting", /\$HOME/],
    ["a quote that does not end", "quoting", / '$/],
    ["more than the client reads", "quoting", /y{10000}/],
    ["a known variable in front", "prefixes", /^NODE_ENV=\S* /],
    ["a dangerous variable in front", "prefixes", /^(?:LD_PRELOAD|PATH|BASH_ENV)=/],
    ["a variable with a substitution", "prefixes", /^\w+=\$\(id\) /],
    ["output to a file", "redirections", / > ?\S/],
    ["appended output", "redirections", />>/],
    ["output to nowhere", "redirections", /\/dev\/null/],
    ["input from a file", "redirections", / < ?\S/],
    ["a heredoc", "redirections", /<<'EOF'/],
    ["a here-string", "redirections", /<<<\s/],
    ["output to a protected path", "redirections", /> ?\.git\//],
    ["reading a file", "file commands", /^cat /],
    ["writing a file", "file commands", /^(?:cp|mv|touch|tee) /],
    ["removing what must stay", "file commands", /^rm -rf (?:~|\/)$/],
    ["a flag of git", "read-only commands", /^git \w+ .*--output=a/],
    ["find that runs something", "read-only commands", /^find .*-exec/],
    ["a path with ..", "read paths", /\/\.\.\//],
    ["a path outside", "read paths", /^Read: \/(?:etc|tmp|srv|opt)/],
    ["a new file", "edit paths", /^Write: /],
    ["an edit", "edit paths", /^Edit: /],
    ["a notebook", "edit paths", /^NotebookEdit: /],
    ["a host in capitals", "web", /^WebFetch: \w+:\/\/[A-Z]/],
    ["user info before a host", "web", /\/\/\S+@/],
    ["a port", "web", /:8443/],
    ["a server's tool", "mcp", /^mcp__gh__/],
    ["a skill", "agents and skills", /^Skill: deploy$/],
    ["an agent", "agents and skills", /^Agent: Explore$/],
    ["a monitor", "tool globs and parameters", /^Monitor: /],
  ])("%s", (_, category, form) => {
    expect(callsOf(category).some((call) => form.test(call))).toBe(true);
  });

  test("every program that only reads", () => {
    const calls = generateRun({ seed: "reads", decisions: 30_000, categories: ["read-only commands"] });
    const lines = calls.flatMap((scenario) => scenario.calls.map(({ argument }) => argument));
    const silent = READ_ONLY_PROGRAMS.filter((program) => !lines.some((line) => line.startsWith(program)));
    expect(silent).toEqual([]);
  });
});

describe("every mode and every settings file comes up", () => {
  test.each(PERMISSION_MODES)("mode %s, on the command line and in a file", (mode) => {
    expect(whole.some((scenario) => scenario.mode === mode)).toBe(true);
    const inFile = whole.some(({ files }) =>
      files.some(
        ({ settings }) => isJsonObject(settings.permissions) && settings.permissions.defaultMode === mode,
      ),
    );
    expect(inFile).toBe(true);
  });

  test.each(SETTINGS_SCOPES)("a %s file beside another one, trusted and not", (scope) => {
    for (const trusted of [true, false]) {
      const found = whole.some(
        (one) =>
          one.trusted === trusted && one.files.length > 1 && one.files.some((file) => file.scope === scope),
      );
      expect(found).toBe(true);
    }
  });

  test("files stand in the order of their say, one a scope", () => {
    for (const { files } of whole) {
      const places = files.map(({ scope }) => SETTINGS_SCOPES.indexOf(scope));
      expect(places).toEqual([...new Set(places)].sort());
    }
  });
});

test("pairs of rule sets: most are small edits, some are wider and some are not", () => {
  const pairs = generatePairs("test", 200);
  const size = (lists: object): number => Object.values(lists).flat().length;
  const near = pairs.filter(({ before, after }) => Math.abs(size(before) - size(after)) <= 1);
  expect(near.length).toBeGreaterThan(150);
  for (const { calls } of pairs) expect(calls.length).toBeGreaterThan(10);
});
