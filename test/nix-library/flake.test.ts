import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { nixclaude } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";
import { createStore, SYSTEM, stubArguments } from "./support.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

/** What of this checkout the flake reads; what the program is built of is left to those who build it. */
const PARTS = [
  ...[
    "LICENSE",
    "README.md",
    "flake.lock",
    "flake.nix",
    "package-lock.json",
    "package.json",
    "tsconfig.json",
  ],
  ...["examples", "hooks", "nix", "schema", "templates", "test/nix-library"],
];
const repository = createRepository();
for (const part of PARTS) cpSync(part, join(repository.root, part), { recursive: true });
const flake = `git+file://${repository.root}?rev=${repository.commit("flake")}`;

/** Names in every output that has some. */
const OUTLINE = `flake: builtins.mapAttrs (_: builtins.attrNames) {
  inherit (flake) homeModules flakeModules lib nixosModules overlays packages templates;
  apps = flake.apps.${SYSTEM};
  checks = flake.checks.${SYSTEM};
  devShells = flake.devShells.${SYSTEM};
  packagesHere = flake.packages.${SYSTEM};
}`;

describe.each(nixVersions())("on Nix $version", (nix) => {
  const store = createStore(nix);
  const nixpkgs = stubNixpkgs(stubArguments(nix));
  const withStub = ["--override-input", "nixpkgs", `path:${nixpkgs}`, "--no-write-lock-file"];

  test("what builds nothing is there without nixpkgs", () => {
    const { status, stdout, stderr } = store.nix("eval", "--json", `${flake}#lib.contextVersion`);
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toBe("2025-01");
  });

  test("a flake whose nixpkgs it follows gets all outputs that docs/nix.md lists", () => {
    const consumer = createRepository({
      "flake.nix": `{
        inputs.nixpkgs.url = "path:${nixpkgs}";
        inputs.nixclaude = { url = "${flake}"; inputs.nixpkgs.follows = "nixpkgs"; };
        outputs = { nixpkgs, nixclaude, ... }: {
          outline = (${OUTLINE}) nixclaude;
          overlay = ((nixclaude.overlays.default) nixpkgs.legacyPackages.${SYSTEM} { }).nixclaude.name;
        };
      }`,
    });
    const values = ["outline", "overlay"].map((output) => {
      const reference = `git+file://${consumer.root}#${output}`;
      const { stdout, stderr } = store.nix("eval", "--json", "--no-write-lock-file", reference);
      expect(stdout, stderr).not.toBe("");
      return JSON.parse(stdout) as unknown;
    });
    expect(values).toEqual([
      {
        apps: ["default", "nixclaude"],
        checks: [
          ...["formatting", "library", "mcp-server", "package"],
          ...["template-organisation", "template-repository"],
        ],
        devShells: ["default"],
        flakeModules: ["default"],
        homeModules: ["default"],
        lib: [
          ...["contextVersion", "evalClaudeContext", "gitHooks", "mainProgram", "mcpRule", "mkClaudeContext"],
          ...["mkMcpServer", "render", "renderWith", "types"],
        ],
        nixosModules: ["default"],
        overlays: ["default"],
        packages: ["aarch64-darwin", "aarch64-linux", "x86_64-linux"],
        packagesHere: ["default", "nixclaude"],
        templates: ["default", "organisation", "repository"],
      },
      `nixclaude-${version}`,
    ]);
  });

  test("`nix flake check` builds and passes: package, library, server, and the gate on both templates", () => {
    const { status, stderr } = store.nix("flake", "check", flake, ...withStub);
    expect(status, stderr).toBe(0);
  });

  test("`nix run` runs the program", () => {
    const { stdout, stderr } = store.nix("run", flake, ...withStub, "--", "--version");
    expect(stdout, stderr).toBe(`${version}\n`);
  });

  test.each(["repository", "organisation"])(
    "what `nix flake init` makes of the template %s passes the gate",
    (name) => {
      const made = createRepository();
      const { status, stderr } = store.nixIn(made.root, "flake", "init", "--template", `${flake}#${name}`);
      expect(status, stderr).toBe(0);
      expect(existsSync(join(made.root, "flake.nix"))).toBe(true);
      made.commit("from the template");
      const checked = nixclaude(made.root, ["check", "--base", "none"], { NIXCLAUDE_NIX: nix.binary });
      expect(checked.status, checked.stdout + checked.stderr).toBe(0);
    },
  );
});

test("docs/nix.md names every function of the library", () => {
  const page = readFileSync("docs/nix.md", "utf8");
  const store = createStore(nixVersions().at(-1)!);
  const names = store.evaluate(`builtins.attrNames (import ${resolve("nix/lib")})`) as string[];
  expect(names.filter((name) => !page.includes(`\`lib.${name}\``))).toEqual([]);
});

/** A tree that is imported for packages, and a flake with them, as nixpkgs is both. */
function stubNixpkgs(given: string): string {
  const directory = createDirectory("nixclaude-stub-nixpkgs-");
  cpSync("test/nix-library/stub-pkgs.nix", join(directory, "stub-pkgs.nix"));
  writeFileSync(
    join(directory, "default.nix"),
    `{ system }: import ./stub-pkgs.nix { inherit system; ${given} }\n`,
  );
  writeFileSync(
    join(directory, "flake.nix"),
    `{ outputs = _: { legacyPackages.${SYSTEM} = import ./. { system = "${SYSTEM}"; }; }; }\n`,
  );
  return directory;
}
