import { describe, expect, test } from "vitest";
import type { Call } from "../../src/model/permission.ts";
import {
  compilePermissions,
  decide,
  matchesRule,
  type PermissionSet,
  parseCall,
} from "../../src/permissions/index.ts";

const NO_RULES: PermissionSet = {
  allow: [],
  ask: [],
  deny: [],
  mode: null,
  additionalDirectories: [],
  bypassDisabled: false,
  sandboxApprovesBash: false,
  other: {},
};

/** Decision and whether it runs, of a command line or of any call as `parseCall` reads it. */
function decided(rules: Partial<PermissionSet>, call: Call | string): string {
  const asCall = typeof call === "string" ? { tool: "Bash", argument: call } : call;
  const { decision, runs } = decide({ ...NO_RULES, ...rules }, asCall, { client: "2.1.330" });
  return `${decision}, ${runs === true ? "runs" : runs === false ? "does not run" : "undecided"}`;
}

const RUNS = "default, runs";
const PROMPTS = "default, does not run";
const ALLOWED = "allow, runs";
const ASKED = "ask, does not run";
const REFUSED = "deny, does not run";
const UNDECIDED = "undecided, undecided";
const OPEN = "undecided, undecided";

describe("without any rule", () => {
  test.each([
    ..."rg foo;fd x;tree;file a;sort a;cut -f1 a;jq . a;seq 3;date;ps;node -v;python3 --version;docker ps".split(
      ";",
    ),
    ..."docker images;sed -n 1p a;git status;git log --oneline;git diff;git show HEAD;git branch;git tag".split(
      ";",
    ),
    ..."git remote -v;git stash list;git rev-parse HEAD;git blame a;git reflog;git worktree list".split(";"),
    ..."git cat-file -p HEAD;git ls-remote;git config --get user.name;cd src;grep -r TOKEN .;cat .env".split(
      ";",
    ),
    "ls && pwd",
    "cd src && cat a | wc -l",
    "timeout 5 ls",
  ])("%s only reads and runs", (command) => {
    expect(decided({}, command)).toBe(RUNS);
  });

  test.each([
    ..."env;printenv;uniq x;xxd x;less x;more x;awk 1 x;npm ls;pip list;gh pr list;kubectl get pods".split(
      ";",
    ),
    ..."cargo --version;nix eval x;nix flake show;git -C x status;git -c a=b log;git --no-pager log".split(
      ";",
    ),
    ..."git diff --output=x;git fetch;sort -o x y;file -m x y;jq -f x;find . -name *.txt;find . -delete".split(
      ";",
    ),
    ..."xargs ls;env ls;sudo ls;FOO=1 ls;/usr/bin/ls;git tag v1;git branch x;sed -i s/a/b/ x".split(";"),
    "cat /etc/passwd",
    "cat < /etc/passwd",
    "cd /tmp",
    "cd",
    "ls ~",
    "ls > out.txt",
    "ls &",
    "(ls)",
    "ls $(id)",
  ])("%s asks", (command) => {
    expect(decided({}, command)).toBe(PROMPTS);
  });

  test.each([
    ["CronCreate", RUNS],
    ["ToolSearch", RUNS],
    ["Agent(general-purpose)", RUNS],
    ["AskUserQuestion", ASKED],
    ["WebSearch(nix)", PROMPTS],
    ["WebFetch(https://docs.python.org/3/)", RUNS],
    ["WebFetch(https://example.com/)", PROMPTS],
    ["mcp__gh__search", PROMPTS],
    ["Skill(deploy)", "default, undecided"],
    ["Workflow", OPEN],
    ["WebFetch(https://docs.rs/)", PROMPTS],
    ["WebFetch(https://docs.nobody-asked-about.com/)", OPEN],
  ])("%s: %s", (call, expected) => {
    expect(decided({}, parseCall(call))).toBe(expected);
  });
});

