import { expect } from "vitest";
import { CONTEXT_VERSION } from "../../src/context/index.ts";
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
export const FILES = { "team.nix": TEAM, "own.nix": OWN };

export const CONTEXT = {
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

/** Expressions about modules, on one Nix with the module system that `lib` is. */
export interface Modules {
  value(expression: string, files?: Readonly<Record<string, string>>): unknown;
  /** Why it does not evaluate; it must not. */
  failure(expression: string, files?: Readonly<Record<string, string>>): string;
}

export function modulesOn(nix: TestNix, lib: string): Modules {
  const within = (expression: string) =>
    `let lib = import ${lib}; inherit (import ${ROOT}/nix/lib/context.nix) mkClaudeContext evalClaudeContext; ${SURROUNDINGS}
evaluated = modules: (lib.evalModules { inherit modules; }).config;
in ${expression}`;
  return {
    value: (expression, files = FILES) => resultOf(nix, within(expression), files),
    failure: (expression, files = FILES) => {
      const { value, errors } = evaluate(nix, within(expression), files);
      expect(value).toBeUndefined();
      return errors;
    },
  };
}
