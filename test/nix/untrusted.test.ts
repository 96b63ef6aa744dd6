import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RawSet } from "../../src/model/raw-value.ts";
import { nixEnvironment } from "../../src/nix/environment.ts";
import { allowedUrisOf, hostOf, vetSources } from "../../src/nix/vet.ts";
import { nixVersions } from "../support/nix.ts";
import { createDirectory, createRepository, writeFiles } from "../support/repository.ts";
import { contextRepository, errorOf, evaluate, flakeWith, presentSide } from "./support.ts";

const HASH = `sha256-${"A".repeat(43)}=`;
let connections = 0;
const server = createServer((_, response) => response.end("x"));
server.on("connection", () => {
  connections += 1;
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

describe.each(nixVersions())("untrusted, on Nix $version", (nix) => {
  const untrusted = { trust: "untrusted", offline: false } as const;

  test("evaluates what needs nothing from outside", async () => {
    const repository = contextRepository(
      '{ home = builtins.getEnv "HOME"; secret = builtins.getEnv "SECRET"; }',
    );
    const result = await evaluate(nix, repository, { ...untrusted, env: { SECRET: "s3cret" } });
    expect(presentSide(result).value).toMatchObject({
      entries: { home: { value: "" }, secret: { value: "" } },
    });
  });

  test.each([
    [
      "fetchurl",
      (to: string) =>
        `builtins.readFile (builtins.fetchurl { url = "${to}/a"; sha256 = "${"0".repeat(52)}"; })`,
    ],
    [
      "fetchTarball",
      (to: string) =>
        `import (builtins.fetchTarball { url = "${to}/a.tar.gz"; sha256 = "${"0".repeat(52)}"; })`,
    ],
    [
      "fetchTree",
      (to: string) =>
        `(builtins.fetchTree { type = "tarball"; url = "${to}/a.tar.gz"; narHash = "${HASH}"; }).outPath`,
    ],
    [
      "fetchGit",
      (to: string) => `(builtins.fetchGit { url = "${to}/a"; rev = "${"1".repeat(40)}"; }).outPath`,
    ],
    ["getFlake", (to: string) => `(builtins.getFlake "${to}/a.tar.gz?narHash=${HASH}").outPath`],
  ])("%s of foreign code reaches nobody", async (_, expression) => {
    const before = connections;
    const repository = contextRepository(`{ it = ${expression(url)}; }`);
    const outcome = await evaluate(nix, repository, untrusted).then(
      (result) => (presentSide(result).value as RawSet).entries.it,
      (error: unknown) => error,
    );
    expect(outcome).toMatchObject({
      code: expect.stringMatching(/^(impure|fetch-failed|evaluation-failed|hash-mismatch)$/),
    });
    expect(connections).toBe(before);
  });

  test("the same code does reach the server when it is trusted and online", async () => {
    const before = connections;
    const repository = contextRepository(
      `{ it = builtins.readFile (builtins.fetchurl { url = "${url}/a"; sha256 = "${"0".repeat(52)}"; }); }`,
    );
    expect(await errorOf(evaluate(nix, repository, { offline: false }))).toMatchObject({ exitCode: 3 });
    expect(connections).toBeGreaterThan(before);
  });

  test("configuration of the user and of the flake has no say", async () => {
    const home = createDirectory();
    writeFiles(home, { ".config/nix/nix.conf": "experimental-features =\nrestrict-eval = nonsense\n" });
    const repository = createRepository({
      "flake.nix":
        "{ nixConfig.allow-import-from-derivation = true; outputs = _: { claudeContext.a = 1; }; }",
    });
    const env = {
      HOME: home,
      NIX_CONFIG: "experimental-features =",
      NIX_PATH: "nixpkgs=/x",
      GIT_DIR: "/nonexistent",
    };
    const result = await evaluate(nix, repository, { ...untrusted, env });
    expect(presentSide(result).value).toMatchObject({ entries: { a: { value: 1 } } });
  });

  test("inputs that the base locks are fetched first, then foreign code runs without a network", async () => {
    const { repository } = importing("standards");
    const result = await evaluate(nix, repository, {
      ...untrusted,
      before: { kind: "revision", name: "HEAD" },
    });
    expect(presentSide(result).inputs.standards).toMatchObject({
      kind: "present",
      value: { entries: { persona: { value: "standards" } } },
    });
  });

  test("organisations of whoever runs it are evaluated, local ones and pinned ones", async () => {
    const organisation = createRepository({ "flake.nix": flakeWith("{ constraints.a = { }; }") });
    const references = [organisation.root, `git+file://${organisation.root}?rev=${organisation.head()}`];
    const result = await evaluate(nix, contextRepository("{ }"), { ...untrusted, organisations: references });
    for (const reference of references)
      expect(result.organisations[reference]).toMatchObject({ kind: "present" });
  });

  test("repositories whose objects are named by SHA-256 are evaluated", async () => {
    const files = { "flake.nix": flakeWith("{ persona = builtins.readFile ./p; }"), p: "x" };
    const repository = createRepository(files, { objectFormat: "sha256" });
    expect(presentSide(await evaluate(nix, repository, untrusted)).value).toMatchObject({
      entries: { persona: { value: "x" } },
    });
  });

  test("a new input from this machine is refused before anything is opened", async () => {
    const { repository } = importing("secrets");
    const error = await errorOf(evaluate(nix, repository, untrusted));
    expect(error).toMatchObject({ code: "input-not-allowed", exitCode: 3 });
    expect(error.message).toContain("git+file://");
  });

  test("a new input from a host that nobody knows is refused, and not contacted", async () => {
    const before = connections;
    const source = { type: "tarball", url: `${url}/x.tar.gz`, narHash: HASH };
    const { narHash: _, ...original } = source;
    const lock = {
      version: 7,
      root: "root",
      nodes: { root: { inputs: { x: "x" } }, x: { locked: source, original } },
    };
    const repository = createRepository({
      "flake.nix": `{ inputs.x.url = "${url}/x.tar.gz"; outputs = _: { claudeContext = { }; }; }`,
      "flake.lock": JSON.stringify(lock),
    });
    expect(await errorOf(evaluate(nix, repository, untrusted))).toMatchObject({ code: "input-not-allowed" });
    expect(connections).toBe(before);
  });

  test("trusted evaluation that is told to stay offline connects to nobody", async () => {
    const before = connections;
    const repository = contextRepository(
      `{ it = builtins.readFile (builtins.fetchurl { url = "${url}/not-fetched-before"; sha256 = "${"0".repeat(52)}"; }); }`,
    );
    expect(await errorOf(evaluate(nix, repository, { offline: true }))).toMatchObject({
      code: "fetch-failed",
    });
    expect(connections).toBe(before);
  });
});

test.each([
  [{ type: "github", owner: "a", repo: "b", rev: "1" }, "github.com"],
  [{ type: "github", owner: "a", repo: "b", rev: "1", host: "GitHub.example.org" }, "github.example.org"],
  [{ type: "git", url: "https://git@codeberg.org/a/b", rev: "1" }, "codeberg.org"],
  [{ type: "git", url: "ssh://git@git.example.org:2222/a", rev: "1" }, "git.example.org"],
  [{ type: "git", url: "file:///etc", rev: "1" }, null],
  [{ type: "git", url: "/etc", rev: "1" }, null],
  [{ type: "git", url: "git@host:a/b", rev: "1" }, null],
  [{ type: "git", url: "ext::sh -c x", rev: "1" }, null],
  [{ type: "git", url: "https://10.0.0.1?@github.com/a/b", rev: "1" }, null],
  [{ type: "git", url: "https://10.0.0.1#@github.com/a/b", rev: "1" }, null],
  [{ type: "git", url: "https://10.0.0.1\\@github.com/a/b", rev: "1" }, null],
  [{ type: "git", url: "https://github.com@10.0.0.1/a/b", rev: "1" }, "10.0.0.1"],
  [{ type: "toString", rev: "1" }, null],
  [{ type: "tarball", url: "http://host/x", narHash: HASH }, null],
  [{ type: "tarball", url: "file:///x", narHash: HASH }, null],
  [{ type: "path", path: "/etc", narHash: HASH }, null],
])("%j is fetched from %s", (source, host) => {
  expect(hostOf(source)).toBe(host);
});

test.each(["fetch", "sealed"] as const)("nothing of the user's reaches a %s run", (mode) => {
  const secret = "s3cret";
  const env = {
    PATH: "/usr/bin",
    HOME: `/home/${secret}`,
    GITHUB_TOKEN: secret,
    SSH_AUTH_SOCK: secret,
    SSH_ASKPASS: secret,
    GIT_SSH: secret,
    GIT_SSH_COMMAND: secret,
    GIT_ASKPASS: secret,
    NIX_CONFIG: secret,
    NIX_PATH: secret,
    NIX_REMOTE: secret,
    NIX_USER_CONF_FILES: secret,
    NETRC: secret,
    XDG_CONFIG_HOME: secret,
    LD_PRELOAD: secret,
  };
  const session = {
    mode,
    offline: false,
    memoryBytes: 1024 ** 3,
    store: { arguments: [], physicalRoot: "" },
    scratch: "/scratch",
    allowedUris: [],
    cacheDirectory: "/cache",
  };
  const given = nixEnvironment(env, session);
  expect(JSON.stringify(given)).not.toContain(secret);
  // Keys lie in the home directory of the user database, whatever HOME says.
  expect(given.GIT_SSH_COMMAND).toContain("PubkeyAuthentication=no");
});

test.each([
  ["submodules, which can name any other host", { submodules: true }],
  ["large files, which can lie on any other host", { lfs: true }],
])("a new source is not fetched with %s", (_what, more) => {
  const source = { type: "git", url: "https://github.com/a/b", rev: "1" };
  expect(() => vetSources([{ ...source, ...more }], [], "all")).toThrow(/is not fetched/);
  expect(() => vetSources([{ ...source, ...more }], [source], "all")).toThrow(/is not fetched/);
  expect(() => vetSources([source], [source], "all")).not.toThrow();
});

test("an address is never two words in the list of what may be opened", () => {
  const uris = [
    { type: "git", url: "https://github.com/a file:/// b/c", rev: "1" },
    { type: "github", owner: "a path:/", repo: "b", rev: "1" },
    { type: "tarball", url: "https://github.com/a\tfile:///x/y", narHash: HASH },
  ].flatMap(allowedUrisOf);
  expect(uris).toEqual([]);
});

test("hosts that the base locks already may be fetched from", () => {
  const [known, fresh] = ["a", "b"].map((name) => ({
    type: "git",
    url: `https://git.acme.example/${name}`,
    rev: "1",
  }));
  expect(() => vetSources([fresh!], [], "all")).toThrow(/git\.acme\.example/);
  expect(() => vetSources([fresh!], [known!], "all")).not.toThrow();
  expect(() => vetSources([fresh!], [], "local")).not.toThrow();
});

/** A repository whose committed lock file names a Git repository of this machine. */
function importing(name: string) {
  const input = createRepository({ "flake.nix": flakeWith(`{ persona = "${name}"; }`) }, { name });
  const original = { type: "git", url: `file://${input.root}` };
  const locked = { ...original, rev: input.head(), lastModified: 1767225600, revCount: 1 };
  const lock = {
    version: 7,
    root: "root",
    nodes: { root: { inputs: { [name]: name } }, [name]: { locked, original } },
  };
  const repository = createRepository({
    "flake.nix": `{ inputs.${name}.url = "git+file://${input.root}"; outputs = _: { claudeContext = { }; }; }`,
    "flake.lock": JSON.stringify(lock),
  });
  return { repository, input, store: join(input.root, "x") };
}