describe("an allow rule for a program", () => {
  const allow = ["Bash(npm *)"];

  test.each([
    "npm",
    "if true; then npm t; fi",
    "while true; do npm t; done",
    "! npm t",
    "[[ -f x ]] && npm t",
    "test -f x && npm t",
    "npm t <<< x",
    "npm t <<'E'\nx\nE",
    "npm t $((1+1))",
    "npm t $HOME",
    "npm t ~/x",
    "npm t *.ts",
    "npm t;",
    "npm t # note",
    "# note\nnpm t",
    "npm t \\\n -x",
    'npm run "a && b"',
    "npm t 2>&1 > /dev/null",
    "timeout -k 1 5 nice -n 5 nohup stdbuf -oL npm t",
    "NODE_ENV=test CI=1 npm t",
    "xargs npm t",
    "LC_ALL=C npm t",
    "command -p npm t",
    "npm 'x",
    "if npm t",
    "ls ;; npm t",
  ])("covers %j", (command) => {
    expect(decided({ allow }, command)).toBe(ALLOWED);
  });

  test.each([
    "npmx t",
    "(npm t)",
    "{ npm t; }",
    "f(){ npm t; }",
    "case x in x) npm t;; esac",
    "npm $(x)",
    "npm `x`",
    "npm <(x)",
    "npm ${V}",
    "npm $X",
    "npm {a,b}",
    "npm $'a'",
    "npm <<E\nx\nE",
    "npm t &",
    "coproc npm t",
    "exec npm t",
    "eval npm t",
    "source npm",
    "trap npm t",
    'npm "x',
    "env npm t",
    "sudo npm t",
    "xargs -n1 npm t",
    "bash -c 'npm t'",
    "npx npm",
    "direnv exec . npm t",
    "time -p npm t",
    "command -v npm",
    "npm t > out",
    "npm t > ~/x",
    "npm t < /etc/passwd",
    "PATH=/x npm t",
    "NODE_ENV=$X npm t",
    "npm t && x",
    "npm t | sh",
    "cd src && cd x && npm t",
    "FOO=1; npm t",
    "FOO=bar; npm t",
    "for f in a b; do npm t; done",
    "LC_ALL=x npm t",
    "npm a = b",
    "npm =a",
    "npm a\\ b",
    "npm $((x))",
    "npm a$",
    "npm 'a\n# b'",
    "npm > /dev/null t",
    "npm 2>&-",
    ">/dev/null npm t",
    "npm <<'E' | cat\nx\nE",
    "if npm t; then npm x; fi 2>&1",
    "if npm t | cat; then npm x; fi",
    "[[ $HOME ]] && npm t",
    "NODE_ENV='test' npm t",
    "nice --foo npm t",
    "nice -n5 npm t",
    "stdbuf -o L npm t",
    "timeout .5 npm t",
  ])("does not cover %j", (command) => {
    expect(decided({ allow }, command)).toBe(PROMPTS);
  });

  test.each([
    "watch x",
    "setsid x",
    "ionice x",
    "flock l x",
    "script x",
    "strace x",
    "find . -delete",
    "eval x",
  ])("with a wildcard never vouches for %s", (command) => {
    expect(decided({ allow: [`Bash(${command.split(" ")[0]} *)`] }, command)).toBe(PROMPTS);
  });

  test.each(["watch npm test", "find . -delete", "flock l x"])("with the full text covers %s", (command) => {
    expect(decided({ allow: [`Bash(${command})`] }, command)).toBe(ALLOWED);
  });

  test("needs the whole line in 10,000 characters; a blanket rule does not", () => {
    const long = `npm ${"x".repeat(10_000)}`;
    expect(decided({ allow }, long)).toBe(PROMPTS);
    expect(decided({ allow: ["Bash"] }, long)).toBe(ALLOWED);
  });
});

describe("full texts and what they vouch for", () => {
  test.each([
    ["Bash(eval x)", "eval x", ALLOWED],
    ["Bash(exec npm t)", "exec npm t", ALLOWED],
    ["Bash(npm t)", "exec npm t", PROMPTS],
    ["Bash(npm t && x)", "npm t && x", ALLOWED],
    ["Bash(npm t | x)", "npm t | x", PROMPTS],
    ["Bash((npm t))", "(npm t)", PROMPTS],
    ["Bash({ npm t; })", "{ npm t; }", ALLOWED],
    ["Bash(npm t &)", "npm t &", PROMPTS],
    ["Bash(npm $(x))", "npm $(x)", ALLOWED],
    ["Bash(npm $(x))", "npm $(x) && ls", PROMPTS],
    ["Bash(X=1; npm t)", "X=1; npm t", ALLOWED],
    ["Bash(eval x)", "ls; eval x", PROMPTS],
    ["Bash(timeout *)", "timeout 5 watch x", PROMPTS],
    ["Bash(env *)", "env watch x", PROMPTS],
    ["Bash(nice *)", "nice -n5 x", PROMPTS],
    ["Bash(timeout *)", "timeout 5 curl x", ALLOWED],
  ])("%s on %s: %s", (rule, command, expected) => {
    expect(decided({ allow: [rule] }, command)).toBe(expected);
  });

  test.each([
    ["if true; then x", ALLOWED],
    ['x "y', ALLOWED],
    ['rm "y', UNDECIDED],
    ["if true; then rm x", UNDECIDED],
    ["x && && rm y", UNDECIDED],
    ["then rm y", UNDECIDED],
    // What is missing at the end leaves the pieces before it as they are.
    ["rm x &&", REFUSED],
  ])("in text that does not parse, %j, nobody knows what a deny rule still sees: %s", (command, expected) => {
    expect(decided({ allow: ["Bash"], deny: ["Bash(rm *)"] }, command)).toBe(expected);
  });
});

