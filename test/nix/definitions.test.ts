import { describe, expect, test } from "vitest";
import { placedByMembership } from "../../src/check/provenance/by-membership.ts";
import { CONTEXT_VERSION, normaliseContext } from "../../src/context/index.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { nixVersions, type TestNix } from "../support/nix.ts";
import { createRepository, type Files, type TestRepository } from "../support/repository.ts";
import { lock, pathInput } from "./path-inputs.ts";
import { evaluate, presentSide } from "./support.ts";

/** What matters here of `lib.evalModules`: merged values without positions, and options that know definitions. */
const MODULES = `modules:
let
  read = file: { file = toString file; config = import file; };
  all = map read modules;
  definitionsOf = path: builtins.concatMap
    (module:
      let value = builtins.foldl' (set: step: set.\${step} or null) module.config path; in
      if value == null then [ ] else [ { inherit (module) file; inherit value; } ])
    all;
  option = path: rec { _type = "option"; definitionsWithLocations = definitionsOf path; values = map (d: d.value) definitionsWithLocations; };
  last = list: builtins.elemAt list (builtins.length list - 1);
  options = {
    _module = throw "the system's own";
    persona = option [ "persona" ];
    permissions.allow = option [ "permissions" "allow" ];
    permissions.disableBypassPermissionsMode = option [ "permissions" "disableBypassPermissionsMode" ];
    tools = option [ "tools" ];
  };
in
{
  inherit options;
  config = builtins.fromJSON (builtins.toJSON {
    version = "${CONTEXT_VERSION}";
    persona = last options.persona.values;
    permissions.allow = builtins.concatLists options.permissions.allow.values;
    permissions.disableBypassPermissionsMode = last options.permissions.disableBypassPermissionsMode.values;
    tools = builtins.foldl' (a: b: a // b) { } options.tools.values;
  });
}
`;

const TEAM = `{
  persona = "You review.";
  permissions.allow = [
    "Bash(git status)"
    "Bash(git diff)"
  ];
  permissions.disableBypassPermissionsMode = "disable";
  tools.rg = { description = "Searches"; };
}
`;
const OWN = `{
  permissions.allow = [ "Bash(npm test)" ];
  tools.fd = { description = "Finds"; };
}
`;

const flake = (outputs: string, inputs = "") =>
  `{\n  ${inputs}\n  outputs = { self, ... }@inputs: let eval = import ./modules.nix [ ./team.nix ./own.nix ]; in {\n${outputs}\n  };\n}\n`;
const FILES: Files = { "modules.nix": MODULES, "team.nix": TEAM, "own.nix": OWN };
const BOTH = "    claudeContext = eval.config;\n    claudeContextOptions = eval.options;";

async function placesOf(nix: TestNix, repository: TestRepository, attribute = ["claudeContext"]) {
  const side = presentSide(await evaluate(nix, repository, { attribute }));
  const { positions, failures } = normaliseContext(placedByMembership(side), { client: DEFAULT_CLIENT });
  expect(failures).toEqual([]);
  return Object.fromEntries(
    Object.entries(positions).map(([path, { input, file, line }]) => [
      path,
      `${input === undefined ? "" : `${input}/`}${file}:${line}`,
    ]),
  );
}

const PLACES = {
  persona: "team.nix:2",
  "permissions.allow[0]": "team.nix:4",
  "permissions.allow[1]": "team.nix:5",
  "permissions.allow[2]": "own.nix:2",
  "permissions.disableBypassPermissionsMode": "team.nix:7",
  "tools.fd": "own.nix:3",
  "tools.fd.description": "own.nix:3",
  "tools.rg": "team.nix:8",
  "tools.rg.description": "team.nix:8",
};

