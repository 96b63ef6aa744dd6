import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CONTEXT_VERSION } from "../../src/context/index.ts";
import { nixVersions } from "../support/nix.ts";
import { createRepository } from "../support/repository.ts";

const SHOW = `flake: {
  version = flake.lib.contextVersion;
  templates = builtins.mapAttrs (_: template: builtins.pathExists (template.path + "/flake.nix")) flake.templates;
}`;

describe.each(nixVersions())("on Nix $version", ({ binary }) => {
  test("the project's own flake evaluates, and holds what it says", () => {
    const repository = createRepository({ "README.md": "" });
    for (const part of ["flake.nix", "flake.lock", "nix", "schema", "templates"]) {
      cpSync(part, join(repository.root, part), { recursive: true });
    }
    const commit = repository.commit("flake");
    const { stdout, stderr } = spawnSync(
      binary,
      [
        "--extra-experimental-features",
        "nix-command flakes",
        "eval",
        "--json",
        "--expr",
        `(${SHOW}) (builtins.getFlake "git+file://${repository.root}?rev=${commit}")`,
      ],
      {
        env: {
          PATH: process.env.PATH ?? "",
          HOME: repository.root,
          NIX_REMOTE: join(repository.root, "store"),
        },
        encoding: "utf8",
      },
    );
    expect(stdout, stderr).not.toBe("");
    expect(JSON.parse(stdout)).toEqual({
      version: CONTEXT_VERSION,
      templates: { default: true, organisation: true, repository: true },
    });
  });
});
