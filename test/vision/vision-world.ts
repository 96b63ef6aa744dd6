import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lock, replaceIn } from "../../scripts/example.mjs";
import { SYSTEM, stubArguments } from "../nix-library/support.ts";
import { defaultNix } from "../support/nix.ts";
import { createDirectory, createRepository, type TestRepository } from "../support/repository.ts";

/** Programs of the examples' packages: each prints the words that it is called with. */
const SAY = '#!/bin/sh\nfor word; do printf "[%s]" "$word"; done\n';

/** nixpkgs as far as the examples use it: packages of this machine's programs, and our stub of `lib`. */
const NIXPKGS = `{
  outputs = _: {
    lib = import ./module-system.nix // {
      concatMapStringsSep = separator: f: list: builtins.concatStringsSep separator (map f list);
    };
    legacyPackages.x86_64-linux = import ./stub-pkgs.nix (import ./machine.nix);
  };
}
`;

const home = createDirectory("nixclaude-vision-");

export interface Vision {
  /** A copy of one of `examples/vision/`, committed, with stubs for its inputs. */
  example(name: "1-mcp-server" | "2-modules" | "3-flake"): TestRepository;
  /** Directory with \`nix\`, which prints its words. */
  bin: string;
}

/** The examples as they are, but for the addresses of their inputs. */
export function makeVision(): Vision {
  const bin = createDirectory("nixclaude-vision-bin-");
  for (const name of ["nix", "rg", "fd"]) writeFileSync(join(bin, name), SAY, { mode: 0o755 });
  const nixpkgs = stubOfNixpkgs(bin);
  const nixclaude = createRepository();
  for (const part of ["flake.nix", "nix", "package-lock.json", "package.json", "schema"]) {
    cpSync(part, join(nixclaude.root, part), { recursive: true });
  }
  // What builds nixclaude itself is not looked at.
  replaceIn(
    join(nixclaude.root, "flake.nix"),
    "github:NixOS/nixpkgs/nixpkgs-unstable",
    `git+file://${nixpkgs.root}`,
  );
  nixclaude.git("add", "-A");
  lock(nixclaude.root, home, defaultNix().binary);
  nixclaude.commit("nixclaude");
  return {
    bin,
    example: (name) => {
      const repository = createRepository();
      cpSync(join("examples/vision", name), repository.root, { recursive: true });
      const flake = join(repository.root, "flake.nix");
      replaceIn(flake, "github:NixOS/nixpkgs/nixpkgs-unstable", `git+file://${nixpkgs.root}`);
      if (readFileSync(flake, "utf8").includes("github:nixclaude/nixclaude")) {
        replaceIn(flake, "github:nixclaude/nixclaude", `git+file://${nixclaude.root}`);
      }
      repository.git("add", "-A");
      lock(repository.root, home, defaultNix().binary);
      repository.commit("Say how Claude behaves here");
      return repository;
    },
  };
}

function stubOfNixpkgs(bin: string): TestRepository {
  const programs = ["rg", "fd"].map((name) => `${PACKAGE_OF[name]} = "${join(bin, name)}";`).join(" ");
  const machine = stubArguments(defaultNix()).replace("programs = {", `programs = { ${programs}`);
  return createRepository({
    "flake.nix": NIXPKGS,
    "module-system.nix": readFileSync("test/nix-modules/module-system.nix"),
    "stub-pkgs.nix": readFileSync("test/nix-library/stub-pkgs.nix"),
    "machine.nix": `{ ${machine} system = "${SYSTEM}"; }\n`,
  });
}

const PACKAGE_OF: Record<string, string> = { rg: "ripgrep", fd: "fd" };
