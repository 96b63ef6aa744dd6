import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createCache } from "../../src/cli/cache.ts";
import type { Json } from "../../src/model/json.ts";
import { createDirectory } from "../support/repository.ts";

const entryFile = (directory: string) =>
  join(directory, readdirSync(directory).find((name) => name.endsWith(".json"))!);

test("gives back what was put, for any key and value", async () => {
  const cache = createCache(join(createDirectory(), "results"));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), fc.jsonValue(), async (key, value) => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      await cache.put(key, json);
      expect(await cache.get(key)).toEqual(json);
    }),
    { numRuns: 50 },
  );
});

test("has nothing before the first put, and nothing for another key", async () => {
  const directory = join(createDirectory(), "a", "b", "results");
  const cache = createCache(directory);
  expect(await cache.get("k")).toBeNull();
  expect(existsSync(directory)).toBe(false);
  await cache.put("k", 1);
  expect(await cache.get("l")).toBeNull();
});

test("keeps directory and entries for the user alone", async () => {
  const directory = join(createDirectory(), "results");
  await createCache(directory).put("k", "secret");
  expect(lstatSync(directory).mode & 0o777).toBe(0o700);
  expect(lstatSync(entryFile(directory)).mode & 0o777).toBe(0o600);
});

test.each<[string, (file: string) => void]>([
  ["cut short", (file) => truncateSync(file, lstatSync(file).size - 3)],
  ["empty", (file) => truncateSync(file, 0)],
  ["changed", (file) => writeFileSync(file, readFileSync(file, "utf8").replace("pass", "fail"))],
  [
    "of another format",
    (file) => writeFileSync(file, readFileSync(file, "utf8").replace("cache-1", "cache-2")),
  ],
  ["not text", (file) => writeFileSync(file, new Uint8Array([0, 255, 254, 10, 123]))],
  ["writable by others", (file) => chmodSync(file, 0o666)],
])("an entry that is %s reads as absent, and is replaced by the next put", async (_what, damage) => {
  const directory = join(createDirectory(), "results");
  const cache = createCache(directory);
  await cache.put("k", { verdict: "pass" });
  damage(entryFile(directory));
  expect(await cache.get("k")).toBeNull();
  await cache.put("k", { verdict: "warn" });
  expect(await cache.get("k")).toEqual({ verdict: "warn" });
});

test("an entry under the name of another key reads as absent", async () => {
  const directory = join(createDirectory(), "results");
  const cache = createCache(directory);
  await cache.put("a", 1);
  const other = entryFile(directory);
  const text = readFileSync(other);
  await cache.put("b", 2);
  const file = readdirSync(directory)
    .map((name) => join(directory, name))
    .find((name) => name !== other)!;
  writeFileSync(file, text);
  expect(await cache.get("b")).toBeNull();
});

test("an entry that is a symlink is not followed", async () => {
  const directory = join(createDirectory(), "results");
  const cache = createCache(directory);
  await cache.put("k", 1);
  const file = entryFile(directory);
  const elsewhere = join(createDirectory(), "planted");
  writeFileSync(elsewhere, readFileSync(file), { mode: 0o600 });
  unlinkSync(file);
  symlinkSync(elsewhere, file);
  expect(await cache.get("k")).toBeNull();
});

test("a directory that others may write is not believed", async () => {
  const directory = join(createDirectory(), "results");
  const cache = createCache(directory);
  await cache.put("k", 1);
  chmodSync(directory, 0o777);
  expect(await cache.get("k")).toBeNull();
});

test.runIf(process.getuid?.() === 0)("a directory of another user is not used", async () => {
  const directory = join(createDirectory(), "results");
  mkdirSync(directory);
  chownSync(directory, 65534, 65534);
  const cache = createCache(directory);
  await cache.put("k", 1);
  expect(readdirSync(directory)).toEqual([]);
  expect(await cache.get("k")).toBeNull();
});

