import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Found, type PlannedFile, planFiles, signedFile } from "../../src/artifacts/plan.ts";
import type { FileBeside, RenderedFiles } from "../../src/artifacts/rendered.ts";
import { SIGNATURE_KEY } from "../../src/artifacts/signed-json.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";

type Rendered = Pick<RenderedFiles, "files" | "beside" | "withheld">;

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (of: Uint8Array | null) => (of === null ? null : new TextDecoder().decode(of));
const file = (text: string): Found => ({ kind: "file", bytes: bytes(text) });

function renderedOf(
  texts: Record<string, string>,
  beside: FileBeside[] = [],
  withheld: string[] = [],
): Rendered {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return { files, beside, withheld: withheld.map((path) => ({ path, reason: "it is a package" })) };
}

function plan(rendered: Rendered, standing: Record<string, Found>): PlannedFile[] {
  return planFiles(rendered, new Map(Object.entries(standing)));
}

/** What stands there after these texts were rendered. */
function written(rendered: Rendered): Record<string, Found> {
  return Object.fromEntries(
    plan(rendered, {}).map(({ path, wanted }) => [path, { kind: "file", bytes: wanted! }]),
  );
}

const MEMORY = renderedOf({ "CLAUDE.md": "# Title\n\nBe brief.\n" });
const OTHER_MEMORY = renderedOf({ "CLAUDE.md": "# Title\n\nBe kind.\n" });
const SIGNED = signedFile("CLAUDE.md", MEMORY);

describe("a text", () => {
  test.each<[what: string, standing: Found | null, state: string, loses: boolean]>([
    ["that is not there is missing", null, "missing", false],
    ["as it is written fits", file(SIGNED), "fits", false],
    ["with other line ends fits", file(SIGNED.replaceAll("\n", "\r\n")), "fits", false],
    ["of another context is stale", file(signedFile("CLAUDE.md", OTHER_MEMORY)), "stale", false],
    ["that was changed is edited", file(`${SIGNED}mine\n`), "edited", true],
    [
      "whose header was changed alone is edited, and nothing is lost",
      file(SIGNED.replace(/[0-9a-f]{64}/, "0".repeat(64))),
      "edited",
      false,
    ],
    ["without a header is somebody's", file("# My rules\n"), "by-hand", true],
    ["without a header that says the same loses nothing", file("# Title\n\nBe brief.\n"), "by-hand", false],
    ["that is empty is somebody's", file(""), "by-hand", true],
    ["that is no text is somebody's", { kind: "file", bytes: new Uint8Array([0xff, 0xfe]) }, "by-hand", true],
    ["behind a link is in the way", { kind: "blocked", because: "is a symbolic link" }, "blocked", false],
  ])("%s", (_, standing, state, loses) => {
    const [planned, ...others] = plan(MEMORY, standing === null ? {} : { "CLAUDE.md": standing });
    expect(others).toEqual([]);
    expect(planned).toMatchObject({ path: "CLAUDE.md", state, loses });
    if (state !== "fits") expect(textOf(planned!.wanted)).toBe(SIGNED);
  });

  test.each<[what: string, standing: Found, states: string[]]>([
    ["that was written and is rendered no more is to go", file(SIGNED), ["leftover"]],
    ["that was written and changed is somebody's", file(`${SIGNED}mine\n`), ["edited-leftover"]],
    ["that was never written is left alone", file("# My rules\n"), []],
  ])("%s", (_, standing, states) => {
    const planned = plan(renderedOf({}), { "CLAUDE.md": standing });
    expect(planned.map(({ state }) => state)).toEqual(states);
    for (const { wanted, loses, state } of planned) {
      expect(wanted).toBeNull();
      expect(loses).toBe(state === "edited-leftover");
    }
  });

  test("in the place of a unit that the context does not hold is left alone", () => {
    const path = ".claude/skills/review/SKILL.md";
    const standing = written(renderedOf({ [path]: "---\nname: review\n---\nRead.\n" }));
    expect(plan(renderedOf({}, [], [path]), standing)).toMatchObject([
      { path, state: "unknown", because: "it is a package", loses: false },
    ]);
  });
});

