import { createHash, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { chmod, lstat, mkdir, open, readdir, rename, stat, unlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { CachePort } from "../check/ports.ts";
import type { Json } from "../model/json.ts";

export interface CacheLimits {
  /** Entries and bytes that stay after a sweep; the oldest go first. */
  maxEntries: number;
  maxBytes: number;
  /** One `put` in so many looks at the whole directory. */
  sweepEvery: number;
}

const DEFAULT_CACHE_LIMITS: CacheLimits = { maxEntries: 2000, maxBytes: 256 * 1024 ** 2, sweepEvery: 32 };

/** First line of an entry: format, then SHA-256 of the key and of the value's text. */
const FORMAT = "nixclaude-cache-1";
const SUFFIX = ".json";
const TEMPORARY_SUFFIX = ".tmp";
/** A temporary file this old belongs to a process that was killed. */
const TEMPORARY_MAX_AGE_MS = 10 * 60 * 1000;
/** An entry that is read again counts as new; not on every read, because a read should not write. */
const TOUCH_AFTER_MS = 24 * 3600 * 1000;

/**
 * Results of earlier runs, one file an entry. A cache may forget and may not lie: whatever is not exactly an entry
 * of ours (cut short, changed, another format, another key) reads as absent. Nothing here throws.
 * @param directory is made when needed, for the user alone; one that belongs to somebody else is not used.
 */
export function createCache(directory: string, limits: Partial<CacheLimits> = {}): CachePort {
  const { maxEntries, maxBytes, sweepEvery } = { ...DEFAULT_CACHE_LIMITS, ...limits };
  const fileOf = (key: string) => join(directory, `${sha256(key)}${SUFFIX}`);
  return {
    get: async (key) => {
      try {
        return await readEntry(directory, fileOf(key), key);
      } catch {
        return null;
      }
    },
    put: async (key, value) => {
      try {
        await prepareDirectory(directory);
        await writeEntry(fileOf(key), key, value);
        // By chance and not by counting: most processes put one or two entries and end.
        if (randomBytes(4).readUInt32LE() % sweepEvery === 0) await sweep(directory, maxEntries, maxBytes);
      } catch {
        // A full disk or a directory that may not be written costs time in the next run, nothing else.
      }
    },
  };
}

async function readEntry(directory: string, file: string, key: string): Promise<Json | null> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const [facts, holder] = await Promise.all([handle.stat(), stat(directory)]);
    if (!facts.isFile() || !isPrivate(facts) || !isPrivate(holder)) return null;
    const text = await handle.readFile("utf8");
    const lineEnd = text.indexOf("\n");
    const body = text.slice(lineEnd + 1);
    if (text.slice(0, lineEnd) !== headLine(key, body)) return null;
    if (Date.now() - facts.mtimeMs > TOUCH_AFTER_MS) await touch(file);
    return JSON.parse(body) as Json;
  } finally {
    await handle.close();
  }
}

async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
}

function headLine(key: string, body: string): string {
  return `${FORMAT} ${sha256(key)} ${sha256(body)}`;
}

/** Nobody else could have written it. */
function isPrivate(facts: { uid: number; mode: number }): boolean {
  return process.getuid === undefined || (facts.uid === process.getuid() && (facts.mode & 0o022) === 0);
}

async function prepareDirectory(directory: string): Promise<void> {
  const made = await mkdir(directory, { recursive: true, mode: 0o700 });
  const facts = await stat(directory);
  if (process.getuid !== undefined && facts.uid !== process.getuid()) {
    throw new Error(`${directory} belongs to another user`);
  }
  if (made !== undefined || (facts.mode & 0o077) !== 0) await chmod(directory, 0o700);
}

/** Written beside and renamed: a reader sees a whole entry or none, whoever else writes and whatever stops us. */
async function writeEntry(file: string, key: string, value: Json): Promise<void> {
  const body = JSON.stringify(value);
  const temporary = `${file}.${process.pid}.${randomBytes(6).toString("hex")}${TEMPORARY_SUFFIX}`;
  const handle = await open(temporary, "wx", 0o600);
  try {
    await handle.writeFile(`${headLine(key, body)}\n${body}`);
  } catch (cause) {
    await handle.close();
    await unlink(temporary).catch(() => {});
    throw cause;
  }
  await handle.close();
  await rename(temporary, file).catch(async (cause) => {
    await unlink(temporary).catch(() => {});
    throw cause;
  });
}

/** Two processes may sweep at once: each file may be gone when it is looked at. */
async function sweep(directory: string, maxEntries: number, maxBytes: number): Promise<void> {
  const found = await Promise.all(
    (await readdir(directory)).map(async (name) => {
      const facts = await lstat(join(directory, name)).catch(() => null);
      return facts?.isFile() ? { name, mtimeMs: facts.mtimeMs, size: facts.size } : null;
    }),
  );
  const files = found.filter((file) => file !== null).sort((a, b) => b.mtimeMs - a.mtimeMs);
  let entries = 0;
  let bytes = 0;
  for (const { name, mtimeMs, size } of files) {
    if (name.endsWith(TEMPORARY_SUFFIX)) {
      if (Date.now() - mtimeMs > TEMPORARY_MAX_AGE_MS) await remove(directory, name);
    } else if (name.endsWith(SUFFIX)) {
      entries++;
      bytes += size;
      if (entries > maxEntries || bytes > maxBytes) await remove(directory, name);
    }
  }
}

async function remove(directory: string, name: string): Promise<void> {
  await unlink(join(directory, name)).catch(() => {});
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
