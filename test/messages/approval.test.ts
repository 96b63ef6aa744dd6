import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Approvals, commandLine } from "../../src/messages/index.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { contextOf, packageOf, type WritableSet } from "../support/context.ts";

function approvals(context: WritableSet, trusted = true): Approvals {
  return new Approvals(contextOf(context), {
    client: DEFAULT_CLIENT,
    home: "/home/u",
    directory: "/home/u/proj",
    trusted,
  });
}

const allows = (...allow: string[]): WritableSet => ({ permissions: { allow } });
const approved: WritableSet = {
  tools: { rg: { pkg: packageOf("ripgrep-14", { mainProgram: "rg" }), alwaysApprove: true } },
};

describe("what becomes of a command", () => {
  test.each<[string, WritableSet, string[], "run" | "ask" | "refuse"]>([
    ["no rule covers it", {}, ["deploy"], "ask"],
    ["an allow rule covers it", allows("Bash(deploy *)"), ["deploy", "now"], "run"],
    ["an always-approved tool runs its program", approved, ["rg", "x y", "src"], "run"],
    ["an always-approved tool has another program as its command", approved, ["rm", "-rf", "src"], "ask"],
    [
      "an ask rule covers it, too",
      { permissions: { allow: ["Bash(deploy *)"], ask: ["Bash(deploy prod*)"] } },
      ["deploy", "prod"],
      "ask",
    ],
    [
      "a deny rule covers it",
      { permissions: { allow: ["Bash(deploy *)"], deny: ["Bash(deploy prod*)"] } },
      ["deploy", "prod"],
      "refuse",
    ],
    [
      "a deny rule covers an always-approved tool",
      { ...approved, permissions: { deny: ["Bash(rg --pre *)"] } },
      ["rg", "--pre", "sh"],
      "refuse",
    ],
    ["the client runs it by itself, since it only reads", {}, ["ls"], "ask"],
    [
      "the sandbox would approve it, which is not there",
      { sandbox: { enabled: true, autoAllowBashIfSandboxed: true } },
      ["deploy"],
      "ask",
    ],
    [
      "a project sets the mode that runs everything",
      { permissions: { defaultMode: "bypassPermissions" } },
      ["deploy"],
      "ask",
    ],
    ["what would be asked for is refused", { permissions: { defaultMode: "dontAsk" } }, ["deploy"], "refuse"],
    ["a rule for all tools denies", { permissions: { deny: ["Bash"] } }, ["deploy"], "refuse"],
    ["an argument looks like another command", allows("Bash(say *)"), ["say", "x; rm -rf ~"], "run"],
    ["the program's name looks like two words", allows("Bash(say *)"), ["say x", "y"], "ask"],
  ])("%s", (_, context, argv, kind) => {
    expect(approvals(context).of(argv).kind).toBe(kind);
  });

  test("of a stranger's context is asked for, and what it denies is refused", () => {
    const stranger = approvals({ permissions: { allow: ["Bash(say *)"], deny: ["Bash(rm *)"] } }, false);
    expect(stranger.of(["say", "x"]).kind).toBe("ask");
    expect(stranger.of(["rm", "x"]).kind).toBe("refuse");
  });
});

test("nothing runs by a rule for another program, whatever its arguments are", () => {
  const { of } = { of: (argv: string[]) => approvals(allows("Bash(say *)")).of(argv).kind };
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary-ascii" }), { maxLength: 3 }), (args) => {
      expect(of(["other", ...args.map((arg) => arg.replaceAll("\0", ""))])).not.toBe("run");
    }),
    { numRuns: 50 },
  );
});

test.each<[string[], string]>([
  [["rg", "-n", "a.b", "src/x"], "rg -n a.b src/x"],
  [["rg", "a b"], "rg 'a b'"],
  [["rg", ""], "rg ''"],
  [["rg", "it's"], "rg 'it'\\''s'"],
  [["rg", "~", "$HOME", "`id`", "*"], "rg '~' '$HOME' '`id`' '*'"],
  [["A=b", "rg"], "'A=b' rg"],
])("%j as a line of a shell is %s", (argv, line) => {
  expect(commandLine(argv)).toBe(line);
});
