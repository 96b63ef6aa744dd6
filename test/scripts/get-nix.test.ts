import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { createDirectory } from "../support/repository.ts";

const present = dirname(dirname(nixVersions()[0]!.binary));

/** A directory with nothing but these programs of the system, for a PATH of its own. */
function onlyPrograms(...names: string[]): string {
  const directory = createDirectory();
  for (const name of names) {
    const found = (process.env.PATH ?? "")
      .split(":")
      .map((folder) => join(folder, name))
      .find(existsSync);
    if (found !== undefined) symlinkSync(found, join(directory, name));
  }
  return directory;
}

function getNix(args: string[], env: Record<string, string> = {}) {
  const started = performance.now();
  const result = spawnSync(process.execPath, ["scripts/get-nix.mjs", ...args], {
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", HOME: createDirectory(), NIXCLAUDE_NIX_DIR: present, ...env },
  });
  return {
    ...result,
    ms: performance.now() - started,
    lines: result.stdout.split("\n").filter((line) => line !== ""),
  };
}

/** Everything that apt of the system keeps: names, sizes and times. */
function aptState(): string {
  const roots = ["/var/lib/apt", "/var/cache/apt", "/etc/apt", "/var/lib/dpkg"];
  return roots
    .filter((root) => existsSync(root))
    .flatMap((root) => [
      root,
      ...readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => join(root, name)),
    ])
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return `${path} ${stat?.size} ${stat?.mtimeMs}`;
    })
    .join("\n");
}

test("prints one usable Nix for each version under test, the same ones again, and at once", () => {
  const first = getNix(["--all"]);
  expect(first.status).toBe(0);
  expect(first.lines).toEqual(nixVersions().map(({ binary }) => binary));
  for (const binary of first.lines) {
    const version = spawnSync(binary, ["--version"], { encoding: "utf8" });
    expect(version.stdout).toMatch(/^nix \(Nix\) \d+\.\d+/);
  }
  const again = getNix(["--all"], { PATH: onlyPrograms() });
  expect(again.lines).toEqual(first.lines);
  expect(again.stderr).toBe("");
  expect(again.ms).toBeLessThan(2_000);
});

test("takes a Nix that is named, or on PATH, before a fetched one", () => {
  const [oldest, newest] = [nixVersions()[0]!.binary, nixVersions().at(-1)!.binary];
  expect(getNix([], { NIXCLAUDE_NIX: oldest }).lines).toEqual([oldest]);
  const folder = onlyPrograms("sh", "readlink");
  symlinkSync(newest, join(folder, "nix"));
  expect(getNix([], { PATH: folder }).lines).toEqual([join(folder, "nix")]);
});

test("a Nix that is named and does not run is refused, and nothing is fetched instead", () => {
  const { status, stdout, stderr } = getNix([], { NIXCLAUDE_NIX: "/nonexistent/nix" });
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(
    "get-nix: NIXCLAUDE_NIX names /nonexistent/nix, which is not a Nix of version 2.8 or later.\n",
  );
});

/** An apt that says what it was asked, and gives nothing: as on a machine without its archive. */
function withoutArchive(record: string): string {
  const folder = onlyPrograms("sh");
  for (const name of ["apt-get", "apt-cache"]) {
    writeFileSync(
      join(folder, name),
      `#!/bin/sh\nprintf '%s\\n' "$*" >> '${record}'\necho 'E: Failed to fetch the archive' >&2\nexit 100\n`,
    );
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

test.runIf(existsSync("/etc/apt"))(
  "without its archive it says so, leaves nothing, and the system's apt alone",
  () => {
    const before = aptState();
    const [directory, record] = [createDirectory(), join(createDirectory(), "record")];
    const result = getNix([], { NIXCLAUDE_NIX_DIR: directory, PATH: withoutArchive(record) });
    expect([result.status, result.stdout]).toEqual([1, ""]);
    expect(result.stderr).toContain("get-nix: apt-get failed: E: Failed to fetch the archive");
    expect(readdirSync(directory)).toEqual([]);
    for (const line of readFileSync(record, "utf8").trim().split("\n")) {
      for (const place of ["Dir::Etc::SourceList", "Dir::State::Lists", "Dir::State::status", "Dir::Cache"]) {
        expect(line).toContain(`${place}=${directory}/`);
      }
    }
    expect(aptState()).toBe(before);
  },
);

test.runIf(existsSync("/etc/apt"))(
  "without the programs that unpack it names the one that is missing",
  () => {
    const directory = createDirectory();
    const result = getNix([], { NIXCLAUDE_NIX_DIR: directory, PATH: onlyPrograms("sh") });
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/^get-nix: .*apt-get/m);
    const folder = onlyPrograms("sh", "touch");
    for (const name of ["apt-get", "apt-cache"]) {
      // Enough to get to unpacking: a list without libraries, and one package.
      writeFileSync(
        join(folder, name),
        `#!/bin/sh\ncase "$*" in *download*) touch nix-bin.deb;; esac\necho nix-bin\n`,
      );
      chmodSync(join(folder, name), 0o755);
    }
    const unpacking = getNix([], { NIXCLAUDE_NIX_DIR: directory, PATH: folder });
    expect([unpacking.status, unpacking.stdout]).toEqual([1, ""]);
    expect(unpacking.stderr).toMatch(/dpkg-deb/);
    expect(readdirSync(directory)).toEqual([]);
  },
);

test("a version that was not unpacked to its end does not count", () => {
  const directory = createDirectory();
  mkdirSync(join(directory, "2.34.8"));
  writeFileSync(join(directory, "2.34.8", "nix"), "#!/bin/sh\necho 'nix (Nix) 2.34.8'\n");
  const result = getNix([], { NIXCLAUDE_NIX_DIR: directory, PATH: onlyPrograms("sh") });
  expect(result.status).toBe(1);
});
