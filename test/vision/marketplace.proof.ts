import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { CLIENT_VERSIONS } from "../../src/model/semantics.ts";
import { createDirectory } from "../support/repository.ts";
import { clientProgram } from "./real-client.ts";

const MARKETPLACE = resolve("hooks/client");

describe.each(CLIENT_VERSIONS)("the real client %s", (version) => {
  test("takes the marketplace without a word, and installs the plugin from it", () => {
    const home = createDirectory("nixclaude-marketplace-");
    // Without a network, and without anything of the user's.
    const client = (...args: string[]) =>
      spawnSync("unshare", ["-rn", clientProgram(version), "plugin", ...args], {
        cwd: home,
        env: { PATH: process.env.PATH, HOME: home, DISABLE_AUTOUPDATER: "1" },
        encoding: "utf8",
        timeout: 120_000,
      });
    for (const place of [MARKETPLACE, join(MARKETPLACE, "plugin")]) {
      const { status, stdout, stderr } = client("validate", place);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(/Validation passed\s/);
    }
    expect(client("marketplace", "add", MARKETPLACE).status).toBe(0);
    expect(client("install", "nixclaude@nixclaude").status).toBe(0);
    expect(client("list").stdout).toMatch(/nixclaude@nixclaude[\s\S]*enabled/);
    expect(readdirSync(join(home, ".claude/plugins"))).toContain("installed_plugins.json");
  });
});
