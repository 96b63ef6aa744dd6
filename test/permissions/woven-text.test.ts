import { describe, expect, test } from "vitest";
import { decide } from "../../src/permissions/decide.ts";
import { setOf } from "./inclusion/rule-sets.ts";

const EXPORTS_AND_ECHOES = setOf({ allow: ["Bash(export *)", "Bash(echo *)", "Bash(npm *)"] });

/** Asked of both clients, which answer alike. */
describe("text with something woven in", () => {
  test.each([
    ['echo "exit: $?"', true],
    ['npm test; echo "rc=$?"', true],
    ['npm run "on $(date)"', true],
    ['echo "$PWD/x"', true],
    // Too little text around it.
    ['echo "$?"', false],
    ['echo "x$?"', false],
    // Not set in every shell.
    ['echo "exit: $X"', false],
    ['echo "--x=$USER"', false],
    ['export X="a $USER"', false],
    // The sign that stands for it may be written by anybody.
    ['export X="a…"', true],
  ])("%s", (argument, runs) => {
    for (const client of ["2.1.330", "2.1.197"] as const) {
      expect([client, decide(EXPORTS_AND_ECHOES, { tool: "Bash", argument }, { client }).runs]).toEqual([
        client,
        runs,
      ]);
    }
  });
});
