import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readInputs } from "../../src/action/inputs.ts";
import { UsageError } from "../../src/model/errors.ts";

interface ActionFile {
  inputs: Record<string, { description: string; default?: string; required: boolean }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string };
}
const action = parse(readFileSync("action.yml", "utf8")) as ActionFile;

function read(given: Record<string, string> = {}) {
  const asked = new Set<string>();
  const inputs = readInputs((name) => {
    asked.add(name);
    return given[name] ?? "";
  });
  return { inputs, asked };
}

describe("action.yml", () => {
  test("describes every input that is read, and no other", () => {
    expect([...read().asked].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test("requires none", () => {
    expect(Object.values(action.inputs).filter(({ required }) => required)).toEqual([]);
  });

  test("names the defaults that the program has", () => {
    const defaults = Object.fromEntries(
      Object.entries(action.inputs).flatMap(([name, { default: value }]) =>
        value === undefined || value.includes("${{") ? [] : [[name, value]],
      ),
    );
    expect(read(defaults).inputs).toEqual(read().inputs);
  });

  test("says what every input and output is", () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(description.length).toBeGreaterThan(20);
    }
  });

  test("runs on Node 24, one file", () => {
    expect(action.runs).toEqual({ using: "node24", main: "dist/action.js" });
  });
});

describe("inputs", () => {
  test("lists are one a line, or separated by commas", () => {
    expect(read({ flake: "a\n b ,c\n" }).inputs.flakes).toEqual(["a", "b", "c"]);
    expect(read({ "approval-teams": "@acme/platform\ngrace" }).inputs.approvalTeams).toEqual([
      "acme/platform",
      "grace",
    ]);
  });

  test.each(["sarif", "html"] as const)("%s: true means the usual name, and false no file", (format) => {
    const fileOf = (text: string) => read({ [format]: text }).inputs[format];
    expect(fileOf("true")).toBe(`nixclaude.${format}`);
    expect(fileOf(`out.${format}`)).toBe(`out.${format}`);
    expect(fileOf("false")).toBeNull();
    expect(fileOf("")).toBeNull();
  });

  test.each<[string, Record<string, string>, string]>([
    [
      "the same",
      { sarif: "out.txt", html: "out.txt" },
      '`html` is "out.txt", a name that `sarif` has already',
    ],
    ["the same in other directories", { sarif: "a/out", html: "b/OUT" }, "a name that `sarif` has already"],
    ["that of the report", { html: "report.json" }, "a name that the report as JSON has already"],
    ["that of a directory", { sarif: "out/.." }, "names no file"],
  ])("two files never have one name: %s is refused", (_, given, words) => {
    expect(catchUsage(() => read(given)).message).toContain(words);
  });

  test("all that is not understood is said at once, with the nearest word", () => {
    const wrong = {
      "fail-on": "warnings",
      comment: "sometimes",
      "allow-untrusted-head": "yes",
      attribute: "a..b",
    };
    const error = catchUsage(() => read(wrong));
    for (const name of ["fail-on", "comment", "allow-untrusted-head", "a..b"])
      expect(error.message).toContain(name);
    expect(error.message).toContain('Did you mean "warning"?');
  });
});

function catchUsage(act: () => unknown): UsageError {
  try {
    act();
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error("nothing was refused");
}
