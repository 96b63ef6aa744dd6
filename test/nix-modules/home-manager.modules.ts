import { describe, expect, test } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { REAL, suffices } from "./real-modules.ts";
import { evaluate, ROOT, resultOf } from "./support.ts";

const OWN = `{ claude = {
  enable = true;
  persona = "You sing.";
  model = "sonnet";
  permissions = { allow = [ "Bash(ls)" ]; deny = [ "mcp__tickets__drop" ]; };
  mcpServers.tickets = { command = "tickets"; args = [ "stdio" ]; env.A = true; };
  mcpServers.docs = { type = "http"; url = "https://docs.example/"; };
  skills.review = { description = "Reviews"; text = "Read it."; };
  skills.whole = ./skills/whole;
  agents.helper = "You help.";
  commands."git/undo" = "Undo.";
  outputStyles.terse.text = "Be short.";
}; }`;
/** What somebody sets beside it. */
const BESIDE = `{ programs.claude-code = {
  package = null;
  settings.theme = "dark";
  settings.permissions.allow = [ "Read" ];
  context = "Written by hand.";
  skills.mine = "Mine.";
}; }`;
const FILES = { "own.nix": OWN, "beside.nix": BESIDE, "skills/whole/SKILL.md": "Whole." };

/** home-manager's own module, with stand-ins for what of nixpkgs would build files. */
const within = (modules: string) => `
let
  lib = import ${REAL.homeManager}/modules/lib/stdlib-extended.nix (import ${REAL.lib});
  built = name: "/built/" + name;
  value = with lib.types; nullOr (oneOf [ bool int float str path (attrsOf value) (listOf value) ]) // { description = "JSON value"; };
  pkgs = {
    formats.json = _: { type = value; generate = name: content: { type = "derivation"; outPath = built name; inherit name content; }; };
    runCommand = name: _: script: { type = "derivation"; outPath = built name; inherit name script; };
    runCommandLocal = pkgs.runCommand;
  };
  list = lib.mkOption { type = lib.types.listOf lib.types.raw; default = [ ]; };
  surroundings = {
    options = {
      assertions = list;
      warnings = list;
      meta = lib.mkOption { type = lib.types.raw; };
      programs.mcp = { enable = lib.mkEnableOption "mcp"; servers = lib.mkOption { type = lib.types.raw; default = { }; }; };
      home = {
        homeDirectory = lib.mkOption { type = lib.types.str; default = "/home/u"; };
        packages = list;
        sessionVariables = lib.mkOption { type = lib.types.attrsOf lib.types.raw; default = { }; };
        file = lib.mkOption { type = lib.types.attrsOf (lib.types.attrsOf lib.types.raw); default = { }; };
      };
    };
    config._module.args = { inherit pkgs; };
  };
  config = (lib.evalModules {
    modules = [ surroundings ${REAL.homeManager}/modules/programs/claude-code ${ROOT}/nix/modules/home.nix ${modules} ];
  }).config;
in
{
  inherit (config) warnings;
  failed = map (one: one.message) (builtins.filter (one: !one.assertion) config.assertions);
  inherit (config.programs.claude-code) settings mcpServers;
  files = builtins.mapAttrs (_: file: file.text or (baseNameOf file.source)) config.home.file;
}`;

describe.each(nixVersions().filter(suffices))(
  "on Nix $version, home-manager's programs.claude-code",
  (nix) => {
    test("takes over what stands under claude, beside what is set there by hand", () => {
      expect(resultOf(nix, within("./own.nix ./beside.nix"), FILES)).toEqual({
        warnings: [],
        failed: [],
        settings: {
          model: "sonnet",
          theme: "dark",
          permissions: {
            allow: expect.arrayContaining(["Bash(ls)", "Read"]),
            deny: [
              "mcp__tickets__drop",
              "mcp__plugin_hm_tickets__drop",
              "mcp__plugin_claude-code-home-manager_tickets__drop",
            ],
          },
        },
        mcpServers: {
          tickets: { command: "tickets", args: ["stdio"], env: { A: "true" } },
          docs: { type: "http", url: "https://docs.example/" },
        },
        files: {
          "/home/u/.claude/settings.json": "settings.json",
          "/home/u/.claude/CLAUDE.md": expect.stringMatching(
            /You sing\.(?:.|\n)*Written by hand\.|Written by hand\.(?:.|\n)*You sing\./,
          ),
          "/home/u/.claude/skills/claude-code-home-manager": "claude-code-hm-plugin",
          "/home/u/.claude/skills/mine/SKILL.md": "Mine.",
          "/home/u/.claude/skills/review/SKILL.md": expect.stringContaining("Read it."),
          "/home/u/.claude/skills/whole": "whole",
          "/home/u/.claude/agents/helper.md": expect.stringContaining("You help."),
          "/home/u/.claude/commands/git/undo.md": "Undo.",
          "/home/u/.claude/output-styles/terse.md": expect.stringContaining("Be short."),
        },
      });
    });

    test("says which files disagree when both set one value", () => {
      const other = '{ programs.claude-code = { package = null; settings.model = "opus"; }; }';
      const { value, errors } = evaluate(nix, within("./own.nix ./other.nix"), {
        ...FILES,
        "other.nix": other,
      });
      expect(value).toBeUndefined();
      expect(errors).toContain(
        "The option `programs.claude-code.settings.model' has conflicting definition values",
      );
      expect(errors).toContain("nix/modules/home.nix");
      expect(errors).toContain("./other.nix");
    });

    test("can be switched off, and its files are gone", () => {
      const off = "{ programs.claude-code = { enable = false; package = null; }; }";
      expect(resultOf(nix, within("./own.nix ./off.nix"), { ...FILES, "off.nix": off })).toMatchObject({
        files: {},
      });
    });
  },
);
