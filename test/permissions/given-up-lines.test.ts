import { describe, expect, test } from "vitest";
import { CLIENT_VERSIONS } from "../../src/model/semantics.ts";
import { compileRecorded, recordedCall } from "./recordings.ts";

/** Decisions of 2.1.330 and 2.1.197; every row was asked of both. */
type Row = [rules: "deny" | "ask", pattern: string, command: string, newer: string, older: string];

const AS_A_WHOLE: Row[] = [
  ["deny", "zz:*", "echo $?; zz a", "deny", "deny"],
  ["ask", "zz:*", "echo $?; zz a", "prompt", "allow"],
  ["ask", "zz:*", "zz a; echo $?", "prompt", "prompt"],
  ["ask", "*zz a", "echo $?; zz a", "prompt", "prompt"],
  ["deny", "zz:*", "if zz a; then echo $?; fi", "deny", "allow"],
  ["deny", "zz:*", "echo $?; ! zz a", "deny", "allow"],
  ["ask", "zz a", "sudo zz a; echo $?", "prompt", "prompt"],
];

const BY_MEANING: Row[] = [
  ["deny", "zz:*", "if eval x; then zz a; fi", "deny", "deny"],
  ["ask", "zz:*", "if eval x; then zz a; fi", "prompt", "allow"],
  ["ask", "zz:*", "zz a; timeout 5x y", "prompt", "prompt"],
  ["deny", "zz a", "(zz a); eval x", "deny", "deny"],
];

const NOT_AT_ALL: Row[] = [
  ["deny", "zz:*", "zz a && (yy b)", "deny", "allow"],
  ["deny", "zz:*", "zz a; cd src; cd ..", "deny", "allow"],
  ["deny", "zz:*", "zz a; cd src && git push", "deny", "deny"],
  ["ask", "zz:*", "zz a; cd src && git push", "prompt", "allow"],
];

const WORDS_THAT_VANISH: Row[] = [
  ["deny", "zz a", "zz a $X", "deny", "allow"],
  ["ask", "zz a", "zz a ${X}", "prompt", "allow"],
  ["deny", "zz a", "zz $X a", "deny", "allow"],
  ["deny", "zz a", 'zz a "$X"', "allow", "allow"],
  ["deny", "zz a", "zz a a$X", "allow", "allow"],
  ["deny", "zz", "zz $(id) a", "deny", "allow"],
  ["deny", "zz a", "zz $(id) a", "allow", "allow"],
  ["deny", "zz", "zz > f a", "deny", "deny"],
  ["deny", "zz a", "zz > f a", "deny", "allow"],
];

describe.each([
  [
    "a line that cannot be read is compared as a whole, and by what stands at its top where rules refuse",
    AS_A_WHOLE,
  ],
  [
    "a line whose commands mean something unclear is compared command by command where rules refuse",
    BY_MEANING,
  ],
  ["groups and several directory changes hide a line from the older client", NOT_AT_ALL],
  ["words that nobody knows are left out where the newer client gives up", WORDS_THAT_VANISH],
])("%s", (_, rows) => {
  test.each(rows)("%s %s: %j", (list, pattern, command, ...expected) => {
    const set = { id: "given up", calls: [], permissions: { allow: ["Bash"], [list]: [`Bash(${pattern})`] } };
    const decided = CLIENT_VERSIONS.map((client) => {
      const { decision, runs } = compileRecorded(set, client).decide(recordedCall("Bash", command));
      return decision === "deny" ? "deny" : runs === true ? "allow" : "prompt";
    });
    expect(decided).toEqual(expected);
  });
});
