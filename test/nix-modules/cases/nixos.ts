import { describe, expect, test } from "vitest";
import { CONTEXT, type Modules } from "../module-world.ts";
import { ROOT } from "../support.ts";

export function describeNixos({ value }: Modules): void {
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
}
