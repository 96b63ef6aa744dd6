import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { CLIENT_VERSIONS } from "../../src/model/semantics.ts";
import { createStore, stubPackages } from "../nix-library/support.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import { realSession } from "./real-client.ts";
import { makeVision, type Vision } from "./vision-world.ts";

let vision: Vision;
beforeAll(() => {
  vision = makeVision();
});

const store = createStore(defaultNix());
const input = { query: "ripgrep; id" };
const answer = "[search][nixpkgs][ripgrep; id]";

describe.each(CLIENT_VERSIONS)("the vision's examples in the client: %s", (version) => {
  test("layer 1: the built server, named and approved by rendered files", async () => {
    const { root } = vision.example("1-mcp-server");
    const inputs = `{ nixpkgs.legacyPackages.x86_64-linux = ${stubPackages(defaultNix())}; nixclaude.lib = import ${process.cwd()}/nix/lib; }`;
    const built = store.build(`((import ${root}/flake.nix).outputs ${inputs}).packages.x86_64-linux.default`);
    expect(nixclaude(root, ["render"]).status).toBe(0);
    const { tools, answers } = await realSession(version, root, {
      withPlugin: false,
      path: [join(built, "bin"), vision.bin],
      args: ["--settings", JSON.stringify({ enableAllProjectMcpServers: true })],
      calls: [{ tool: "mcp__nix-tools__nix-search", input }],
    });
    expect(answers).toMatchObject([{ kind: "runs", message: answer }]);
    expect(Object.keys(tools).length).toBeGreaterThan(0);
  });

  test("layer 3: rendered rules approve the tool that the plugin offers, and all is told once", async () => {
    const repository = vision.example("3-flake");
    expect(nixclaude(repository.root, ["render"]).status).toBe(0);
    repository.commit("rendered");
    const { told, tools, answers } = await realSession(version, repository.root, {
      path: [vision.bin],
      calls: [
        { tool: "mcp__plugin_nixclaude_flake__nix-search", input },
        { tool: "mcp__plugin_nixclaude_flake__nixclaude_check", input: {} },
      ],
    });
    expect(tools).toHaveProperty("mcp__plugin_nixclaude_flake__nix-search");
    expect(answers[0]).toMatchObject({ kind: "runs", message: answer });
    expect(answers[1]).toMatchObject({ kind: "prompts" });
    expect(told.split("You help on a NixOS machine.")).toHaveLength(2);
    expect(told).toContain("Never use --no-verify without asking");
    expect(told).toContain("Reviews a change before it is committed");
  });
});
