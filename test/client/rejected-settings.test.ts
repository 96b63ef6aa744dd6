import { afterEach, expect, test } from "vitest";
import { rejectedSettings } from "../../src/client/rejected-settings.ts";
import { settingsWords } from "../../src/client/settings-words.ts";
import {
  commandsLeft,
  OBEDIENT,
  ownTemporaryDirectory,
  program,
  session,
  shellProgram,
} from "./stand-in-client.ts";

const PROJECT = "/home/u/proj/.claude/settings.json";
const MANAGED = "/etc/claude-code/managed-settings.json";

/** Printed by 2.1.330 (`claude doctor`, standard error) and 2.1.197 (standard error). */
test.each<[line: string, key: string | null, message: string]>([
  [
    `- ${PROJECT} › permissions.deny: Expected array, but received string`,
    "permissions.deny",
    "Expected array, but received string",
  ],
  [`- ${PROJECT}: Invalid or malformed JSON`, null, "Invalid or malformed JSON"],
  [`- ${PROJECT} › enabledPlugins.a.b: Invalid input`, "enabledPlugins.a.b", "Invalid input"],
  [
    `  ${MANAGED} (permissions.deny): "deny" was present but invalid (expected array) and was ignored; it cannot take effect until it is fixed.`,
    "permissions.deny",
    '"deny" was present but invalid (expected array) and was ignored; it cannot take effect until it is fixed.',
  ],
  [`  ${MANAGED}: Invalid or malformed JSON`, null, "Invalid or malformed JSON"],
])("%s", (line, key, message) => {
  const file = line.includes(MANAGED) ? MANAGED : PROJECT;
  expect(settingsWords(["Invalid settings", line], [PROJECT, MANAGED])).toEqual([{ file, key, message }]);
});

test("a suggested fix belongs to what stands above it; what is said twice counts once", () => {
  const lines = [
    `- ${PROJECT} › env: Expected record, but received number`,
    "  Suggested fix: Use a map.",
    `- ${PROJECT} › env: Expected record, but received number`,
    "  Suggested fix: Use a map.",
    "- /somewhere/else: Invalid or malformed JSON",
    "  Suggested fix: About something else.",
  ];
  expect(settingsWords(lines, [PROJECT])).toEqual([
    { file: PROJECT, key: "env", message: "Expected record, but received number Suggested fix: Use a map." },
  ]);
});

const temporary = ownTemporaryDirectory();
afterEach(() => {
  expect(commandsLeft()).toEqual([]);
  expect(temporary()).toEqual([]);
});

/** A client that has no word for what it drops. */
const silent = program(OBEDIENT);
const doctorDoes = (code: string) => program(OBEDIENT.replace('console.log("all is well");', () => code));
const settings = (value: unknown, path = ".claude/settings.json") =>
  session({ files: [{ path, text: typeof value === "string" ? value : JSON.stringify(value) }] });

test.each([
  ["no settings", session({ files: [{ path: "CLAUDE.md", text: "x" }] })],
  ["settings that it takes", settings({ permissions: { deny: ["Bash(x)"] }, model: "opus" })],
])("a client rejects nothing of %s", async (_, request) => {
  expect(await rejectedSettings(silent, request)).toEqual([]);
});

test.each([
  [{ env: { A: "b" }, permissions: { allow: [], deny: "x" }, hooks: {} }, ["permissions", "deny"]],
  [{ permissions: { deny: "x" } }, ["permissions", "deny"]],
])("the key for which a client silently drops a file is found: %j", async (value, key) => {
  expect(await rejectedSettings(silent, settings(value))).toEqual([
    {
      file: ".claude/settings.json",
      key,
      message: "The client drops this file and does not say why; without this key it takes it.",
      scope: "file",
    },
  ]);
});

test.each(["{", "[]", "7"])("a file that is no JSON object is rejected as a whole: %s", async (text) => {
  expect(await rejectedSettings(silent, settings(text))).toEqual([
    {
      file: ".claude/settings.json",
      key: null,
      message: "The client drops this file and does not say why: it is no JSON object.",
      scope: "file",
    },
  ]);
});

test("the client's own words come with the keys as they stand in the file, dots and all", async () => {
  const doctor = `console.log("Claude Code doctor\\nInvalid settings\\n- ${PROJECT} › enabledPlugins.a.b.0: Invalid input\\n- ${PROJECT} › permissions.deny: Expected array");`;
  const client = doctorDoes(doctor);
  const value = { enabledPlugins: { "a.b": [5] }, permissions: { deny: "x" } };
  expect(await rejectedSettings(client, settings(value))).toEqual([
    {
      file: ".claude/settings.json",
      key: ["enabledPlugins", "a.b", "0"],
      message: "Invalid input",
      scope: "file",
    },
    { file: ".claude/settings.json", key: ["permissions", "deny"], message: "Expected array", scope: "file" },
  ]);
});

test("a part that is left out leaves the rest of the file in force", async () => {
  const doctor = `console.log('- ${PROJECT} › permissions.allow: Invalid permission rule "Bash(npm" was skipped: Malformed');`;
  const client = doctorDoes(doctor);
  expect(await rejectedSettings(client, settings({ permissions: { allow: ["Bash(npm"] } }))).toMatchObject([
    { key: ["permissions", "allow"], scope: "value" },
  ]);
});

test("a client that refuses to start for its managed settings has said what is wrong", async () => {
  const said = `${MANAGED}: Managed settings document could not be parsed as a JSON object`;
  const client = program(`#!/bin/sh\necho '${said}' >&2\nexit 1\n`);
  expect(await rejectedSettings(client, settings("{", MANAGED))).toEqual([
    {
      file: MANAGED,
      key: null,
      message: "Managed settings document could not be parsed as a JSON object",
      scope: "file",
    },
  ]);
});

test("a doctor that waits for a terminal is not waited for", async () => {
  const client = doctorDoes("setTimeout(() => {}, 60000);");
  expect(await rejectedSettings(client, settings({ permissions: { deny: "x" } }))).toHaveLength(1);
});

test("a client that crashes has said nothing about its settings", async () => {
  await expect(
    rejectedSettings(shellProgram("[ $1 = doctor ] && sleep 2; exit 3"), settings({})),
  ).rejects.toMatchObject({
    code: "client-crashed",
  });
});
