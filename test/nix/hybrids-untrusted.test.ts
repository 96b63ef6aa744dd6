import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { narHash, treeOf } from "../../src/nix/nar.ts";
import { nixVersions } from "../support/nix.ts";
import { createDirectory, createRepository, type Files, writeFiles } from "../support/repository.ts";
import { HEAD, plannerOf, presentHybrid } from "./hybrid-plans.ts";
import { lock } from "./path-inputs.ts";
import { errorOf, evaluate, presentSide } from "./support.ts";

/** Archives by path; all others are not found. */
const archives = new Map<string, Buffer>();
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const archive = archives.get(request.url ?? "");
  response.writeHead(archive === undefined ? 404 : 200);
  response.end(archive);
});
let address = "";
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

describe.each(nixVersions())("hybrids of untrusted changes, on Nix $version", (nix) => {
  const untrusted = { before: HEAD, trust: "untrusted", offline: false } as const;

  test("what only a hybrid needs is fetched before its code runs without a network", async () => {
    const { repository, plans } = swapped(nix.version, { lost: false });
    const result = await evaluate(nix, repository, { ...untrusted, planHybrids: plans });
    expect(presentHybrid(result, "a").value).toMatchObject({ entries: { persona: { value: "data" } } });
    expect(presentSide(result).value).toMatchObject({ entries: { persona: { value: "one" } } });
  });

  test("where the sides need nothing any more, a hybrid alone has its inputs fetched", async () => {
    const { repository, plans, find } = swapped(`${nix.version}-later`, { lost: true });
    await evaluate(nix, repository, untrusted);
    find();
    const result = await evaluate(nix, repository, { ...untrusted, planHybrids: plans });
    expect(presentHybrid(result, "a").value).toMatchObject({ entries: { persona: { value: "data" } } });
    expect(presentHybrid(result, "none").value).toBe(presentSide(result, "before").value);
  });

  test("what cannot be had fails the hybrid that needs it, and nothing else", async () => {
    const { repository, plans } = swapped(nix.version, { lost: true });
    asked.length = 0;
    const result = await evaluate(nix, repository, { ...untrusted, planHybrids: plans });
    expect(asked.some((path) => path.includes("data"))).toBe(true);
    expect(result.hybrids.a).toMatchObject({ kind: "failed", code: "fetch-failed" });
    expect(presentHybrid(result, "none").value).toBe(presentSide(result, "before").value);
    expect(presentSide(result).value).toMatchObject({ entries: { persona: { value: "one" } } });
  });

  test("what the sides need and cannot be had is their error, with the reason", async () => {
    const { repository, plans } = swapped(`${nix.version}-broken`, { lost: true });
    for (const path of archives.keys()) if (path.startsWith("/one-")) archives.delete(path);
    const error = await errorOf(evaluate(nix, repository, { ...untrusted, planHybrids: plans }));
    expect(error).toMatchObject({ code: "fetch-failed", exitCode: 3 });
    expect(error.message).toContain("404");
  });

  test("nobody is asked for what a hybrid needs when it stays offline", async () => {
    const { repository, plans } = swapped(nix.version, { lost: true });
    await evaluate(nix, repository, { ...untrusted, planHybrids: plans }).catch(() => null);
    asked.length = 0;
    const result = await evaluate(nix, repository, { ...untrusted, offline: true, planHybrids: plans });
    expect(result.hybrids.a).toMatchObject({ kind: "failed", code: "fetch-failed" });
    expect(asked).toEqual([]);
  });
});

/** Two inputs that change places, and a third that is looked at only where `a` alone has changed. */
function swapped(unique: string, { lost }: { lost: boolean }) {
  const flake = (word: string) =>
    tarball(`${word}-${unique}-${lost}`, {
      "flake.nix": `{ outputs = _: { word = "${word}"; }; } # ${unique} ${lost}`,
    });
  const [one, two] = [flake("one"), flake("two")];
  const data = tarball(`data-${unique}-${lost}`, { word: "data", unique: `${unique}${lost}` });
  const archive = archives.get(data.path)!;
  if (lost) archives.delete(data.path);
  const lockOf = (a: object, b: object) =>
    lock({ a: "a", b: "b", data: "data" }, { a, b, data: { ...data.node, flake: false } });
  const [old, fresh] = [lockOf(one.node, two.node), lockOf(two.node, one.node)];
  const repository = createRepository({
    "flake.nix": `{ inputs = { a.url = "x"; b.url = "x"; data = { url = "x"; flake = false; }; };
      outputs = { a, b, data, ... }: {
        claudeContext.persona = if a.word == b.word then builtins.readFile "\${data}/word" else b.word;
      }; }`,
    "flake.lock": old,
  });
  repository.write({ "flake.lock": fresh });
  const plans = plannerOf(old, fresh)({ none: [], a: ["a"] });
  return { repository, plans, find: () => archives.set(data.path, archive) };
}

/** A locked archive that the server has. */
function tarball(name: string, files: Files) {
  const directory = createDirectory();
  writeFiles(join(directory, "source"), files);
  const file = join(directory, "source.tar.gz");
  execFileSync("tar", ["-C", directory, "-czf", file, "source"]);
  const path = `/${name}.tar.gz`;
  archives.set(path, readFileSync(file));
  const tree = treeOf(
    Object.entries(files).map(([each, text]) => [each, { kind: "file", bytes: Buffer.from(text) }] as const),
  );
  const locked = { type: "tarball", url: `${address}${path}`, narHash: narHash(tree) };
  return { path, node: { locked, original: { type: "indirect", id: "x" } } };
}