describe("settings", () => {
  const PATH = ".claude/settings.json";
  const settings = (document: JsonObject) => renderedOf({ [PATH]: JSON.stringify(document) });
  const OURS = { permissions: { deny: ["Read(.env)"] }, model: "haiku" };
  const first = settings(OURS);
  const ours = JSON.parse(signedFile(PATH, first)) as JsonObject;
  const json = (value: Json, indent?: number): Found => file(JSON.stringify(value, null, indent));

  test.each<[what: string, standing: Json, state: string, loses: boolean, kept: JsonObject]>([
    ["as they are written fit", ours, "fits", false, {}],
    ["in another order fit", Object.fromEntries(Object.entries(ours).reverse()), "fits", false, {}],
    ["with a key of someone else fit", { ...ours, theme: "dark" }, "fits", false, { theme: "dark" }],
    ["by hand with other keys are taken up", { theme: "dark" }, "by-hand", false, { theme: "dark" }],
    [
      "by hand with an equal key are taken up",
      { model: "haiku", theme: "dark" },
      "by-hand",
      false,
      { theme: "dark" },
    ],
    [
      "by hand with another value would lose it",
      { model: "opus", theme: "dark" },
      "by-hand",
      true,
      { theme: "dark" },
    ],
    ["that are empty are taken up", {}, "by-hand", false, {}],
    ["in which a written key was changed are edited", { ...ours, permissions: {} }, "edited", true, {}],
    [
      "in which a written key was removed are edited",
      { [SIGNATURE_KEY]: ours[SIGNATURE_KEY]!, model: "haiku" },
      "edited",
      true,
      {},
    ],
    ["whose header is damaged are edited", { ...ours, [SIGNATURE_KEY]: "x" }, "edited", true, {}],
  ])("%s", (_, standing, state, loses, kept) => {
    const [planned] = plan(first, { [PATH]: json(standing) });
    expect(planned).toMatchObject({ state, loses, foreign: Object.keys(kept) });
    const wanted = JSON.parse(textOf(planned!.wanted)!) as JsonObject;
    expect(wanted).toEqual({ ...ours, ...kept });
    // What is written then fits, and the kept keys are still somebody else's.
    expect(plan(first, { [PATH]: json(wanted) })).toMatchObject([
      { state: "fits", foreign: Object.keys(kept) },
    ]);
  });

  test.each<[what: string, text: string]>([
    ["no JSON", "{ // mine\n}"],
    ["a list", "[]"],
    ["nothing", ""],
    ["marks of a merge", "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n"],
  ])("that are %s are never taken up", (_, text) => {
    expect(plan(first, { [PATH]: file(text) })).toMatchObject([
      { state: "by-hand", loses: true, foreign: [] },
    ]);
  });

  test("keys that were written and are rendered no more go, those of others stay", () => {
    const standing = json({ ...ours, theme: "dark" });
    const [next] = plan(settings({ model: "opus" }), { [PATH]: standing });
    expect(next).toMatchObject({ state: "stale", loses: false, foreign: ["theme"] });
    expect(JSON.parse(textOf(next!.wanted)!)).toMatchObject({ model: "opus", theme: "dark" });
    expect(textOf(next!.wanted)).not.toContain("permissions");
    expect(plan(renderedOf({}), { [PATH]: json(ours) })).toMatchObject([{ state: "leftover", wanted: null }]);
    const [left] = plan(renderedOf({}), { [PATH]: standing });
    expect(left).toMatchObject({ state: "leftover", foreign: ["theme"], loses: false });
    expect(JSON.parse(textOf(left!.wanted)!)).toEqual({ theme: "dark" });
  });

  test("whoever sets a key that the context sets by now is asked first", () => {
    const standing = json({ ...ours, env: { A: "theirs" } });
    expect(plan(settings({ ...OURS, env: { A: "ours" } }), { [PATH]: standing })).toMatchObject([
      { state: "edited", loses: true, because: "says otherwise: env" },
    ]);
  });

  test("names such as __proto__ and constructor are keys like any other", () => {
    const standing = file('{"__proto__": {"a": 1}, "constructor": 2}');
    const [planned] = plan(first, { [PATH]: standing });
    expect(planned!.foreign).toEqual(["__proto__", "constructor"]);
    expect(textOf(planned!.wanted)).toContain('"__proto__": {\n    "a": 1');
  });

  test("for all settings, what is planned is what stands there afterwards, and foreign keys are never lost", () => {
    const document = fc.dictionary(
      fc.constantFrom("permissions", "env", "model", "theme", "x"),
      fc.jsonValue(),
      {
        minKeys: 1,
      },
    );
    fc.assert(
      fc.property(document, document, document, (before, after, others) => {
        const standing = JSON.parse(signedFile(PATH, settings(before as JsonObject))) as JsonObject;
        const merged = { ...others, ...standing } as JsonObject;
        const [planned] = plan(settings(after as JsonObject), { [PATH]: json(merged, 1) });
        const wanted = JSON.parse(textOf(planned!.wanted)!) as JsonObject;
        const { [SIGNATURE_KEY]: _, ...said } = wanted;
        const foreign = Object.entries(others).filter(([key]) => !(key in before) && !(key in after));
        expect(said).toEqual(JSON.parse(JSON.stringify({ ...Object.fromEntries(foreign), ...after })));
        expect(plan(settings(after as JsonObject), { [PATH]: json(wanted) })).toMatchObject([
          { state: "fits" },
        ]);
      }),
    );
  });
});