describe("checks that no rule lifts", () => {
  test.each([
    "rm -rf ~",
    "rm -rf /",
    "rm -rf /usr",
    'rm -rf "$HOME"',
    'rm -rf "$X"/*',
    "rm -rf .",
    "rm -rf ..",
    "rm -rf /home/u/proj",
    "rm -rf ./*",
    "rmdir /",
    "bash -c 'rm -rf ~'",
    "echo $(rm -rf ~)",
    "cat <(rm -rf ~)",
    "env rm -rf /",
    "echo x > .envrc",
    "touch .git/hooks/pre-push",
    "cp a .claude/settings.json",
    "sed -i s/a/b/ .mcp.json",
  ])("%s asks even under a blanket rule", (command) => {
    expect(decided({ allow: ["Bash", "Edit(//**)"] }, command)).toBe(ASKED);
  });

  test.each(["rm -rf ./build", "rm -rf build/*", "rm /tmp/x/y"])("%s is no such removal", (command) => {
    expect(decided({ allow: ["Bash"] }, command)).toBe(ALLOWED);
  });

  test.each(["sudo rm -rf /", "setsid rm -rf /", "xargs rm -rf /"])(
    "no client sees the removal of %s",
    (command) => {
      expect(decided({ allow: ["Bash"] }, command)).toBe(ALLOWED);
    },
  );

  test.each([
    [".claude/settings.json", ASKED],
    [".git/config", ASKED],
    [".github/workflows/ci.yml", ALLOWED],
    ["flake.nix", ALLOWED],
    [".claude/worktrees/a/x", ALLOWED],
    [".HUSKY/x", ASKED],
  ])("a write to %s: %s", (path, expected) => {
    expect(decided({ allow: ["Edit(**)"] }, { tool: "Write", argument: `/home/u/proj/${path}` })).toBe(
      expected,
    );
  });
});

