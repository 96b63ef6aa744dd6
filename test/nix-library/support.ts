import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll } from "vitest";
import type { TestNix } from "../support/nix.ts";
import { createDirectory } from "../support/repository.ts";

const CONFIGURATION = [
  "experimental-features = nix-command flakes",
  "substituters =",
  "sandbox = false",
  "build-users-group =",
  "flake-registry =",
  "warn-dirty = false",
];

/** Nix asks a program whether to build elsewhere, and has none here. */
const BUILD_HERE = "#!/bin/sh\necho '# decline-permanently' >&2\nexec cat > /dev/null\n";

/** A store of its own below a temporary directory, where things are built and run from; gone after the test file. */
export interface Store {
  /** Path of the directory with the store's paths. */
  directory: string;
  /** Runs Nix with it; the arguments after `nix`. */
  nix(...args: string[]): SpawnSyncReturns<string>;
  /** The same, in a directory. */
  nixIn(cwd: string, ...args: string[]): SpawnSyncReturns<string>;
  /** Value of an expression that sees files of this checkout; throws what Nix says when it does not evaluate. */
  evaluate(expression: string): unknown;
  /** Builds an expression and returns the path of its output; throws what Nix says when it does not build. */
  build(expression: string): string;
}

export function createStore({ binary }: TestNix): Store {
  const root = createDirectory("nixclaude-nix-library-");
  const directory = join(root, "store");
  const home = join(root, "home");
  mkdirSync(home);
  const hook = join(root, "build-hook");
  writeFileSync(hook, BUILD_HERE, { mode: 0o755 });
  // Nix makes what it built read-only; this runs before the directory is removed.
  afterAll(() => makeWritable(root));
  const nixIn = (cwd: string, ...args: string[]) =>
    spawnSync(binary, args, {
      cwd,
      env: {
        PATH: process.env.PATH ?? "/usr/bin:/bin",
        HOME: home,
        NIX_STORE_DIR: directory,
        NIX_STATE_DIR: join(root, "var"),
        NIX_LOG_DIR: join(root, "log"),
        NIX_CONF_DIR: join(root, "etc"),
        NIX_CONFIG: [...CONFIGURATION, `build-hook = ${hook}`].join("\n"),
        GIT_CONFIG_GLOBAL: "/dev/null",
      },
      encoding: "utf8",
      maxBuffer: 64 * 1024 ** 2,
    });
  const nix = (...args: string[]) => nixIn(root, ...args);
  const successful = (...args: string[]) => {
    const { status, stdout, stderr } = nix(...args);
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  let builds = 0;
  return {
    directory,
    nix,
    nixIn,
    evaluate: (expression) =>
      JSON.parse(successful("eval", "--impure", "--json", "--show-trace", "--expr", expression)),
    build: (expression) => {
      builds += 1;
      const link = join(root, `result-${builds}`);
      successful("build", "--impure", "--out-link", link, "--expr", expression);
      return link;
    },
  };
}

/** A string of Nix. */
export const nixString = (text: string) => `"${text.replace(/["\\]|\$(?=\{)/g, "\\$&")}"`;

/** Below the test's own directory: a program that finds its Nix formatted. */
function formatter(): string {
  const path = join(createDirectory("nixclaude-formatter-"), "nixfmt");
  writeFileSync(path, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  return path;
}

/** As Nix names the machine that runs the tests. */
export const SYSTEM = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-${process.platform}`;

/** What the stub of nixpkgs is given besides the system: the built nixclaude and programs of the machine. */
export function stubArguments({ binary }: TestNix): string {
  const nixfmt = formatter();
  const programs: Record<string, string> = {
    nodejs: process.execPath,
    git: "/usr/bin/git",
    nix: binary,
    nixfmt,
    "nixfmt-tree": nixfmt,
  };
  const entries = Object.entries(programs).map(([name, path]) => `${name} = ${nixString(path)};`);
  return `dist = ${nixString(resolve("dist"))}; programs = { ${entries.join(" ")} };`;
}

/** The stub of nixpkgs, as an expression. */
export const stubPackages = (nix: TestNix) =>
  `(import ${resolve("test/nix-library/stub-pkgs.nix")} { ${stubArguments(nix)} system = "${SYSTEM}"; })`;

function makeWritable(directory: string): void {
  if (!existsSync(directory)) return;
  chmodSync(directory, 0o700);
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (lstatSync(path).isDirectory()) makeWritable(path);
  }
}