describe("servers", () => {
  const PATH = ".mcp.json";
  const servers = (mcpServers: JsonObject) => renderedOf({ [PATH]: JSON.stringify({ mcpServers }) });
  const ours = JSON.parse(signedFile(PATH, servers({ a: { command: "a" } }))) as JsonObject;

  test("of others stay, and so does what stands around them", () => {
    const standing = {
      ...ours,
      mcpServers: { ...(ours.mcpServers as JsonObject), mine: { command: "m" } },
      note: 1,
    };
    const next = servers({ b: { command: "b" } });
    const [planned] = plan(next, { [PATH]: file(JSON.stringify(standing)) });
    expect(planned).toMatchObject({ state: "stale", loses: false, foreign: ["mine", "note"] });
    expect(JSON.parse(textOf(planned!.wanted)!)).toMatchObject({
      mcpServers: { b: { command: "b" }, mine: { command: "m" } },
      note: 1,
    });
  });

  test("that somebody has under the same name are not replaced", () => {
    const standing = { mcpServers: { a: { command: "mine" } } };
    expect(plan(servers({ a: { command: "a" } }), { [PATH]: file(JSON.stringify(standing)) })).toMatchObject([
      { state: "by-hand", loses: true, because: "says otherwise: a" },
    ]);
  });

  test("that are no set are somebody's", () => {
    expect(plan(servers({ a: {} }), { [PATH]: file('{"mcpServers": []}') })).toMatchObject([
      { state: "by-hand", loses: true },
    ]);
  });
});

describe("a skill with files beside its text", () => {
  const MAIN = ".claude/skills/review/SKILL.md";
  const SCRIPT = ".claude/skills/review/run.sh";
  const skill = (script: string | null, executable = true) =>
    renderedOf(
      { [MAIN]: "---\nname: review\n---\nRead.\n" },
      script === null ? [] : [{ path: SCRIPT, of: MAIN, bytes: bytes(script), executable }],
    );
  const standing = written(skill("echo 1\n"));

  test("is written whole", () => {
    expect(plan(skill("echo 1\n"), {})).toMatchObject([
      { path: MAIN, state: "missing" },
      { path: SCRIPT, state: "missing", executable: true },
    ]);
    const text = textOf((standing[MAIN] as Found & { kind: "file" }).bytes)!;
    const digest = createHash("sha256").update("echo 1\n").digest("hex");
    expect(text).toContain(`# beside it: sha256:${digest} run.sh\n`);
  });

  test.each<[what: string, next: Rendered, changed: Record<string, Found>, states: Record<string, string>]>([
    ["fits as it was written", skill("echo 1\n"), {}, { [MAIN]: "fits", [SCRIPT]: "fits" }],
    [
      "of which a file says something else by now is stale",
      skill("echo 2\n"),
      {},
      { [MAIN]: "stale", [SCRIPT]: "stale" },
    ],
    [
      "of which a file was changed is edited there",
      skill("echo 1\n"),
      { [SCRIPT]: file("mine") },
      { [MAIN]: "fits", [SCRIPT]: "edited" },
    ],
    [
      "of which a file is gone lacks it",
      skill("echo 1\n"),
      { [SCRIPT]: { kind: "none" } },
      { [MAIN]: "fits", [SCRIPT]: "missing" },
    ],
    ["that loses a file leaves it over", skill(null), {}, { [MAIN]: "stale", [SCRIPT]: "leftover" }],
    [
      "that loses a file that was changed keeps it",
      skill(null),
      { [SCRIPT]: file("mine") },
      { [MAIN]: "stale", [SCRIPT]: "edited-leftover" },
    ],
    ["that is gone leaves both over", renderedOf({}), {}, { [MAIN]: "leftover", [SCRIPT]: "leftover" }],
    [
      "that becomes a package is left alone",
      renderedOf({}, [], [MAIN]),
      {},
      { [MAIN]: "unknown", [SCRIPT]: "unknown" },
    ],
    [
      "of which a file is not known any more leaves that alone",
      renderedOf({ [MAIN]: "x" }, [], [SCRIPT]),
      {},
      { [MAIN]: "stale", [SCRIPT]: "unknown" },
    ],
  ])("%s", (_, next, changed, states) => {
    const planned = plan(next, { ...standing, ...changed });
    expect(Object.fromEntries(planned.map(({ path, state }) => [path, state]))).toEqual(states);
    expect(planned.filter(({ loses }) => loses).map(({ state }) => state)).toEqual(
      Object.values(states).filter((state) => state.startsWith("edited")),
    );
  });

  test("has a file that can be executed, or not", () => {
    const found: Found = { kind: "file", bytes: bytes("echo 1\n"), executable: true };
    const [, script] = plan(skill("echo 1\n", false), { ...standing, [SCRIPT]: found });
    expect(script).toMatchObject({ state: "stale", executable: false, loses: false });
  });

  test("is not written over a file of somebody's beside it", () => {
    expect(plan(skill("echo 1\n"), { [SCRIPT]: file("mine") })).toMatchObject([
      { path: MAIN, state: "missing" },
      { path: SCRIPT, state: "by-hand", loses: true },
    ]);
  });
});