test("a cache that cannot be written is silent", async () => {
  const blocked = join(createDirectory(), "file");
  writeFileSync(blocked, "");
  const cache = createCache(join(blocked, "results"));
  await expect(cache.put("k", 1)).resolves.toBeUndefined();
  await expect(cache.get("k")).resolves.toBeNull();
});

test("keeps the newest entries within both bounds, and removes what killed processes left", async () => {
  const directory = join(createDirectory(), "results");
  const cache = createCache(directory, { maxEntries: 3, maxBytes: 1000, sweepEvery: 1 });
  const stale = join(directory, "x.json.1.abc.tmp");
  mkdirSync(directory);
  writeFileSync(stale, "half");
  utimesSync(stale, 1, 1);
  for (const [index, key] of ["a", "b", "c", "d"].entries()) {
    await cache.put(key, key);
    for (const name of readdirSync(directory)) {
      const file = join(directory, name);
      if (lstatSync(file).mtimeMs > 1e12) utimesSync(file, 1000 + index, 1000 + index);
    }
  }
  await cache.put("e", "e");
  const kept = await Promise.all(["a", "b", "c", "d", "e"].map((key) => cache.get(key)));
  expect(kept).toEqual([null, null, "c", "d", "e"]);
  expect(existsSync(stale)).toBe(false);
  await cache.put("large", "x".repeat(990));
  expect(await cache.get("e")).toBeNull();
});

test("an entry that is read is not the oldest any more", async () => {
  const directory = join(createDirectory(), "results");
  const cache = createCache(directory);
  await cache.put("k", 1);
  utimesSync(entryFile(directory), 1000, 1000);
  expect(await cache.get("k")).toBe(1);
  expect(lstatSync(entryFile(directory)).mtimeMs).toBeGreaterThan(1_000_000);
});

const WORKER = `
import { createCache } from ${JSON.stringify(resolve("src/cli/cache.ts"))};
const [directory, name] = process.argv.slice(2);
const cache = createCache(directory, { maxEntries: 5, sweepEvery: 2 });
let wrong = 0;
for (let round = 0; round < 60; round++) {
  const key = "k" + (round % 8);
  await cache.put(key, { key, text: (name + round).repeat(500) });
  const value = await cache.get("k" + ((round * 5) % 8));
  if (value !== null && (value.key !== "k" + ((round * 5) % 8) || value.text.length < 500)) wrong++;
}
process.stdout.write(String(wrong));
`;

/** Node 20 reads no TypeScript: the cache is bundled with a program that uses it. */
async function buildWorker(): Promise<string> {
  const directory = createDirectory();
  const outfile = join(directory, "worker.mjs");
  await build({
    stdin: { contents: WORKER, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  return outfile;
}

test("several processes that put, get and sweep at once see whole entries only", async () => {
  const worker = await buildWorker();
  const directory = join(createDirectory(), "results");
  const runs = ["one", "two", "three", "four"].map(
    (name) =>
      new Promise<string>((done) => {
        const child = spawn(process.execPath, [worker, directory, name], {
          stdio: ["ignore", "pipe", "inherit"],
        });
        let output = "";
        child.stdout.on("data", (data: Buffer) => {
          output += data.toString();
        });
        child.on("close", (code) => done(`${code} ${output}`));
      }),
  );
  expect(await Promise.all(runs)).toEqual(["0 0", "0 0", "0 0", "0 0"]);
  expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a process that is killed while it writes leaves a cache that works", async () => {
  const worker = await buildWorker();
  const directory = join(createDirectory(), "results");
  const child = spawn(process.execPath, [worker, directory, "killed"], { stdio: "ignore" });
  while (!existsSync(directory) || readdirSync(directory).length < 2) await new Promise(setImmediate);
  child.kill("SIGKILL");
  await new Promise((done) => child.on("close", done));
  const cache = createCache(directory);
  await cache.put("k", "after");
  expect(await cache.get("k")).toBe("after");
});
