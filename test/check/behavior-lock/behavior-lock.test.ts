import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withDigest } from "../../../src/check/behavior-lock/format.ts";
import {
  type BehaviorLock,
  compareLock,
  formatLock,
  LOCK_MAX_BYTES,
  lockOf,
  lockSchema,
  readLock,
} from "../../../src/check/behavior-lock/index.ts";
import type { BehaviorLockState } from "../../../src/model/behavior-lock.ts";
import type { Constraint } from "../../../src/model/constraint.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { DEFAULT_LIMITS } from "../../../src/model/limits.ts";
import { DEFAULT_CLIENT } from "../../../src/model/semantics.ts";
import type { PresentSnapshot, Snapshot } from "../../../src/model/snapshot.ts";
import { changesOf } from "../../diff/support.ts";
import { anyContext, reordered, twoContexts } from "../../support/any-context.ts";
import { contextOf, fileOf, snapshotOf, type WritableSet } from "../../support/context.ts";

const OPTIONS = { client: DEFAULT_CLIENT, limits: DEFAULT_LIMITS };

const lockedText = (snapshot: PresentSnapshot) =>
  formatLock(lockOf(snapshot, "claudeContext", DEFAULT_CLIENT));
const read = (text: string) => readLock(Buffer.from(text));

/** The file's text held against a snapshot. */
function held(text: string, snapshot: Snapshot, client = OPTIONS.client): BehaviorLockState {
  const found = read(text);
  return found.kind === "read"
    ? compareLock(found.lock, snapshot, "claudeContext", { ...OPTIONS, client })
    : found;
}

