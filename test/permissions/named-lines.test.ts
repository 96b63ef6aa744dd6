import { describe, expect, test } from "vitest";
import { decide } from "../../src/permissions/decide.ts";
import type { PermissionSet } from "../../src/permissions/types.ts";
import { setOf } from "./inclusion/rule-sets.ts";

/** Rules as the clients write them when a user approves a line for good. */
const REMEMBERED = setOf({
  allow: ["Bash(cd api && make)", "Bash(pytest -q 2>&1)", "Bash(lint || fix)", "Bash(build > log.txt)"],
});

function runs(set: PermissionSet, argument: string): (boolean | "undecided")[] {
  return (["2.1.330", "2.1.197"] as const).map(
    (client) => decide(set, { tool: "Bash", argument }, { client }).runs,
  );
}

/** Asked of both clients, which answer alike. */
describe("a rule with the text of a whole line", () => {
  test.each([
    ["cd api && make", true],
    ["cd api && make 2>&1", true],
    ["cd api && make | tail -5", true],
    ["cd api && make 2>&1 | tail -5", true],
    ["ls | cd api && make", true],
    ["lint  ||  fix | tail", true],
    ["timeout 5 pytest -q 2>&1", true],
    ["ls | pytest -q 2>&1 | tail", true],
    // A line that goes on is another line, and so is one with something in front that is not harmless.
    ["cd api && make && ls", false],
    ["ls && cd api && make", false],
    ["X=1 pytest -q 2>&1", false],
    ["pytest -q", false],
    ["pytest -q 2>&1 && ls", false],
    ["cd api && make | tee x", false],
    // The file that is written is looked at all the same.
    ["cd api && make > log.txt | tail", false],
    ["build > log.txt", false],
  ])("%s", (argument, expected) => {
    expect(runs(REMEMBERED, argument)).toEqual([expected, expected]);
  });
});

/** Asked of both clients, which answer alike. */
describe("a rule with the text of a line as the clients write it anew", () => {
  const set = setOf({
    allow: ["Bash(make a ; make b)", "Bash(CI=1 lint && fix)", "Bash(make c ; make d ;)"],
  });

  test.each([
    ["make a;make b", true],
    ["make a; make b > log", true],
    ["make a 2>&1; make b", true],
    ["make a;\nmake b # why", true],
    ["CI=1 make a; make b", true],
    ["CI=1 lint&&fix > log", true],
    ["make c; make d;", true],
    // Other commands, another order, or what is no list.
    ["make a\nmake b", false],
    ["make a; make b;", false],
    ["make a; make b; ls", false],
    ["lint && fix > log", false],
    ["make a & make b", false],
    ["(make a; make b)", false],
    ["! make a; make b", false],
    ["make a; make 'b'", false],
  ])("%s", (argument, expected) => {
    expect(runs(set, argument)).toEqual([expected, expected]);
  });
});

/** Measured with deny `Bash(cd:*)` and ask `Bash(cd *)`. */
describe("a change into the project itself", () => {
  const guarded = { ...REMEMBERED, allow: ["Bash"], deny: ["Bash(cd:*)"] };

  test.each([
    ["cd PROJECT && ls", true],
    ["cd PROJECT; ls", true],
    ["ls && cd PROJECT", true],
    ["cd PROJECT", true],
    // Letter for letter, and nothing beside it.
    ["cd PROJECT/ && ls", false],
    ['cd "PROJECT" && ls', false],
    ["cd PROJECT > /dev/null", false],
    ["timeout 5 cd PROJECT", false],
    ["cd src && ls", false],
  ])("%s", (argument, expected) => {
    const project = "/home/u/proj";
    const line = argument.replace("PROJECT", project);
    for (const client of ["2.1.330", "2.1.197"] as const) {
      const options = {
        client,
        surroundings: { project, home: "/home/u", scope: "project" as const, trusted: true },
      };
      expect([client, decide(guarded, { tool: "Bash", argument: line }, options).runs]).toEqual([
        client,
        expected,
      ]);
    }
  });
});

const CAT = setOf({ allow: ["Bash(cat:*)", "Bash(git:*)"] });

describe("a quote in braces, wherever it stands", () => {
  test.each([
    ["cat <<'EOF'\n{ \"a\": 1 }\nEOF", false],
    ["cat <<'EOF'\n{\n  'a': 1\n}\nEOF", false],
    ["git x # { 'a' }", false],
    ["cat <<'EOF'\n{ a: 1 }\nEOF", true],
    ["cat <<'EOF'\n{ a } \"b\"\nEOF", true],
    ["cat <<'EOF'\nit's { \"a\" }\nEOF", true],
    ["git \"{ 'a' }\"", true],
    ['git "f\\"{x}\\""', true],
    ["git '{ \"a\": 1 }'", true],
  ])("%j", (argument, expected) => {
    expect(runs(CAT, argument)).toEqual([expected, expected]);
  });

  test("keeps the clients from looking at the file that is written, and so from refusing it", () => {
    const guarded = { ...CAT, allow: ["Bash"], deny: ["Edit(//tmp/**)"] };
    expect(runs(guarded, "cat > /tmp/x <<'EOF'\na\nEOF")).toEqual([false, false]);
    expect(runs(guarded, "cat > /tmp/x <<'EOF'\n{ \"a\": 1 }\nEOF")).toEqual([true, true]);
  });
});
