import { expect, test } from "vitest";
import { normaliseContext } from "../../src/context/index.ts";
import { DEFAULT_LIMITS } from "../../src/model/limits.ts";
import type { RawValue } from "../../src/model/raw-value.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { directoryOf, failureOf, RawLeaf, rawOf, type WritableSet } from "../support/context.ts";

function normalised(json: WritableSet, limits = DEFAULT_LIMITS) {
  return normaliseContext(rawOf({ version: "2025-01", ...json }), { client: DEFAULT_CLIENT, limits });
}

test("a value that does not evaluate is a failure, no problem, and its neighbours are read", () => {
  const { context, problems, failures, limits } = normalised({
    tools: { rg: { description: "x" }, broken: failureOf("boom") },
    permissions: { deny: failureOf("no list"), allow: ["Bash(ls)"] },
  });
  expect(problems).toEqual([]);
  expect(failures.map(({ path, message }) => [path, message])).toEqual([
    ["tools.broken", "boom"],
    ["permissions.deny", "no list"],
  ]);
  expect(limits).toEqual([]);
  expect(Object.keys(context.tools)).toEqual(["rg"]);
  expect(context.permissions.rules.map((rule) => rule.text)).toEqual(["Bash(ls)"]);
});

test("what the evaluator cut off is a failure and a limit", () => {
  const cut: RawValue = { kind: "cut", limit: "width", count: 30_000 };
  const { failures, limits } = normalised({ policies: new RawLeaf(cut) });
  expect(failures).toEqual([
    {
      path: "policies",
      code: "limit-reached",
      message: "the value has more elements than are compared (30000)",
    },
  ]);
  expect(limits).toEqual(["contextValues"]);
});

test("a context that is nested too deeply is cut off, not read until the stack ends", () => {
  let deep: RawValue = { kind: "scalar", value: 1 };
  for (let depth = 0; depth < 50_000; depth++) deep = { kind: "list", items: [deep] };
  const { failures, limits } = normalised({ settings: { deep: new RawLeaf(deep) } });
  expect(limits).toEqual(["contextDepth"]);
  expect(failures).toHaveLength(1);
});

test("a context with too many values is cut off", () => {
  const { limits, failures } = normalised(
    { settings: { list: Array.from({ length: 200 }, () => 1) } },
    {
      ...DEFAULT_LIMITS,
      contextValues: 100,
    },
  );
  expect(limits).toEqual(["contextValues"]);
  expect(failures.length).toBeGreaterThan(0);
});

test("constraints are not taken from a context that was cut off before them", () => {
  const constraints = { c: { forbid: { allow: ["Bash"] } } };
  expect(() =>
    normalised({ autoApprove: ["a", "b", "c"], constraints }, { ...DEFAULT_LIMITS, contextValues: 6 }),
  ).toThrowError(expect.objectContaining({ code: "constraint-unreadable" }));
});

test("too many permission rules are a limit, and none is dropped", () => {
  const autoApprove = ["Bash(a)", "Bash(b)", "Bash(c)"];
  const { context, limits, failures } = normalised(
    { autoApprove },
    { ...DEFAULT_LIMITS, permissionRules: 2 },
  );
  expect(context.permissions.rules).toHaveLength(3);
  expect(limits).toEqual(["permissionRules"]);
  expect(failures.map(({ path }) => path)).toEqual(["permissions"]);
});

test("a skill with more files than are compared is a limit", () => {
  const skill = directoryOf("./skills/x", { "SKILL.md": "x" }).raw;
  if (skill.kind !== "path" || skill.content.kind !== "directory")
    throw new Error("a directory was expected");
  const { limits, failures } = normalised({
    skills: { x: new RawLeaf({ ...skill, content: { ...skill.content, truncated: true } }) },
  });
  expect(limits).toEqual(["skillFiles"]);
  expect(failures.map(({ path }) => path)).toEqual(["skills.x"]);
});

test("a text that is too large to be read is compared by the hash of its bytes", () => {
  const persona: RawValue = { kind: "path", path: "./persona.md", content: { kind: "file", sha256: "00ff" } };
  expect(normalised({ persona: new RawLeaf(persona) }).context.persona).toBe("./persona.md (sha256:00ff)");
});
