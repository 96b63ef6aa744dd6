import { describe, expect, test } from "vitest";
import { CONTEXT_VERSION, normaliseContext } from "../../src/context/index.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { rawOf, type WritableSet } from "../support/context.ts";
import type { TestNix } from "../support/nix.ts";
import { evaluate, ROOT, resultOf } from "./support.ts";

/** `lib` of our own for machines without nixpkgs. */
export const OWN_LIB = `${ROOT}/test/nix-modules/module-system.nix`;

const TEAM = `{ lib, ... }: {
  claude = {
    persona = lib.mkDefault "You review.";
    model = "sonnet";
    policies.commits = "Never use --no-verify without asking";
    permissions = { allow = [ "Bash(git status)" ]; deny = [ "Read(.env)" ]; defaultMode = lib.mkDefault "plan"; };
    tools.rg = { pkg = { type = "derivation"; name = "ripgrep-14.1.0"; meta.mainProgram = "rg"; outPath = "/rg"; }; preferOver = [ "grep" ]; };
    mcpServers.tickets = { command = "tickets"; args = [ "stdio" ]; };
    hooks.PreToolUse = [ { matcher = "mcp__tickets__.*"; hooks = [ { type = "command"; command = "guard"; } ]; } ];
    settings.future.a = [ 1 null "x" ];
  };
}`;
const OWN = `{ lib, ... }: {
  claude = lib.mkMerge [
    {
      persona = "You sing.";
      permissions.allow = [ "Bash(ls)" "mcp__tickets__list" ];
      permissions.defaultMode = lib.mkForce "acceptEdits";
      tools.rg = lib.mkIf true { alwaysApprove = true; };
      settings.future.b = { c = lib.mkDefault 1; };
    }
    (lib.mkIf false { model = "opus"; })
  ];
}`;
const FILES = { "team.nix": TEAM, "own.nix": OWN };

const CONTEXT = {
  version: CONTEXT_VERSION,
  persona: "You sing.",
  model: "sonnet",
  policies: { commits: "Never use --no-verify without asking" },
  permissions: {
    allow: ["Bash(git status)", "Bash(ls)", "mcp__tickets__list"],
    deny: ["Read(.env)"],
    defaultMode: "acceptEdits",
  },
  tools: { rg: { preferOver: ["grep"], alwaysApprove: true } },
  mcpServers: { tickets: { command: "tickets", args: ["stdio"] } },
  hooks: {
    PreToolUse: [{ matcher: "mcp__tickets__.*", hooks: [{ type: "command", command: "guard" }] }],
  },
  settings: { future: { a: [1, null, "x"], b: { c: 1 } } },
};

/** What the surroundings of our modules declare, as far as we set it. */
const SURROUNDINGS = `
  raw = lib.mkOption { type = lib.types.raw; default = { }; };
  each = lib.mkOption { type = lib.types.attrsOf lib.types.raw; default = { }; };
  list = lib.mkOption { type = lib.types.listOf lib.types.raw; default = [ ]; };
  common = { options.assertions = list; options.warnings = list; config._module.args.pkgs = { }; };
  nixos = { imports = [ common ]; options.environment.etc = each; options.environment.systemPackages = list; };
  home = { imports = [ common ]; options.home.file = each; options.home.packages = list; };
  program = { options.programs.claude-code = { enable = lib.mkOption { type = lib.types.bool; default = false; }; settings = raw; mcpServers = raw; context = raw; skills = each; agents = each; commands = each; outputStyles = each; }; };
  failed = config: map (one: one.message) (builtins.filter (one: !one.assertion) config.assertions);
  json = builtins.mapAttrs (_: file: file // (if builtins.substring 0 1 (file.text or "") == "{" then { text = builtins.fromJSON file.text; } else { }));
`;

/** `result` of the `config` of modules, with the stand-ins above; HOME and NIXOS are ours. */
export function evaluatedModules(modules: string, result: string, lib = OWN_LIB): string {
  const ours = modules
    .replace("HOME", `${ROOT}/nix/modules/home.nix`)
    .replace("NIXOS", `${ROOT}/nix/modules/nixos.nix`);
  return `let lib = import ${lib}; ${SURROUNDINGS}
config = (lib.evalModules { modules = [ ${ours} ]; }).config; in ${result}`;
}