describe.each(nixVersions())("on Nix $version", (nix) => {
  test("values that modules merged have the places of their definitions", async () => {
    const repository = createRepository({ ...FILES, "flake.nix": flake(BOTH) });
    expect(await placesOf(nix, repository)).toEqual(PLACES);
  });

  test.each<[string, string, string | undefined]>([
    ['"You review."', "", "team.nix:2"],
    ["''\n    You review.\n\n      Twice.\n  ''", "", "team.nix:2"],
    ["''\n  You review.''", "", "team.nix:2"],
    ["''\n    It's $1,\n    ''", "", "team.nix:2"],
    // What is escaped, put together or there twice is not looked for.
    ["''\n    You ''${review}.\n  ''", "", undefined],
    ['"You " + "review."', "", undefined],
    ["''\n  You review.\n''", "also = ''\n  You review.\n'';", undefined],
  ])("a text that is defined as %s, has its place where there is no doubt", async (text, more, place) => {
    const team = TEAM.replace('"You review.";', () => `${text}; ${more}`);
    const repository = createRepository({ ...FILES, "team.nix": team, "flake.nix": flake(BOTH) });
    expect((await placesOf(nix, repository)).persona).toBe(place);
  });

  test("without the output they have none, and nothing is asked", async () => {
    const repository = createRepository({ ...FILES, "flake.nix": flake("    claudeContext = eval.config;") });
    expect(await placesOf(nix, repository)).toEqual({});
    expect(presentSide(await evaluate(nix, repository))).not.toHaveProperty("definitions");
  });

  test("the options of another attribute stand beside it", async () => {
    const outputs = "    hosts.a = eval.config;\n    hosts.aOptions = eval.options;";
    const repository = createRepository({ ...FILES, "flake.nix": flake(outputs) });
    expect(await placesOf(nix, repository, ["hosts", "a"])).toEqual(PLACES);
  });

  test("a module of an input has its places there", async () => {
    const standards = pathInput({ "module.nix": TEAM }, { flake: false });
    const repository = createRepository({
      ...FILES,
      "team.nix": "{ }\n",
      "flake.nix": flake(BOTH, `inputs.standards = { url = "${standards.url}"; flake = false; };`).replace(
        "./team.nix",
        '"${inputs.standards}/module.nix"',
      ),
      "flake.lock": lock({ standards: "standards" }, { standards: standards.node }),
    });
    expect(await placesOf(nix, repository)).toMatchObject({
      "permissions.allow[1]": "standards/module.nix:5",
      "permissions.allow[2]": "own.nix:2",
      "tools.rg": "standards/module.nix:8",
    });
  });

  const defined = (file: string, value = '[ "Bash(git status)" ]') =>
    `claudeContextOptions.permissions.allow = { _type = "option"; definitionsWithLocations = [ { file = ${file}; value = ${value}; } ]; };`;

  test.each([
    ["a file that does not say so", defined('"${self}/modules.nix"')],
    ["a file that is not there", defined('"${self}/none.nix"')],
    ["a way around to a file", defined('"${self}/sub/../team.nix"')],
    ["a file elsewhere", defined('"/etc/passwd"')],
    ["a text for a file", defined('"<standards>/module.nix"')],
    ["a set for a file", defined("{ a = 1; }")],
    ["another value", defined('"${self}/team.nix"', '[ "Bash(git *)" ]')],
  ])("options that name %s place nothing", async (_, options) => {
    const repository = createRepository({
      ...FILES,
      "flake.nix": flake(`    claudeContext = eval.config;\n    ${options}`),
    });
    expect(await placesOf(nix, repository)).toEqual({});
  });

  test.each([
    ["throw", 'claudeContextOptions = throw "x";'],
    ["abort", 'claudeContextOptions = abort "x";'],
    ["have no end", "claudeContextOptions = let a = { inherit a; }; in a;"],
    ["recur", "claudeContextOptions = let a = a; in a;"],
    ["are no set", "claudeContextOptions = 3;"],
    ["have definitions that abort", defined('"${self}/team.nix"', 'abort "x"')],
    [
      "have definitions of another shape",
      'claudeContextOptions.a = { _type = "option"; definitionsWithLocations = 3; };',
    ],
    [
      "have definitions that are no sets",
      'claudeContextOptions.a = { _type = "option"; definitionsWithLocations = [ 3 ]; };',
    ],
  ])("options that %s take nothing away", async (_, options) => {
    const repository = createRepository({
      ...FILES,
      "flake.nix": flake(`    claudeContext = eval.config;\n    ${options}`),
    });
    expect(await placesOf(nix, repository)).toEqual({});
    expect((await evaluate(nix, repository)).limitsHit).toEqual([]);
  });

  test("one option that throws hides no other", async () => {
    const outputs = `${BOTH.replace("eval.options", 'eval.options // { model = throw "x"; env = { _type = "option"; definitionsWithLocations = throw "y"; }; }')}`;
    const repository = createRepository({ ...FILES, "flake.nix": flake(outputs) });
    expect(await placesOf(nix, repository)).toEqual(PLACES);
  });
});
