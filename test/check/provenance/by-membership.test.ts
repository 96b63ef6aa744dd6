import { describe, expect, test } from "vitest";
import { placedByMembership } from "../../../src/check/provenance/by-membership.ts";
import { CONTEXT_VERSION, normaliseContext } from "../../../src/context/index.ts";
import type { Position } from "../../../src/model/position.ts";
import type { RawValue } from "../../../src/model/raw-value.ts";
import { DEFAULT_CLIENT } from "../../../src/model/semantics.ts";

type Plain = string | number | boolean | readonly Plain[] | { readonly [name: string]: Plain };

/** A value whose attributes stand one a line in a file of `input`, as Nix would say it: none for elements of lists. */
function rawIn(input: string | undefined, value: Plain): RawValue {
  let line = 0;
  const place = (): Position => ({
    file: "flake.nix",
    line: ++line,
    column: 1,
    ...(input !== undefined && { input }),
  });
  const raw = (part: Plain): RawValue => {
    if (Array.isArray(part)) return { kind: "list", items: part.map(raw) };
    if (typeof part !== "object") return { kind: "scalar", value: part as string };
    const names = Object.keys(part);
    const positions = Object.fromEntries(names.map((name) => [name, place()]));
    const entries = Object.entries(part as Record<string, Plain>).map(([name, child]): [string, RawValue] => [
      name,
      raw(child),
    ]);
    return { kind: "set", entries: Object.fromEntries(entries), positions };
  };
  return raw(value);
}

function withoutPlaces(raw: RawValue): RawValue {
  if (raw.kind === "list") return { kind: "list", items: raw.items.map(withoutPlaces) };
  if (raw.kind !== "set") return raw;
  const entries = Object.entries(raw.entries).map(([name, child]) => [name, withoutPlaces(child)]);
  return { kind: "set", positions: {}, entries: Object.fromEntries(entries) };
}

function placesOf(own: RawValue, inputs: Record<string, Plain>): Record<string, string> {
  const contexts = Object.entries(inputs).map(
    ([name, value]) => [name, { kind: "present", value: rawIn(name, value) }] as const,
  );
  const value = placedByMembership({ value: own, inputs: Object.fromEntries(contexts) });
  const { positions } = normaliseContext(value, { client: DEFAULT_CLIENT });
  return Object.fromEntries(
    Object.entries(positions).map(([path, { input, line }]) => [path, `${input ?? "here"}:${line}`]),
  );
}

const own = (value: Plain) => rawIn(undefined, value);

describe("an element of a list, which has no place of its own", () => {
  const allow = (...rules: string[]) => ({ version: CONTEXT_VERSION, permissions: { allow: rules } });

  test("came from the one input whose context has it in the same list", () => {
    const places = placesOf(own(allow("Bash(a)", "Bash(b)")), {
      standards: allow("Bash(b)"),
      other: allow("Bash(c)"),
    });
    expect(places["permissions.allow[1]"]).toBe("standards:3");
    expect(places["permissions.allow[0]"]).toBeUndefined();
  });

  test("stays without one where two inputs have it", () => {
    const places = placesOf(own(allow("Bash(b)")), { one: allow("Bash(b)"), two: allow("Bash(b)") });
    expect(places["permissions.allow[0]"]).toBeUndefined();
  });

  test("stays without one where the input has it in another list", () => {
    const deny = { permissions: { deny: ["Bash(b)"] } };
    expect(placesOf(own(allow("Bash(b)")), { standards: deny })["permissions.allow[0]"]).toBeUndefined();
  });

  test("keeps the place it has", () => {
    const here: Position = { file: "flake.nix", line: 9, column: 1 };
    const raw = own(allow("Bash(b)"));
    const permissions = raw.kind === "set" ? raw.entries.permissions : undefined;
    const list = permissions?.kind === "set" ? permissions.entries.allow : undefined;
    Object.assign(list!, { itemPositions: [here] });
    expect(placesOf(raw, { standards: allow("Bash(b)") })["permissions.allow[0]"]).toBe("here:9");
  });

  test.each([
    [{ permissions: { allow: ["Bash(b)"] } }, { autoApprove: ["Bash(b)"] }, "permissions.allow[0]"],
    [{ autoApprove: ["Bash(b)"] }, { permissions: { allow: ["Bash(b)"] } }, "autoApprove[0]"],
  ])("rules of %j may be taken from %j", (mine, theirs, path) => {
    expect(placesOf(own(mine), { standards: theirs })[path]).toMatch(/^standards:/);
  });

  test("which is a set, as a hook, is held against the whole set", () => {
    const hook = (command: string) => ({ hooks: { Stop: [{ hooks: [{ type: "command", command }] }] } });
    const mine = withoutPlaces(own(hook("true")));
    expect(placesOf(mine, { standards: hook("true") })["hooks.Stop[0]"]).toBe("standards:2");
    expect(placesOf(mine, { standards: hook("false") })["hooks.Stop[0]"]).toBeUndefined();
  });
});

describe("an attribute without a place", () => {
  const tools = (description: string) => ({ tools: { rg: { description } } });

  test("of the same value at the same path in one input came from there", () => {
    const places = placesOf(withoutPlaces(own(tools("Searches"))), { standards: tools("Searches") });
    expect(places).toEqual({
      tools: "standards:1",
      "tools.rg": "standards:2",
      "tools.rg.description": "standards:3",
    });
  });

  test("of another value did not, though what is in it may have", () => {
    const mine = withoutPlaces(
      own({ tools: { rg: { description: "Searches" }, fd: { description: "Finds" } } }),
    );
    const places = placesOf(mine, { standards: tools("Searches") });
    expect(Object.keys(places)).toEqual(["tools.rg", "tools.rg.description"]);
  });

  test("may have any name", () => {
    const policies = JSON.parse('{"policies": {"__proto__": "x", "constructor": "y"}}');
    const places = placesOf(withoutPlaces(own(policies)), { standards: policies });
    expect(places["policies.__proto__"]).toBe("standards:2");
    expect(Object.keys(places)).toContain("policies.constructor");
  });
});

test("without inputs nothing changes", () => {
  const value = own({ permissions: { allow: ["Bash(a)"] } });
  expect(placedByMembership({ value, inputs: { gone: { kind: "absent" } } })).toBe(value);
});