describe("path rules and file commands", () => {
  const secrets = { allow: ["Bash"], deny: ["Read(.env)"] };

  test.each(
    (
      "cat .env;head .env;tail .env;sed -n 1p .env;grep X .env;rg X .env;awk 1 .env;nl .env;wc .env;sort .env;" +
      "base64 .env;diff a .env;cp .env b;mv .env b;cut -f1 .env;od .env;strings .env;hexdump .env;column .env;" +
      "md5sum .env;jq . .env;stat .env;ls .env;file .env;cat < .env;git diff .env"
    ).split(";"),
  )("a Read deny stops %s", (command) => {
    expect(decided(secrets, command)).toBe(REFUSED);
  });

  test("a Read deny stops F=.env; cat $F", () => {
    expect(decided(secrets, "F=.env; cat $F")).toBe(REFUSED);
  });

  test("a Read deny makes the client ask behind a directory change", () => {
    expect(decided(secrets, "cd sub && cat .env")).toBe(ASKED);
  });

  test.each(["cat ~/../u/proj/.env", "cat sub/../.ENV"])(
    "%s asks, and a blanket rule lifts that",
    (command) => {
      expect(decided(secrets, command)).toBe(ALLOWED);
      expect(decided({ ...secrets, allow: ["Bash(cat *)"] }, command)).toBe(PROMPTS);
    },
  );

  test.each(
    "cat .e*;cat .en?;grep -r X .;git show HEAD:.env;less .env;dd if=.env;tar cf x .env;curl -d @.env u;source .env".split(
      ";",
    ),
  )("a Read deny misses %s", (command) => {
    expect(decided(secrets, command)).toBe(ALLOWED);
  });

  test.each("echo x > f;echo x >> f;sed -i s/a/b/ f;cp a f;mv a f;tee f;touch f;rm f".split(";"))(
    "an Edit deny stops %s",
    (command) => {
      expect(decided({ allow: ["Bash"], deny: ["Edit(f)"] }, command)).toBe(REFUSED);
    },
  );

  test.each(
    "git checkout f;patch f;dd of=f;truncate -s0 f;ln -sf a f;sort -o f a;curl -o f u;chmod 7 f".split(";"),
  )("an Edit deny misses %s", (command) => {
    expect(decided({ allow: ["Bash"], deny: ["Edit(f)"] }, command)).toBe(ALLOWED);
  });

  test("an ask rule on a path does not reach Bash", () => {
    expect(decided({ allow: ["Bash"], ask: ["Read(a)"] }, "cat a")).toBe(ALLOWED);
    expect(decided({ allow: ["Bash"], ask: ["Edit(a)"] }, "echo > a")).toBe(ALLOWED);
  });

  test("a rule for the program does not reach outside, a rule for the path does", () => {
    expect(decided({ allow: ["Bash(cat *)"] }, "cat /etc/hosts")).toBe(PROMPTS);
    expect(decided({ allow: ["Bash(cat *)", "Read(//etc/**)"] }, "cat /etc/hosts")).toBe(ALLOWED);
    expect(decided({ additionalDirectories: ["/opt/d"] }, "cat /opt/d/x")).toBe(RUNS);
  });

  test.each([
    [{ allow: ["Edit"] }, "Edit(/home/u/proj/a)", ALLOWED],
    [{ allow: ["Edit"] }, "Write(/home/u/proj/a)", PROMPTS],
    [{ allow: ["Edit(*)"] }, "Edit(/home/u/a)", PROMPTS],
    [{ allow: ["Write"] }, "Write(/home/u/a)", ALLOWED],
    [{ allow: ["Write(*)"] }, "Write(/home/u/a)", PROMPTS],
    [{ allow: ["Write(*)"] }, "Write(/home/u/proj/a)", ALLOWED],
    [{ allow: ["Write"], deny: ["Edit"] }, "Write(/home/u/proj/a)", ALLOWED],
    [{ allow: ["Edit(~/x/**)"] }, "Read(/home/u/x/a)", ALLOWED],
    [{ allow: ["Edit(a)"], deny: ["Read(a)"] }, "Write(/home/u/proj/a)", REFUSED],
    [{ allow: ["Edit(a)"], deny: ["Read(a)"] }, "NotebookEdit(/home/u/proj/a)", ALLOWED],
    [{ allow: ["Read"] }, "Read(/etc/x)", ALLOWED],
    [{ allow: ["Read(**)"] }, "Read(/etc/x)", PROMPTS],
    [{ deny: ["Read(*)"] }, "Read(/home/u/proj/a)", REFUSED],
    [{ deny: ["Read(src/{a,b}.ts)"] }, "Read(/home/u/proj/src/a.ts)", RUNS],
    [{ deny: ["Read(a[.ts)"] }, "Read(/home/u/proj/a[.ts)", RUNS],
    [{ allow: ["Read"], other: { blockReadsOutsideWorkingDirectories: true } }, "Read(/etc/x)", REFUSED],
    [{ allow: ["Write"], other: { blockWritesOutsideWorkingDirectories: true } }, "Write(/etc/x)", REFUSED],
  ])("%j on %s: %s", (rules, call, expected) => {
    expect(decided(rules, parseCall(call))).toBe(expected);
  });
});

