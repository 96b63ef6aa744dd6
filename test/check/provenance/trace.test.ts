import { describe, expect, test } from "vitest";
import type { Run } from "../../../src/check/evaluate.ts";
import { traceAll } from "../../../src/check/provenance/trace.ts";
import { parseLock } from "../../../src/lock/index.ts";
import type { Position } from "../../../src/model/position.ts";
import { HEAD, open } from "../../git/opening.ts";
import { createRepository, type TestRepository } from "../../support/repository.ts";

const RULE = '      "Bash(git push --force-with-lease origin main)"';
const REVS = { one: "1".repeat(40), two: "2".repeat(40) };

function lockText(rev: string): string {
  const node = {
    locked: { type: "github", owner: "acme", repo: "standards", rev, narHash: "sha256-x", lastModified: 0 },
    original: { type: "github", owner: "acme", repo: "standards" },
  };
  const lock = {
    version: 7,
    root: "root",
    nodes: { root: { inputs: { standards: "standards" } }, standards: node },
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

async function trace(
  repository: TestRepository,
  position: Position | null,
  { directory = "", locked = true } = {},
) {
  const opened = await open(repository.root);
  const after = (await opened.resolve(HEAD))!;
  const file = directory === "" ? "flake.lock" : `${directory}/flake.lock`;
  const bytes = await opened.readFile(after, file);
  const lock = bytes === null || !locked ? null : parseLock(new TextDecoder().decode(bytes), file);
  const run = { repository: opened, trees: { before: null, after } } as unknown as Run;
  const [first, ...more] = await traceAll({ run, directory, lock }, [position], { moves: true });
  expect(more).toEqual([]);
  return first!;
}

const at = (file: string, line: number, input?: string): Position => ({
  file,
  line,
  column: 1,
  ...(input !== undefined && { input }),
});

describe("a value of this repository", () => {
  test("is traced to the commit that wrote its line", async () => {
    const repository = createRepository({ "flake.nix": "1\n" });
    repository.write({ "flake.nix": "1\n2\n" });
    const second = repository.commit();
    const traced = await trace(repository, at("flake.nix", 2));
    expect(traced).toMatchObject({ input: null, origin: { commit: { id: second } }, movedBy: null });
  });

  test("and to the one that moved it", async () => {
    const repository = createRepository({ "flake.nix": `${RULE}\n1\n2\n3\n` });
    const first = repository.head();
    repository.write({ "flake.nix": `1\n2\n3\n${RULE}\n` });
    const second = repository.commit();
    const traced = await trace(repository, at("flake.nix", 4));
    expect(traced).toMatchObject({ origin: { commit: { id: first } }, movedBy: { id: second } });
  });
});

describe("a value of an input", () => {
  test.each(["", "services/api"])(
    "is traced to the commit that locked the revision, in %j",
    async (directory) => {
      const file = directory === "" ? "flake.lock" : `${directory}/flake.lock`;
      const repository = createRepository({ [file]: lockText(REVS.one) });
      repository.write({ [file]: lockText(REVS.two) });
      const second = repository.commit();
      repository.write({ other: "x\n" });
      repository.commit();
      expect(await trace(repository, at("claude.nix", 99, "standards"), { directory })).toMatchObject({
        input: {
          path: "standards",
          reference: "github:acme/standards",
          revision: REVS.two,
          lastModified: 0,
        },
        origin: { commit: { id: second }, file },
        movedBy: null,
      });
    },
  );

  test("that no lock has is not asked about", async () => {
    const repository = createRepository({ "flake.lock": lockText(REVS.one) });
    const unlocked = { input: { revision: null }, origin: null };
    expect(await trace(repository, at("x.nix", 1, "other"))).toMatchObject(unlocked);
    expect(await trace(repository, at("x.nix", 1, "standards"), { locked: false })).toMatchObject(unlocked);
    expect(await trace(repository, at("x.nix", 1, "org:github:acme/x"))).toMatchObject({
      ...unlocked,
      input: { path: "org:github:acme/x", reference: "github:acme/x" },
    });
  });
});

test("a value without a place has none", async () => {
  const repository = createRepository({ f: "x\n" });
  expect(await trace(repository, null)).toEqual({ position: null, input: null, origin: null, movedBy: null });
});
