import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Run } from "../../../src/check/evaluate.ts";
import type { RevisionSpec } from "../../../src/check/ports.ts";
import { withCommits } from "../../../src/check/provenance/commits.ts";
import type { Cause, Change } from "../../../src/model/change.ts";
import type { Position } from "../../../src/model/position.ts";
import { HEAD, INDEX, open } from "../../git/opening.ts";
import { changeOf } from "../../report/support.ts";
import { snapshotOf } from "../../support/context.ts";
import { createDirectory, createRepository } from "../../support/repository.ts";

const RULE = '      "Bash(git push --force-with-lease origin main)"';

interface Ends {
  root: string;
  base: RevisionSpec;
  head: RevisionSpec;
}

/** The causes that a change at a line of `flake.nix` ends up with. */
async function causesAt(ends: Ends, line: number, rest: Partial<Change> = {}): Promise<Cause[]> {
  const repository = await open(ends.root);
  const [before, after] = [await repository.resolve(ends.base), (await repository.resolve(ends.head))!];
  const position: Position = { file: "flake.nix", line, column: 1 };
  const snapshot = snapshotOf({}, { positions: { "permissions.allow[0]": position } });
  const run = { request: { base: ends.base }, repository, trees: { before, after } } as unknown as Run;
  const change = changeOf({ causes: [{ kind: "edit", file: "flake.nix", line }], position, ...rest });
  return (await withCommits(run, snapshot, [change]))[0]!.causes;
}

function repositoryOf(text: string) {
  const repository = createRepository({ "flake.nix": text });
  const base: RevisionSpec = { kind: "revision", name: repository.head() };
  const edit = (next: string, message?: string) => {
    repository.write({ "flake.nix": next });
    return repository.commit(message);
  };
  return { repository, edit, ends: { root: repository.root, base, head: HEAD } };
}

const edit = (line: number, commit?: string): Cause => ({
  kind: "edit",
  file: "flake.nix",
  line,
  ...(commit !== undefined && { commit, author: "Test Author" }),
});

describe("an edit gets the commit that made it", () => {
  test("of several, the one that wrote the line", async () => {
    const { edit: write, ends } = repositoryOf("allow = [\n1\n2\n3\n];\n");
    const second = write(`allow = [\n${RULE}\n2\n3\n];\n`);
    write(`allow = [\n${RULE}\n2\nelse\n];\n`);
    expect(await causesAt(ends, 2)).toEqual([edit(2, second)]);
  });

  test("and not the one that only indented it after", async () => {
    const { edit: write, ends } = repositoryOf("allow = [\n1\n];\n");
    const second = write(`allow = [\n${RULE}\n];\n`);
    write(`allow = [\n    ${RULE}\n];\n`);
    expect(await causesAt(ends, 2)).toEqual([edit(2, second)]);
  });

  test("that moved an old line to where it does something else", async () => {
    const { edit: write, ends } = repositoryOf(`ask = [\n${RULE}\n];\nallow = [\n];\n1\n2\n3\n`);
    const second = write(`ask = [\n];\nallow = [\n${RULE}\n];\n1\n2\n3\n`);
    expect(await causesAt(ends, 4)).toEqual([edit(4, second)]);
  });

  test("as a part of what did it only together", async () => {
    const { edit: write, ends } = repositoryOf("1\n");
    const second = write("2\n");
    const input: Cause = { kind: "input", name: "standards", from: null, to: null };
    const causes: Cause[] = [{ kind: "joint", of: [edit(1), input] }];
    expect(await causesAt(ends, 1, { causes })).toEqual([{ kind: "joint", of: [edit(1, second), input] }]);
  });

  test("though what is staged stands on top", async () => {
    const { repository, edit: write, ends } = repositoryOf("1\n2\n");
    const second = write("one\n2\n");
    repository.write({ "flake.nix": "one\ntwo\n" });
    repository.git("add", "-A");
    expect(await causesAt({ ...ends, head: INDEX }, 1)).toEqual([edit(1, second)]);
    expect(await causesAt({ ...ends, head: INDEX }, 2)).toEqual([edit(2)]);
  });

  test("with nothing before, whoever wrote the line", async () => {
    const { repository, ends } = repositoryOf("1\n");
    expect(await causesAt({ ...ends, base: { kind: "none" } }, 1)).toEqual([edit(1, repository.head())]);
  });
});

describe("an edit has no commit", () => {
  test("when its line is as old as the base", async () => {
    const { edit: write, ends } = repositoryOf("1\n2\n");
    write("1\ntwo\n");
    expect(await causesAt(ends, 1)).toEqual([edit(1)]);
  });

  test("when its line stands in the base: the head may have another one there", async () => {
    const { edit: write, ends } = repositoryOf("1\n2\n");
    write("one\n2\n");
    const before: Position = { file: "flake.nix", line: 1, column: 1 };
    expect(await causesAt(ends, 1, { kind: "removed", position: before })).toEqual([edit(1)]);
  });

  test("when it names another line than the one where the value stands", async () => {
    const { edit: write, ends } = repositoryOf("1\n2\n");
    write("one\ntwo\n");
    expect(await causesAt(ends, 1, { causes: [edit(2)] })).toEqual([edit(2)]);
  });

  test("when a shallow clone does not hold it", async () => {
    const { repository, edit: write } = repositoryOf("1\n");
    write("2\n");
    const clone = join(createDirectory(), "clone");
    repository.git("clone", "-q", "--depth=1", `file://${repository.root}`, clone);
    expect(await causesAt({ root: clone, base: { kind: "none" }, head: HEAD }, 1)).toEqual([edit(1)]);
  });
});

test("Git is not asked when there are no changes, nor for what is staged on HEAD", async () => {
  const { repository, ends } = repositoryOf("1\n");
  repository.write({ "flake.nix": "2\n" });
  repository.git("add", "-A");
  const opened = await open(ends.root);
  const asked: string[] = [];
  const blame = async () => {
    asked.push("blame");
    return [];
  };
  const position: Position = { file: "flake.nix", line: 1, column: 1 };
  const snapshot = snapshotOf({}, { positions: { persona: position } });
  const runOf = async (base: RevisionSpec) =>
    ({
      request: { base },
      repository: { ...opened, blame },
      trees: { before: await opened.resolve(base), after: (await opened.resolve(INDEX))! },
    }) as unknown as Run;
  const change = changeOf({ causes: [edit(1)], position });
  await withCommits(await runOf({ kind: "none" }), snapshot, []);
  await withCommits(await runOf(HEAD), snapshot, [change]);
  expect(asked).toEqual([]);
  await withCommits(await runOf({ kind: "none" }), snapshot, [change]).catch(() => {});
  expect(asked).toEqual(["blame"]);
});