describe("modes", () => {
  test.each(["mkdir a", "touch a", "rm a", "rmdir a", "mv a b", "cp a b", "sed s/a/b/ x", "echo a > b"])(
    "acceptEdits runs %s",
    (command) => {
      expect(decided({ mode: "acceptEdits" }, command)).toBe(ALLOWED);
    },
  );

  test.each([
    "cp -r a b",
    "mv -f a b",
    "touch -m a",
    "nice touch a",
    "CI=1 touch a",
    "tee a",
    "ln a b",
    "touch /etc/x",
  ])("acceptEdits does not run %s", (command) => {
    expect(decided({ mode: "acceptEdits" }, command)).toBe(PROMPTS);
  });

  test("dontAsk refuses what would ask, bypassPermissions runs it, deny and critical checks stay", () => {
    expect(decided({ mode: "dontAsk" }, "curl x")).toBe(REFUSED);
    expect(decided({ mode: "dontAsk", ask: ["Bash(ls *)"] }, "ls")).toBe(REFUSED);
    expect(decided({ mode: "bypassPermissions" }, "curl x")).toBe(ALLOWED);
    expect(decided({ mode: "bypassPermissions" }, "echo x > .git/x")).toBe(ALLOWED);
    expect(decided({ mode: "bypassPermissions" }, "rm -rf ~")).toBe(ASKED);
    expect(decided({ mode: "bypassPermissions", deny: ["Bash(curl *)"] }, "curl x")).toBe(REFUSED);
    expect(decided({ mode: "bypassPermissions", bypassDisabled: true }, "curl x")).toBe(PROMPTS);
  });

  test("what a classifier may decide is open in auto mode, and deny rules are not", () => {
    expect(decided({ mode: "auto" }, "curl x")).toBe(OPEN);
    expect(decided({ mode: "auto", allow: ["Bash(python3 *)"] }, "python3 x")).toBe(OPEN);
    expect(decided({ mode: "auto", allow: ["Bash(eslint *)"] }, "eslint x")).toBe(ALLOWED);
    expect(decided({ mode: "auto", deny: ["Bash(curl *)"] }, "curl x")).toBe(REFUSED);
  });
});

describe("sandbox, monitor and parameters", () => {
  test.each([
    [{}, "curl x", ALLOWED],
    [{}, "curl $(id) &", ALLOWED],
    [{}, "echo x > .git/x", ALLOWED],
    [{}, "eval x", PROMPTS],
    [{}, "rm -rf ~", ASKED],
    [{ ask: ["Bash"] }, "curl x", ALLOWED],
    [{ ask: ["Bash(curl *)"] }, "curl x", ASKED],
    [{ deny: ["Bash(curl *)"] }, "curl x", REFUSED],
  ])("a sandbox that approves Bash, %j: %s", (rules, command, expected) => {
    expect(decided({ ...rules, sandboxApprovesBash: true }, command)).toBe(expected);
  });

  test("leaving the sandbox asks under a blanket rule and runs under a scoped one", () => {
    const call = { tool: "Bash", argument: "npm t", parameters: { dangerouslyDisableSandbox: true } };
    expect(decided({ allow: ["Bash"], sandboxApprovesBash: true }, call)).toBe(ASKED);
    expect(decided({ allow: ["Bash(npm *)"], sandboxApprovesBash: true }, call)).toBe(ALLOWED);
  });

  test.each([
    [{ allow: ["Bash"] }, PROMPTS],
    [{ allow: ["Monitor"] }, ALLOWED],
    [{ allow: ["Bash(npm *)"] }, ALLOWED],
    [{ allow: ["Monitor(npm *)"] }, PROMPTS],
    [{ allow: ["Monitor"], deny: ["Bash(npm *)"] }, REFUSED],
  ])("Monitor with %j: %s", (rules, expected) => {
    expect(decided(rules, { tool: "Monitor", argument: "npm x" })).toBe(expected);
  });
});

describe("matchesRule", () => {
  test.each([
    ["allow", "Bash(npm *)", "npm t", true],
    ["allow", "Bash(npm *)", "npm t && ls", true],
    ["allow", "Bash(npm *)", "ls", false],
    ["allow", "Bash(npm *)", "sudo npm t", false],
    ["deny", "Bash(npm *)", "sudo npm t", true],
    ["deny", "Bash(npm *)", "LC_ALL=C ls", false],
    ["deny", "Bash(npm *)", "sudo --unknown x npm t", false],
    ["deny", "Bash(npm *)", "sudo --unknown npm t", true],
    ["deny", "Bash(npm *)", "nice sudo npm t", false],
    ["deny", "Bash(npm *)", "script f npm t", true],
    ["ask", "Bash(npm *)", "ls | npm t", true],
    ["ask", "Read(a)", "cat a", false],
    ["deny", "Read(a)", "cat a", true],
  ] as const)("%s %s on %s: %s", (list, text, command, expected) => {
    const call = { tool: "Bash", argument: command };
    expect(matchesRule({ list, text }, call, { client: "2.1.330" })).toBe(expected);
  });
});

test("a rule nothing is known about makes the calls that it may be about undecided", () => {
  const compiled = compilePermissions(
    { ...NO_RULES, allow: ["Bash"], deny: ["B*(timeout *)"] },
    { client: "2.1.330" },
  );
  expect(compiled.decide({ tool: "Bash", argument: "curl x" }).decision).toBe("undecided");
  expect(compiled.decide({ tool: "Read", argument: "a" }).runs).toBe(true);
});