describe("what is locked", () => {
  test("fits what it was made of", () => {
    fc.assert(
      fc.property(anyContext, (json) => {
        const snapshot = snapshotOf(json);
        expect(held(lockedText(snapshot), snapshot)).toEqual({ kind: "fits" });
      }),
    );
  });

  test("does not fit what a comparison calls changed, and fits everything else", () => {
    fc.assert(
      fc.property(twoContexts, ([before, after]) => {
        const [old, now] = [snapshotOf(before), snapshotOf(after)];
        const state = held(lockedText(old), now);
        const changes = changesOf(old, now);
        expect(state.kind).toBe(changes.length === 0 ? "fits" : "stale");
        expect(lockedText(old) === lockedText(now)).toBe(changes.length === 0);
        const said = state.kind === "stale" ? state.differences : [];
        expect(said.map(({ direction }) => direction).sort()).toEqual(
          changes.map(({ direction }) => direction).sort(),
        );
      }),
      { numRuns: 150 },
    );
  });

  test("does not depend on the order of attributes", () => {
    fc.assert(
      fc.property(anyContext, (json) => {
        expect(lockedText(snapshotOf(reordered(json) as WritableSet))).toBe(lockedText(snapshotOf(json)));
      }),
    );
  });

  test("has one value a line, keys in order, texts by their lines, and nothing that cannot be seen", () => {
    const text = lockedText(
      snapshotOf({
        persona: "You are careful.\nAnd \u202ekind.\n",
        permissions: { allow: ["WebFetch", "Bash(git:*)"] },
        skills: { review: fileOf("./review.md", "---\nname: review\ndescription: R.\n---\nLook.\n") },
      }),
    );
    expect(text).toContain(
      '    "persona": [\n      "You are careful.",\n      "And \\u202ekind.",\n      ""\n',
    );
    expect(text).toContain('      "allow": [\n        "Bash(git *)",\n        "WebFetch"\n      ]');
    expect(text).toContain('          "Look.",\n');
    expect(text.split("\n").every((line) => (line.match(/": /g) ?? []).length <= 1)).toBe(true);
    expect(text).not.toMatch(/[\u007f-\u{10ffff}]/u);
  });

  test("holds neither trees nor revisions nor positions", () => {
    const snapshot = snapshotOf(
      { persona: "P." },
      {
        revision: "1".repeat(40),
        tree: "2".repeat(40),
        positions: { persona: { file: "flake.nix", line: 7, column: 9 } },
      },
    );
    expect(lockedText(snapshot)).toBe(lockedText(snapshotOf({ persona: "P." })));
  });
});

describe("constraints of inputs", () => {
  const { strict } = contextOf({ constraints: { strict: { forbid: { allow: ["Bash(rm *)"] } } } })
    .constraints as { strict: Constraint };
  const imposed = (source: "input:standards" | "org:github:acme/x", constraint = strict) =>
    snapshotOf({}, { foreignConstraints: [{ id: "strict", source, constraint }] });
  const none = snapshotOf({});

  test("are locked by input and id, and one that goes, comes or changes makes the lock stale", () => {
    expect(
      lockOf(imposed("input:standards"), "claudeContext", DEFAULT_CLIENT).inputConstraints,
    ).toMatchObject({
      standards: { strict: { severity: "error" } },
    });
    const locked = lockedText(imposed("input:standards"));
    expect(held(locked, imposed("input:standards"))).toEqual({ kind: "fits" });
    expect(held(locked, none)).toEqual({
      kind: "stale",
      differences: [{ direction: "widens", summary: "constraint `strict` of input `standards` removed" }],
    });
    expect(held(lockedText(none), imposed("input:standards"))).toMatchObject({
      differences: [{ direction: "narrows" }],
    });
    expect(held(locked, imposed("input:standards", { ...strict, waivable: false }))).toMatchObject({
      differences: [{ direction: "undecided" }],
    });
  });

  test("of --org are no part of it", () => {
    expect(lockedText(imposed("org:github:acme/x"))).toBe(lockedText(none));
    expect(held(lockedText(none), imposed("org:github:acme/x"))).toEqual({ kind: "fits" });
  });
});

describe("what is beside the context", () => {
  const snapshot = snapshotOf({ persona: "P." });

  test("nixConfig counts, and where the context is read from", () => {
    const trusting = { ...snapshot, nixConfig: { "accept-flake-config": true } };
    expect(held(lockedText(snapshot), trusting)).toMatchObject({ differences: [{ direction: "widens" }] });
    expect(held(lockedText(snapshot), { ...snapshot, from: "files" })).toMatchObject({ kind: "stale" });
  });

  test("a context that is gone does not fit", () => {
    const gone: Snapshot = { kind: "absent", reason: "no-attribute", revision: null, tree: null };
    expect(held(lockedText(snapshot), gone)).toMatchObject({
      kind: "stale",
      differences: expect.arrayContaining([expect.objectContaining({ direction: "widens" })]),
    });
  });

  test("rules that another client reads do not fit", () => {
    expect(held(lockedText(snapshot), snapshot, "2.1.197")).toMatchObject({
      kind: "stale",
      differences: [{ direction: "undecided", summary: expect.stringContaining("2.1.197") }],
    });
  });

  test("another attribute is said to be one", () => {
    const found = read(lockedText(snapshot));
    if (found.kind !== "read") throw new Error(found.because);
    expect(compareLock(found.lock, snapshot, "other.place", OPTIONS)).toEqual({
      kind: "other-attribute",
      locked: "claudeContext",
    });
  });

  test("more rules than are compared are not compared", () => {
    const locked = lockedText(snapshotOf({ permissions: { allow: ["WebFetch", "Bash(git *)"] } }));
    const found = read(locked);
    if (found.kind !== "read") throw new Error(found.because);
    const limits = { ...DEFAULT_LIMITS, permissionRules: 1 };
    expect(compareLock(found.lock, snapshot, "claudeContext", { ...OPTIONS, limits }).kind).toBe(
      "unreadable",
    );
  });
});

const GOOD = lockedText(snapshotOf({ persona: "P.\nQ.", permissions: { allow: ["WebFetch"] } }));
const changed = (change: (lock: JsonObject) => void) => {
  const lock = JSON.parse(GOOD) as JsonObject;
  change(lock);
  return formatLock(withDigest(lock));
};

describe("a file that is not exactly a lock is none", () => {
  test.each<[what: string, text: string, because: string]>([
    ["nothing", "", "is not JSON"],
    ["no JSON", "{", "is not JSON"],
    ["another value", "[]\n", "is no behavior lock"],
    ["a lock of another kind", '{ "version": 7, "nodes": {} }', "unknown key"],
    ["marks of a merge", GOOD.replace("{\n", "{\n<<<<<<< ours\n"), "marks of a merge"],
    [
      "a later version",
      changed((lock) => {
        lock.schemaVersion = 2;
      }),
      "version 2",
    ],
    [
      "a version that is none",
      changed((lock) => {
        lock.schemaVersion = "1";
      }),
      "schemaVersion is not 1",
    ],
    ["an unknown key", GOOD.replace("{\n", '{\n  "more": 1,\n'), "more is an unknown key"],
    [
      "an unknown key inside",
      changed((lock) => {
        (lock.context as JsonObject).more = 1;
      }),
      "context.more",
    ],
    [
      "a missing key",
      changed((lock) => {
        delete (lock.context as JsonObject).env;
      }),
      "context.env is missing",
    ],
    [
      "a wrong type",
      changed((lock) => {
        (lock.context as JsonObject).persona = "P.";
      }),
      "context.persona",
    ],
    ["an edited value", GOOD.replace('"P."', '"R."'), "digest"],
    ["another digest", GOOD.replace(/"digest": "./, '"digest": "0'), "digest"],
    ["a value said twice", GOOD.replace('"from"', '"from": "files",\n  "from"'), "spelled"],
    ["another layout", JSON.stringify(JSON.parse(GOOD)), "spelled"],
    ["a text in front", `\ufeff${GOOD}`, "is not JSON"],
    ["endless nesting", "[".repeat(200_000), "is not JSON"],
    ["deep nesting", `${"[".repeat(200_000)}${"]".repeat(200_000)}`, "is no behavior lock"],
    [
      "deep nesting inside",
      GOOD.replace('"sandbox": {}', `"sandbox": { "x": ${"[".repeat(100_000)}${"]".repeat(100_000)} }`),
      "nested too deeply",
    ],
  ])("%s", (_, text, because) => {
    const found = read(text);
    expect(found.kind).toBe("unreadable");
    expect(found.kind === "unreadable" && found.because).toContain(because);
  });

  test("the line of a merge's mark is named", () => {
    expect(read(GOOD.replace("{\n", "{\n<<<<<<< ours\n"))).toMatchObject({ line: 2 });
  });

  test("bytes that are no text, and too many of them", () => {
    expect(readLock(Buffer.from([0xff, 0xfe]))).toMatchObject({ because: "is not UTF-8 text" });
    expect(readLock(new Uint8Array(LOCK_MAX_BYTES + 1))).toMatchObject({ because: "is larger than 16 MiB" });
  });

  test("line endings, and which characters are escaped, are all that may differ", () => {
    expect(read(GOOD.replaceAll("\n", "\r\n")).kind).toBe("read");
    const accented = lockedText(snapshotOf({ persona: "é" }));
    expect(read(accented.replace("é", "\\u00e9")).kind).toBe("read");
    expect(read(GOOD.replace('"P."', '"\\u0050."')).kind).toBe("unreadable");
  });

  test("no edit of one value gets through", () => {
    const lines = GOOD.split("\n");
    fc.assert(
      fc.property(fc.nat(lines.length - 2), fc.string({ minLength: 1, maxLength: 3 }), (index, more) => {
        const edited = lines.with(index, lines[index]!.replace(/[\w"]/, more)).join("\n");
        fc.pre(edited !== GOOD);
        const found = read(edited);
        expect(found.kind === "read" ? formatLock(found.lock) : "unreadable").toBe(
          found.kind === "read" ? GOOD : "unreadable",
        );
      }),
    );
  });
});

describe("the published schema", () => {
  const validate = new Ajv2020({ strict: false }).compile(lockSchema());

  test("is the file in schema/", () => {
    const file = JSON.parse(readFileSync("schema/lock.schema.json", "utf8")) as Json;
    expect(JSON.stringify(file), "run: node scripts/generate-lock-schema.mjs").toBe(
      JSON.stringify(lockSchema()),
    );
  });

  test("describes every lock that is written", () => {
    fc.assert(
      fc.property(anyContext, (json) => {
        const lock = JSON.parse(lockedText(snapshotOf(json))) as Json;
        expect(validate(lock) ? null : validate.errors).toBeNull();
      }),
    );
  });

  test("takes what is read, and no other", () => {
    const values: Json[] = [null, true, 0, 1, "x", [], ["x"], {}, { x: 1 }, { kind: "stdio" }];
    fc.assert(
      fc.property(anyContext, fc.nat(), fc.constantFrom(...values), (json, place, value) => {
        const lock = JSON.parse(lockedText(snapshotOf(json))) as JsonObject;
        replaceAt(lock, place, value);
        const found = read(formatLock(withDigest(lock)));
        // A version has words of its own, and members that stand in no lock are not printed.
        expect(found.kind === "read").toBe(validate(JSON.parse(formatLock(withDigest(lock)))));
      }),
      { numRuns: 200 },
    );
  });
});

/** Puts another value in one of the places of a JSON value. */
function replaceAt(lock: BehaviorLock | JsonObject, place: number, value: Json): void {
  const places: [holder: Record<string, Json>, key: string][] = [];
  const visit = (holder: Json) => {
    if (typeof holder !== "object" || holder === null) return;
    for (const key of Object.keys(holder)) {
      places.push([holder as Record<string, Json>, key]);
      visit((holder as Record<string, Json>)[key] as Json);
    }
  };
  visit(lock);
  const [holder, key] = places[place % places.length]!;
  if (key !== "digest") holder[key] = value;
}
