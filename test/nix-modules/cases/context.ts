import { describe, expect, test } from "vitest";
import { CONTEXT_VERSION, normaliseContext } from "../../../src/context/index.ts";
import { DEFAULT_CLIENT } from "../../../src/model/semantics.ts";
import { rawOf, type WritableSet } from "../../support/context.ts";
import { CONTEXT, FILES, type Modules } from "../module-world.ts";

export function describeContext({ value, failure }: Modules): void {
  const contextOf = (...modules: string[]) =>
    `(mkClaudeContext { inherit lib; modules = [ ${modules.join(" ")} ]; })`;

  describe("mkClaudeContext", () => {
    test("composes team defaults and personal overlays by the module system's own priorities", () => {
      const context = value(`let context = ${contextOf("./team.nix", "./own.nix")}; in
        context // { tools.rg = removeAttrs context.tools.rg [ "pkg" ]; }`);
      expect(context).toEqual(CONTEXT);
    });

    test("has only keys that are set, and passes the schema", () => {
      const context = value(
        contextOf("{ claude.policies = { }; claude.constraints.a.require.policies.b = null; }"),
      );
      expect(context).toEqual({
        version: CONTEXT_VERSION,
        policies: {},
        constraints: { a: { require: { policies: { b: null } } } },
      });
      const { problems, failures } = normaliseContext(rawOf(context as WritableSet), {
        client: DEFAULT_CLIENT,
      });
      expect([...problems, ...failures]).toEqual([]);
    });

    test("is empty when it is switched off", () => {
      expect(value(contextOf("./team.nix", "{ claude.enable = false; }"))).toEqual({
        version: CONTEXT_VERSION,
      });
    });

    test("gives modules `pkgs` and further arguments", () => {
      const module = '({ pkgs, team, ... }: { claude.persona = pkgs.name + " of " + team; })';
      const call = `mkClaudeContext { inherit lib; modules = [ ${module} ]; pkgs.name = "p"; specialArgs.team = "t"; }`;
      expect(value(call)).toMatchObject({ persona: "p of t" });
    });

    test("names the files of two definitions that disagree", () => {
      const errors = failure(contextOf("./team.nix", "./other.nix"), {
        ...FILES,
        "other.nix": '{ claude.model = "opus"; }',
      });
      expect(errors).toContain("The option `claude.model' has conflicting definition values:");
      expect(errors).toMatch(/- In `\.\/team\.nix': "sonnet"/);
      expect(errors).toMatch(/- In `\.\/other\.nix': "opus"/);
    });

    test.each<[string, string, string]>([
      [
        "an option that is not there",
        'claude.personna = "x";',
        "The option `claude.personna' does not exist",
      ],
      ["a key of a tool that is not there", "claude.tools.rg.aproved = true;", "claude.tools.rg.aproved"],
      ["a number for a text", "claude.persona = 5;", "`claude.persona' is not of type"],
      ["a text for a list", 'claude.autoApprove = "Read";', "`claude.autoApprove' is not of type"],
      ["a mode that the client does not know", 'claude.permissions.defaultMode = "bogus";', "defaultMode"],
      [
        "a server that waits less than a second",
        'claude.mcpServers.a = { command = "x"; timeout = 1; };',
        "timeout",
      ],
      [
        "a waiver without a day",
        'claude.waivers.a = { reason = "r"; owner = "o"; expires = "soon"; };',
        "expires",
      ],
      [
        "a waiver without an owner",
        'claude.waivers.a = { reason = "r"; expires = "2027-01-31"; };',
        "claude.waivers.a.owner",
      ],
      [
        "permissions among settings",
        'claude.settings.permissions.allow = [ "Bash" ];',
        "`claude.settings.permissions' is not of type",
      ],
      ["a function where data is expected", "claude.settings.a = x: x;", "claude.settings.a"],
      [
        "two members of a list with one name",
        'claude.tools = [ { name = "a"; } { name = "a"; } ];',
        "two members of one list have the name `a`",
      ],
      [
        "a member of a list without a name",
        'claude.mcpServers = [ { command = "x"; } ];',
        "a member of this list says no name",
      ],
      [
        "a null that is set",
        'imports = [ { claude.model = null; } ]; claude.model = "x";',
        "defined both null and not null",
      ],
    ])("refuses %s, by its name", (_, module, words) => {
      const errors = failure(`builtins.toJSON ${contextOf(`{ ${module} }`)}`);
      expect(errors).toContain(words);
    });

    test("takes packages, paths and functions where the schema does", () => {
      const context = contextOf(`{ claude = {
        persona = ./persona.md;
        constraints.a.check = { changes, ... }: [ ];
        skills = [ ./skills/a.md { name = "b"; text = "B"; } ];
        agents.c = ./c.md;
        mcpServers = [ { type = "derivation"; name = "mcp-nixos-1.0"; pname = "mcp-nixos"; } ];
      }; }`);
      expect(
        value(
          `let c = ${context}; in [
          (builtins.readFile c.persona) (c.constraints.a.check { changes = 1; }) (builtins.attrNames c.skills)
          (builtins.typeOf c.agents.c) (builtins.attrNames c.mcpServers)
        ]`,
          { "persona.md": "P", "skills/a.md": "A", "c.md": "C" },
        ),
      ).toEqual(["P", [], ["a", "b"], "path", ["mcp-nixos"]]);
    });
  });

  describe("claudeContextOptions", () => {
    const OPTIONS =
      "(evalClaudeContext { inherit lib; modules = [ ./team.nix ./own.nix ]; }).claudeContextOptions";
    const shown = (
      option: string,
    ) => `builtins.sort (a: b: builtins.lessThan (builtins.toJSON a) (builtins.toJSON b))
      (map (one: { file = baseNameOf one.file; inherit (one) value; }) (${OPTIONS}).${option}.definitionsWithLocations)`;

    test("name the file of each definition that counts", () => {
      expect(value(shown("persona"))).toEqual([{ file: "own.nix", value: "You sing." }]);
      expect(value(shown("model"))).toEqual([{ file: "team.nix", value: "sonnet" }]);
      expect(value(shown("permissions"))).toEqual([
        { file: "own.nix", value: { allow: ["Bash(ls)", "mcp__tickets__list"] } },
        { file: "own.nix", value: { defaultMode: "acceptEdits" } },
        { file: "team.nix", value: { allow: ["Bash(git status)"], deny: ["Read(.env)"] } },
        { file: "team.nix", value: { defaultMode: "plan" } },
      ]);
    });

    test("hold no marks of the module system, nor what nobody set", () => {
      expect(value(shown("settings"))).toEqual([
        { file: "own.nix", value: { future: { b: { c: 1 } } } },
        { file: "team.nix", value: { future: { a: [1, null, "x"] } } },
      ]);
      expect(value(`${shown("agents")}`)).toEqual([]);
      expect(value(`(${OPTIONS}).persona._type`)).toBe("option");
      expect(value(`builtins.attrNames (${OPTIONS})`)).not.toContain("contextOptions");
    });
  });
}