/** Everything that is said of the modules, with the module system that `lib` is. */
export function describeModules(nix: TestNix, lib: string): void {
  const within = (expression: string) =>
    `let lib = import ${lib}; inherit (import ${ROOT}/nix/lib/context.nix) mkClaudeContext evalClaudeContext; ${SURROUNDINGS}
evaluated = modules: (lib.evalModules { inherit modules; }).config;
in ${expression}`;
  const value = (expression: string, files: Readonly<Record<string, string>> = FILES) =>
    resultOf(nix, within(expression), files);
  const failure = (expression: string, files: Readonly<Record<string, string>> = FILES) => {
    const { value: made, errors } = evaluate(nix, within(expression), files);
    expect(made).toBeUndefined();
    return errors;
  };
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

  describe("NixOS", () => {
    const on = (module: string) => `evaluated [ nixos ${ROOT}/nix/modules/nixos.nix ${module} ]`;
    const etc = (module: string) => value(`json (${on(module)}).environment.etc`);

    test("writes managed settings and managed memory", () => {
      const made = etc(`./team.nix { claude.enable = true; claude.mcpServers = lib.mkForce { }; }`);
      expect(made).toEqual({
        "claude-code/managed-settings.json": {
          text: {
            permissions: { allow: ["Bash(git status)"], deny: ["Read(.env)"], defaultMode: "plan" },
            hooks: CONTEXT.hooks,
            model: "sonnet",
            future: { a: [1, null, "x"] },
          },
        },
        "claude-code/CLAUDE.md": {
          text: expect.stringMatching(
            /^# Claude on this machine\n\nYou review\.\n\n## Policies\n\n### commits\n/,
          ),
        },
      });
    });

    test("puts the programs of tools on PATH", () => {
      const packages = `map (one: one.name) (${on("./team.nix { claude.enable = true; }")}).environment.systemPackages`;
      expect(value(packages)).toEqual(["ripgrep-14.1.0"]);
    });

    test("writes nothing until it is enabled", () => {
      expect(etc("./team.nix")).toEqual({});
    });

    test("writes servers only where they are to be the only ones", () => {
      const servers = '{ claude.enable = true; claude.mcpServers.a.command = "x"; }';
      expect(value(`failed (${on(servers)})`)).toEqual([
        expect.stringContaining("claude.managed.exclusiveMcpServers = true"),
      ]);
      expect(etc(servers)).toEqual({});
      expect(etc(`${servers} { claude.managed.exclusiveMcpServers = true; }`)).toEqual({
        "claude-code/managed-mcp.json": { text: { mcpServers: { a: { command: "x" } } } },
      });
    });

    test("can forbid every server", () => {
      expect(etc("{ claude.enable = true; claude.managed.exclusiveMcpServers = true; }")).toMatchObject({
        "claude-code/managed-mcp.json": { text: { mcpServers: {} } },
      });
    });

    test("says where it cannot write what is asked for", () => {
      const module = '{ claude.enable = true; claude.skills.a.text = "x"; claude.agents.b = "y"; }';
      expect(value(`failed (${on(module)})`)).toEqual([
        expect.stringMatching(/^claude\.skills: .*home-manager/),
        expect.stringMatching(/^claude\.agents: .*home-manager/),
      ]);
    });

    test("refuses what the client would drop the file for", () => {
      const module =
        '{ claude.enable = true; claude.settings.cleanupPeriodDays = "x"; claude.env."A=B" = "c"; }';
      expect(value(`failed (${on(module)})`)).toEqual([
        expect.stringContaining('claude.env."A=B": '),
        expect.stringContaining("claude.settings.cleanupPeriodDays: the client takes"),
      ]);
    });

    test("can be judged where it stands", () => {
      const config = on("./team.nix { claude.enable = true; }");
      expect(value(`(${config}).claude.context.model`)).toBe("sonnet");
      expect(value(`builtins.typeOf (${config}).claude.contextOptions.model.definitionsWithLocations`)).toBe(
        "list",
      );
    });
  });

  describe("home-manager", () => {
    const on = (...modules: string[]) =>
      `evaluated [ home ${ROOT}/nix/modules/home.nix ${modules.join(" ")} ]`;
    const UNITS = `{ claude = {
      enable = true;
      skills.review = { description = "Reviews"; text = "Read it."; };
      skills.whole = ./skills/whole;
      agents.helper = "You help.";
      commands."git/undo" = "Undo.";
      outputStyles.terse.text = "Be short.";
    }; }`;
    const UNIT_FILES = { ...FILES, "skills/whole/SKILL.md": "Whole." };

    test("without programs.claude-code it writes what the client reads", () => {
      const made = value(
        `let config = ${on("./team.nix", "./own.nix", UNITS)}; in
        { files = builtins.mapAttrs (_: file: if file ? source then baseNameOf file.source else file) (json config.home.file); inherit (config) warnings; failed = failed config; packages = builtins.length config.home.packages; }`,
        UNIT_FILES,
      );
      expect(made).toEqual({
        files: {
          ".claude/settings.json": {
            text: {
              permissions: {
                ...CONTEXT.permissions,
                allow: [...CONTEXT.permissions.allow, "Bash(rg *)"],
              },
              hooks: CONTEXT.hooks,
              model: "sonnet",
              future: CONTEXT.settings.future,
            },
          },
          ".claude/CLAUDE.md": {
            text: expect.stringMatching(/^# Claude in this home directory\n\nYou sing\./),
          },
          ".claude/mcp-servers.json": { text: { mcpServers: CONTEXT.mcpServers } },
          ".claude/skills/review/SKILL.md": {
            text: '---\nname: "review"\ndescription: "Reviews"\n---\n\nRead it.',
          },
          ".claude/skills/whole": "whole",
          ".claude/agents/helper.md": {
            text: '---\nname: "helper"\ndescription: "You help."\n---\n\nYou help.',
          },
          ".claude/commands/git/undo.md": { text: "Undo." },
          ".claude/output-styles/terse.md": { text: '---\nname: "terse"\n---\n\nBe short.' },
        },
        warnings: [expect.stringContaining("claude --mcp-config ~/.claude/mcp-servers.json")],
        failed: [],
        packages: 1,
      });
    });

    test("hands over to programs.claude-code, and writes nothing beside it", () => {
      const made = value(
        `let config = ${on("program", "./team.nix", "./own.nix", UNITS)}; inherit (config.programs) claude-code; in
        { inherit (config.home) file; inherit (config) warnings; handed = removeAttrs claude-code [ "skills" ] // { skills = claude-code.skills // { whole = baseNameOf claude-code.skills.whole; }; }; }`,
        UNIT_FILES,
      );
      expect(made).toMatchObject({
        file: {},
        warnings: [],
        handed: {
          enable: true,
          context: expect.stringContaining("You sing."),
          mcpServers: CONTEXT.mcpServers,
          settings: { model: "sonnet" },
          agents: { helper: expect.stringContaining("You help.") },
          commands: { "git/undo": "Undo." },
          skills: { whole: "whole", review: expect.stringContaining("Read it.") },
        },
      });
    });

    test("rules for tools of a server hold for those of the plugin, too, by which home-manager starts it", () => {
      const module = `{ claude = {
        enable = true;
        mcpServers.tickets.command = "tickets";
        autoApprove = [ "mcp__tickets__list" "Read" ];
        permissions.deny = [ "mcp__tickets" "Bash(curl *)" ];
        hooks.PreToolUse = [ { matcher = "Edit|mcp__tickets__.*"; hooks = [ { type = "command"; command = "guard"; } ]; } { matcher = "Bash"; hooks = [ { type = "command"; command = "guard"; } ]; } ];
        agents.a = { description = "d"; tools = "Read, mcp__tickets__list"; text = "x"; };
      }; }`;
      const { settings, agents } = value(
        `{ inherit ((${on("program", module)}).programs.claude-code) settings agents; }`,
      ) as {
        settings: { permissions: Record<string, string[]>; hooks: { PreToolUse: { matcher: string }[] } };
        agents: Record<string, string>;
      };
      const both = (rule: string) => [
        rule,
        rule.replace("mcp__", "mcp__plugin_hm_"),
        rule.replace("mcp__", "mcp__plugin_claude-code-home-manager_"),
      ];
      expect(settings.permissions).toEqual({
        allow: [...both("mcp__tickets__list"), "Read"],
        deny: [...both("mcp__tickets"), "Bash(curl *)"],
      });
      expect(settings.hooks.PreToolUse.map(({ matcher }) => matcher)).toEqual([
        both("Edit|mcp__tickets__.*").join("|"),
        "Bash",
      ]);
      expect(agents.a).toContain(`"Read, ${both("mcp__tickets__list").join(", ")}"`);
    });

    test("says what the client would pass over", () => {
      const module =
        '{ claude.enable = true; claude.agents.a = "---\\ncolor: red\\n---\\nx"; claude.agents.b = "---\\nname: b\\n"; claude.skills."../x".text = "y"; claude.mcpServers.workspace.command = "z"; }';
      expect(value(`failed (${on(module)})`)).toEqual([
        expect.stringContaining("claude.mcpServers.workspace: the client keeps the name"),
        expect.stringContaining('claude.skills."../x": its name holds a slash'),
        expect.stringContaining("claude.agents.a: its front matter says no name or no description"),
        expect.stringContaining("claude.agents.b: its front matter is never closed"),
      ]);
    });

    test("a skill may be a Nix file, which may ask for lib and pkgs", () => {
      const files = {
        ...FILES,
        "s.nix":
          '{ lib, ... }: { description = "d"; text = "${toString (lib ? mkIf)}"; allowedTools = [ "Read" ]; }',
      };
      const made = value(
        `json (${on("{ claude.enable = true; claude.skills = [ ./s.nix ]; }")}).home.file`,
        files,
      );
      expect(made).toEqual({
        ".claude/skills/s/SKILL.md": {
          text: '---\nname: "s"\nallowed-tools: ["Read"]\ndescription: "d"\n---\n\n1',
        },
      });
    });
  });

  describe("flake-parts", () => {
    test("gives the flake its two outputs", () => {
      const made =
        value(`let config = evaluated [ { options.flake = each; } ${ROOT}/nix/modules/flake-parts.nix ./team.nix ]; in
        [ config.flake.claudeContext.model (builtins.attrNames config.flake) (map (one: baseNameOf one.file) config.flake.claudeContextOptions.model.definitionsWithLocations) ]`);
      expect(made).toEqual(["sonnet", ["claudeContext", "claudeContextOptions"], ["team.nix"]]);
    });
  });
}
