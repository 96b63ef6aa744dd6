import { expect, test } from "vitest";
import { RenderNotes } from "../../../src/artifacts/rendered.ts";
import {
  HOOK_SHAPES,
  PERMISSION_SHAPES,
  SANDBOX_SHAPE,
  SETTING_SHAPES,
} from "../../../src/artifacts/settings-shapes.ts";
import { fitting, record } from "../../../src/artifacts/shapes.ts";
import { ClientError } from "../../../src/model/errors.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { ClientVersion } from "../../../src/model/semantics.ts";
import { recordedSettings, withKey } from "../recorded-settings.ts";
import { CLIENT_VERSIONS, session } from "./session.ts";

/** A value under its key in the settings file. */
type Row = [key: string, value: Json];

const FILE = record({ ...SETTING_SHAPES, sandbox: SANDBOX_SHAPE, permissions: record(PERMISSION_SHAPES) });
/** With a value of these a session ends or waits, whatever the file is worth: credentials, logins, versions, other modes. */
const STEERS_THE_SESSION =
  /^(?:apiKeyHelper|aws|gcp|otel|forceLogin|required|minimumVersion|agent$|advisorModel|fallbackModel|model$|permissions\.defaultMode)/;
/** One session has three settings files with a rule each; a file holds many keys. */
const PLACES = [".claude/settings.json", ".claude/settings.local.json", "~/.claude/settings.json"];
const ROWS_PER_FILE = 40;

test.each(CLIENT_VERSIONS)("%s takes every value that is written", async (version) => {
  expect(await dropped(version, files([...recordedRows(), ...MORE, ...hookRows()]))).toEqual([]);
});

const MORE: Row[] = [
  ["subagentStatusLine", { type: "command", command: "x" }],
  ["policyHelper", { path: "/x" }],
  ["policyHelper", { path: "/x", timeoutMs: 1000, refreshIntervalMs: 0 }],
  ["policyHelper", { path: "", timeoutMs: 600_000, refreshIntervalMs: 60_000 }],
  ["spinnerTipsOverride", { tips: [] }],
  ["spinnerTipsOverride", { tips: [""], excludeDefault: true }],
  ...["strictKnownMarketplaces", "blockedMarketplaces"].flatMap((key): Row[] => [
    [key, [{ source: "git", url: "https://git.example.com/a.git" }]],
    [key, [{ source: "url", url: "https://example.com/a.json" }]],
    [key, [{ source: "npm", package: "a" }]],
    [key, [{ source: "file", path: "/a.json" }]],
    [key, [{ source: "directory", path: "/a" }]],
    [key, [{ source: "hostPattern", hostPattern: "^a$" }]],
    [key, [{ source: "pathPattern", pathPattern: "^/a" }]],
  ]),
  ["sandbox.network.tlsTerminate", { caCertPath: "/a", caKeyPath: "/b" }],
  [
    "statusLine",
    { type: "command", command: "x", padding: 0, refreshInterval: 0, hideVimModeIndicator: true },
  ],
];

test.each(MORE)("%s %j is written", (key, value) => {
  expect(isWritten(key, value)).toBe(true);
});

function recordedRows(): Row[] {
  const rows = recordedSettings()
    .filter(({ key, value, kept }) => kept && !STEERS_THE_SESSION.test(key) && isWritten(key, value))
    .map(({ key, value }): Row => [key, value]);
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

function isWritten(key: string, value: Json): boolean {
  const notes = new RenderNotes();
  fitting(withKey(key, value), FILE, "", notes);
  return notes.problems.length === 0;
}

function hookRows(): Row[] {
  const common = { if: "Bash(git *)", statusMessage: "", timeout: 0.5, once: true };
  const hooks: JsonObject[] = [
    { type: "command", command: "true", args: [""], async: true, asyncRewake: false, shell: "bash" },
    { type: "command", command: "", shell: "powershell" },
    { type: "http", url: "http://127.0.0.1:1/", headers: { A: "b" }, allowedEnvVars: ["A"] },
    { type: "mcp_tool", server: "s", tool: "t", input: { a: [1] } },
    { type: "prompt", prompt: "p", model: "haiku", continueOnBlock: true },
    { type: "agent", prompt: "p", model: "haiku" },
  ];
  return hooks.map((hook): Row => {
    const notes = new RenderNotes();
    const written = fitting({ ...hook, ...common }, HOOK_SHAPES[String(hook.type)]!, "", notes);
    expect(notes.problems).toEqual([]);
    return ["hooks.PostToolUse", [{ matcher: "NoTool", hooks: [written as Json] }]];
  });
}

/** Rows that do not touch each other's keys stand in one file. */
function files(rows: readonly Row[]): Row[][] {
  const touches = (a: string, b: string) => `${a}.`.startsWith(`${b}.`) || `${b}.`.startsWith(`${a}.`);
  const all: Row[][] = [];
  for (const row of rows) {
    const free = all.find(
      (file) => file.length < ROWS_PER_FILE && !file.some(([key]) => touches(key, row[0])),
    );
    if (free === undefined) all.push([row]);
    else free.push(row);
  }
  return all;
}

/** Rows for which the client drops the file, or does not get as far as to read it; found by halving. */
async function dropped(version: ClientVersion, all: Row[][]): Promise<Row[]> {
  const found: Row[] = [];
  const queue = [...all];
  const alone: Row[] = [];
  const halve = (rows: Row[]) => {
    const middle = rows.length >> 1;
    if (rows.length === 1) alone.push(rows[0]!);
    else queue.push(rows.slice(0, middle), rows.slice(middle));
  };
  while (queue.length > 0) {
    const three = queue.splice(0, PLACES.length);
    const kept = await keptFiles(version, three);
    for (const [index, rows] of three.entries()) if (kept?.[index] !== true) halve(rows);
  }
  for (const row of alone) {
    const [kept] = (await keptFiles(version, [[row]])) ?? [false];
    if (kept !== true) found.push(row);
  }
  return found;
}

/** Does each of the files count? null when the session ends before it can be seen. */
async function keptFiles(version: ClientVersion, three: readonly Row[][]): Promise<boolean[] | null> {
  try {
    const { answers } = await session(version, {
      files: three.map((rows, index) => ({ path: PLACES[index]!, text: settingsText(`p${index}`, rows) })),
      calls: three.map((_, index) => ({ tool: "Bash", argument: `p${index} x` })),
    });
    return answers.map(({ kind }) => kind === "refused");
  } catch (error) {
    if (error instanceof ClientError) return null;
    throw error;
  }
}

function settingsText(program: string, rows: readonly Row[]): string {
  const settings: JsonObject = { permissions: { deny: [`Bash(${program} *)`] } };
  for (const [key, value] of rows) {
    const steps = key.split(".");
    let at = settings;
    for (const step of steps.slice(0, -1)) {
      at[step] ??= {};
      at = at[step] as JsonObject;
    }
    at[steps.at(-1)!] = value;
  }
  return JSON.stringify(settings);
}
