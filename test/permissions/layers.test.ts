import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { type Call, PERMISSION_MODES, type PermissionMode } from "../../src/model/permission.ts";
import { CLIENT_VERSIONS, type ClientVersion, DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { compilePermissions } from "../../src/permissions/decide.ts";
import { compileLayers, type SettingsLayer } from "../../src/permissions/layers.ts";
import { type PermissionSet, type Surroundings, USUAL_SURROUNDINGS } from "../../src/permissions/types.ts";
import { anyCall, anyRule } from "./arbitrary.ts";

const bash = (argument: string): Call => ({ tool: "Bash", argument });
const write = (argument: string): Call => ({ tool: "Write", argument });
const read = (argument: string): Call => ({ tool: "Read", argument });

interface Case {
  layers: Partial<Record<Surroundings["scope"], JsonObject>>;
  mode?: PermissionMode;
  trusted?: boolean;
  client?: ClientVersion;
}

function decide({ layers, mode, trusted = true, client = DEFAULT_CLIENT }: Case, call: Call): string {
  const list = Object.entries(layers).map(([scope, settings]) => ({ scope, settings }) as SettingsLayer);
  const surroundings = { ...USUAL_SURROUNDINGS, trusted };
  const { runs, decision } = compileLayers(list, { client, surroundings, mode: mode ?? null }).decide(call);
  if (runs === "undecided") return "undecided";
  if (runs) return "runs";
  return decision === "deny" ? "refused" : "asks";
}

const p = (permissions: JsonObject): JsonObject => ({ permissions });

describe("settings of several files", () => {
  test.each<[string, Case, Call, string]>([
    [
      "rules of all files add up",
      { layers: { user: p({ allow: ["Bash(a *)"] }), project: p({}) } },
      bash("a x"),
      "runs",
    ],
    [
      "a deny rule wins wherever it stands",
      { layers: { managed: p({ allow: ["Bash(a *)"] }), user: p({ deny: ["Bash(a *)"] }) } },
      bash("a x"),
      "refused",
    ],
    [
      "an ask rule beats allow rules of higher files",
      { layers: { managed: p({ allow: ["Bash(a *)"] }), user: p({ ask: ["Bash(a *)"] }) } },
      bash("a x"),
      "asks",
    ],
    [
      "the highest file has the mode",
      { layers: { local: p({ defaultMode: "acceptEdits" }), project: p({ defaultMode: "dontAsk" }) } },
      write("a"),
      "runs",
    ],
    [
      "the command line's mode beats all files",
      { layers: { managed: p({ defaultMode: "dontAsk" }) }, mode: "acceptEdits" },
      write("a"),
      "runs",
    ],
    [
      "a mode that a project may not choose is default, not the mode of files below",
      { layers: { project: p({ defaultMode: "auto" }), user: p({ defaultMode: "acceptEdits" }) } },
      write("a"),
      "asks",
    ],
    [
      "a project may not choose to bypass",
      { layers: { project: p({ defaultMode: "bypassPermissions" }) } },
      bash("npm i"),
      "asks",
    ],
    [
      "a project of the older client may",
      { layers: { project: p({ defaultMode: "bypassPermissions" }) }, client: "2.1.197" },
      bash("npm i"),
      "runs",
    ],
    [
      "a user may choose to bypass",
      { layers: { user: p({ defaultMode: "bypassPermissions" }) } },
      bash("npm i"),
      "runs",
    ],
    [
      "any file may disable bypassing",
      {
        layers: {
          managed: p({ defaultMode: "bypassPermissions" }),
          project: p({ disableBypassPermissionsMode: "disable" }),
        },
      },
      bash("npm i"),
      "asks",
    ],
    [
      "any file may disable auto mode",
      { layers: { project: { disableAutoMode: "disable" } }, mode: "auto" },
      bash("npm i"),
      "asks",
    ],
    [
      "/p is at the project in project files",
      { layers: { project: p({ deny: ["Edit(/a/**)"], allow: ["Write"] }) } },
      write("a/f"),
      "refused",
    ],
    [
      "/p is at ~/.claude in the user's file",
      { layers: { user: p({ deny: ["Edit(/a/**)"], allow: ["Write"] }) } },
      write("a/f"),
      "runs",
    ],
    [
      "each rule keeps the anchor of its own file",
      { layers: { user: p({ deny: ["Edit(/a/**)"] }), project: p({ allow: ["Edit(/a/**)"] }) } },
      write("a/f"),
      "runs",
    ],
    [
      "/p is at the project in managed settings",
      { layers: { managed: p({ deny: ["Edit(/a/**)"], allow: ["Write"] }) } },
      write("a/f"),
      "refused",
    ],
    [
      "directories add up, relative to the project",
      {
        layers: {
          user: p({ additionalDirectories: ["../other"] }),
          project: p({ additionalDirectories: ["~/third"] }),
        },
      },
      read("/home/u/other/f"),
      "runs",
    ],
    [
      "allow rules of an untrusted project wait",
      { layers: { project: p({ allow: ["Bash(a *)"] }) }, trusted: false },
      bash("a x"),
      "asks",
    ],
    [
      "deny rules of an untrusted project hold",
      { layers: { project: p({ deny: ["Bash(a *)"] }), user: p({ allow: ["Bash"] }) }, trusted: false },
      bash("a x"),
      "refused",
    ],
    [
      "directories of an untrusted project wait",
      { layers: { project: p({ additionalDirectories: ["/o"] }) }, trusted: false },
      read("/o/f"),
      "asks",
    ],
    [
      "the mode of an untrusted project holds",
      { layers: { project: p({ defaultMode: "acceptEdits" }) }, trusted: false },
      write("a"),
      "runs",
    ],
    [
      "local allow rules need no trust",
      { layers: { local: p({ allow: ["Bash(a *)"] }) }, trusted: false },
      bash("a x"),
      "runs",
    ],
    [
      "local allow rules of the older client wait",
      { layers: { local: p({ allow: ["Bash(a *)"] }) }, trusted: false, client: "2.1.197" },
      bash("a x"),
      "asks",
    ],
    [
      "only managed rules count where managed settings say so",
      { layers: { managed: { allowManagedPermissionRulesOnly: true }, user: p({ allow: ["Bash(a *)"] }) } },
      bash("a x"),
      "asks",
    ],
    [
      "then other files' deny rules do not count either",
      {
        layers: {
          managed: { allowManagedPermissionRulesOnly: true, permissions: { allow: ["Bash(a *)"] } },
          user: p({ deny: ["Bash(a *)"] }),
        },
      },
      bash("a x"),
      "runs",
    ],
    [
      "then other files' directories and modes still do",
      {
        layers: {
          managed: { allowManagedPermissionRulesOnly: true },
          user: p({ additionalDirectories: ["/o"] }),
        },
      },
      read("/o/f"),
      "runs",
    ],
    [
      "no other file may say so",
      { layers: { project: { allowManagedPermissionRulesOnly: true }, user: p({ allow: ["Bash(a *)"] }) } },
      bash("a x"),
      "runs",
    ],
    [
      "a user's prompts may become refusals",
      { layers: { user: p({ denyInsteadOfPrompting: true }) } },
      bash("npm i"),
      "refused",
    ],
    [
      "a project cannot make prompts refusals",
      { layers: { project: p({ denyInsteadOfPrompting: true }) } },
      bash("npm i"),
      "asks",
    ],
    [
      "reads outside are blocked wherever it says so",
      {
        layers: {
          managed: p({ blockReadsOutsideWorkingDirectories: false }),
          project: p({ blockReadsOutsideWorkingDirectories: true, allow: ["Read"] }),
        },
      },
      read("/etc/hostname"),
      "refused",
    ],
    [
      "the sandbox's keys are merged one by one",
      {
        layers: {
          local: { sandbox: { enabled: true } },
          project: { sandbox: { enabled: false, autoAllowBashIfSandboxed: true } },
        },
      },
      bash("npm i"),
      "runs",
    ],
  ])("%s", (_, setting, call, expected) => {
    expect(decide(setting, call)).toBe(expected);
  });
});

describe("a settings file with a mistake", () => {
  const rules = { allow: ["Bash(a *)"], deny: ["Bash(b *)"] };
  const wrong: [string, JsonObject][] = [
    ["a list of rules that is a text", p({ ...rules, ask: "x" })],
    ["a list of rules that is null", p({ ...rules, ask: null })],
    ["an unknown mode", p({ ...rules, defaultMode: "bogus" })],
    ["a directory that is no text", p({ ...rules, additionalDirectories: [5] })],
    ["a switch with another word", p({ ...rules, disableBypassPermissionsMode: true })],
    ["an environment that is no map", { env: 5, ...p(rules) }],
    ["a sandbox with another type", { sandbox: { enabled: "yes" }, ...p(rules) }],
  ];

  test.each(wrong)("is dropped whole for %s, deny rules and all", (_, settings) => {
    const layers = { project: settings, user: p({ allow: ["Bash(b *)"] }) };
    expect(decide({ layers }, bash("a x"))).toBe("asks");
    expect(decide({ layers }, bash("b x"))).toBe("runs");
  });

  test.each(wrong.slice(2))("as managed settings loses one key alone for %s", (_, settings) => {
    expect(decide({ layers: { managed: settings } }, bash("a x"))).toBe("runs");
    expect(decide({ layers: { managed: settings } }, bash("b x"))).toBe("refused");
  });

  test.each<[string, JsonObject]>([
    ["a rule that is no text", p({ allow: ["Bash(a *)", 5, null], deny: rules.deny })],
    ["a key that nobody knows", { nobody: 1, ...p({ ...rules, nobody: 1 }) }],
    ["hooks of another type", { hooks: 5, ...p(rules) }],
  ])("is kept for %s", (_, settings) => {
    expect(decide({ layers: { project: settings } }, bash("a x"))).toBe("runs");
    expect(decide({ layers: { project: settings } }, bash("b x"))).toBe("refused");
  });

  test("takes a broken restriction of managed settings for the restriction", () => {
    const layers = { managed: p({ denyInsteadOfPrompting: "x" }) };
    expect(decide({ layers }, bash("npm i"))).toBe("refused");
    expect(decide({ layers, client: "2.1.197" }, bash("npm i"))).toBe("asks");
  });
});

const rules = fc.array(anyRule, { maxLength: 4 });
const permissionSet: fc.Arbitrary<PermissionSet> = fc.record({
  allow: rules,
  ask: rules,
  deny: rules,
  mode: fc.constantFrom(null, ...PERMISSION_MODES),
  additionalDirectories: fc.subarray(["../other", "/srv", "~/x"]),
  bypassDisabled: fc.boolean(),
  sandboxApprovesBash: fc.boolean(),
  other: fc.dictionary(
    fc.constantFrom(
      "blockReadsOutsideWorkingDirectories",
      "blockWritesOutsideWorkingDirectories",
      "denyInsteadOfPrompting",
    ),
    fc.boolean(),
  ),
});

test("a single file decides as its permission set alone", () => {
  const scopes: SettingsLayer["scope"][] = ["managed", "local", "project", "user"];
  fc.assert(
    fc.property(
      permissionSet,
      anyCall,
      fc.constantFrom(...scopes),
      fc.constantFrom(...CLIENT_VERSIONS),
      fc.boolean(),
      (set, call, scope, client, trusted) => {
        const surroundings = { ...USUAL_SURROUNDINGS, scope, trusted };
        // What a repository's file may not choose stands on the command line.
        const layer = { scope, settings: settingsOf(set) };
        const merged = compileLayers([layer], { client, surroundings, mode: set.mode });
        expect(merged.decide(call)).toEqual(compilePermissions(set, { client, surroundings }).decide(call));
      },
    ),
  );
});

function settingsOf(set: PermissionSet): JsonObject {
  const { allow, ask, deny, additionalDirectories, bypassDisabled, sandboxApprovesBash, other } = set;
  return {
    permissions: {
      ...other,
      allow: [...allow],
      ask: [...ask],
      deny: [...deny],
      additionalDirectories: [...additionalDirectories],
      ...(bypassDisabled && { disableBypassPermissionsMode: "disable" }),
    },
    sandbox: { enabled: sandboxApprovesBash, autoAllowBashIfSandboxed: true },
  };
}

test.each([
  ["2.1.330", "deny", false],
  ["2.1.330", "ask", false],
  ["2.1.330", "allow", true],
  ["2.1.197", "deny", true],
] as const)(
  "of managed rules that cannot be read, newer clients approve nothing: %s, in %s: runs %s",
  (client, list, runs) => {
    const permissions = { allow: ["Bash"], [list]: list === "allow" ? ["Bash", "Bash(x *"] : ["Bash(x *"] };
    const compiled = compileLayers([{ scope: "managed", settings: { permissions } }], { client });
    expect(compiled.decide({ tool: "Bash", argument: "gh x" }).runs).toBe(runs);
  },
);

/** Beside managed allow `Bash(a *)`; asked of both clients. */
describe("a managed list of refusals or questions that holds no rule", () => {
  test.each<[string, JsonObject, newer: string]>([
    ["empty parentheses", { deny: ["Edit()"] }, "asks"],
    ["parentheses that do not close", { deny: ["Bash(b *"] }, "asks"],
    ["a parenthesis that none opens", { ask: ["Read)"] }, "asks"],
    ["no tool", { deny: ["read(x)", "b*"] }, "asks"],
    ["an MCP tool with parentheses", { ask: ["mcp__x__y(z)"] }, "asks"],
    ["no text", { deny: [5, ""] }, "asks"],
    ["beside a list that holds one", { deny: ["Edit()"], ask: ["Bash(b *)"] }, "asks"],
    ["one rule in the same list is enough", { deny: ["Edit()", "Bash(b *)"] }, "runs"],
    ["an empty list is none", { deny: [] }, "runs"],
  ])("%s", (_, lists, newer) => {
    const layers = { managed: p({ allow: ["Bash(a *)"], ...lists }) };
    expect(decide({ layers, client: "2.1.330" }, bash("a x"))).toBe(newer);
    expect(decide({ layers, client: "2.1.197" }, bash("a x"))).toBe("runs");
  });
});
