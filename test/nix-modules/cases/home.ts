import { describe, expect, test } from "vitest";
import { CONTEXT, FILES, type Modules } from "../module-world.ts";
import { ROOT } from "../support.ts";

export function describeHome({ value }: Modules): void {
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
        '{ claude.enable = true; claude.agents.a = "---\\ncolor: red\\n---\\nx"; claude.agents.b = "---\\nname: b\\n"; claude.skills."../x".text = "y"; claude.skills.".Git".text = "y"; claude.mcpServers.workspace.command = "z"; }';
      expect(value(`failed (${on(module)})`)).toEqual([
        expect.stringContaining("claude.mcpServers.workspace: the client keeps the name"),
        expect.stringContaining('claude.skills."../x": its name holds a slash'),
        expect.stringContaining('claude.skills.".Git": its name is that of a directory from which'),
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
}
