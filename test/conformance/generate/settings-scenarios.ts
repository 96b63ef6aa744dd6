import type { JsonObject } from "../../../src/model/json.ts";
import { PERMISSION_MODES, type PermissionMode } from "../../../src/model/permission.ts";
import { copied, type Lists, SETTINGS_SCOPES, type SettingsFile } from "../scenario.ts";
import { commandRule, WHOLE_BASH } from "./command-rules.ts";
import type { Drawn } from "./command-scenarios.ts";
import { plainCommand } from "./commands.ts";
import { compound } from "./compounds.ts";
import { fileCommand } from "./file-commands.ts";
import { anyRule, mixedCalls } from "./mixed-calls.ts";
import { moreDirectories } from "./paths.ts";
import type { Random } from "./random.ts";
import { redirected } from "./redirections.ts";
import { mixedLists, rulesOf } from "./rule-mix.ts";

/** One file with a mode, or a mode on the command line, and rules of all families. */
export function drawModes(random: Random, calls: number): Drawn {
  const commands = [plainCommand(random), plainCommand(random)];
  const lists = random.chance(0.2) ? {} : anyLists(random, commands);
  const mode = random.pick(PERMISSION_MODES);
  const onCommandLine = random.chance(0.5);
  const scope = random.pick(["project", "project", "user", "local"] as const);
  const permissions = { ...copied(lists), ...(onCommandLine ? {} : { defaultMode: mode }) };
  return {
    rules: {
      files: [{ scope, settings: { permissions } }],
      mode: onCommandLine ? mode : null,
      trusted: true,
    },
    calls: [
      ...mixedCalls(random, rulesOf(lists), commands, Math.ceil(calls * 0.6)),
      ...Array.from({ length: Math.floor(calls * 0.4) }, () => ({
        tool: "Bash",
        argument: modeLine(random),
      })),
    ],
  };
}

/** Command lines of which modes differ: file commands, writes, compounds of them. */
function modeLine(random: Random): string {
  const file = fileCommand(random, ["src/**", "*.md"]);
  return random.weighted(
    [4, () => file],
    [1, () => redirected(random, file)],
    [1, () => redirected(random, plainCommand(random))],
    [
      1,
      () =>
        compound(
          random,
          () => file,
          () => plainCommand(random),
        ),
    ],
    [1, () => plainCommand(random)],
  );
}

function anyLists(random: Random, commands: readonly string[]): Lists {
  const command = (): string => commandRule(random, random.pick(commands));
  return mixedLists(
    random,
    () => anyRule(random, command),
    () => random.pick([...WHOLE_BASH, "Bash", "Edit", "Write", "Read"]),
  );
}

/** Two to four files that say different things; not every folder is trusted. */
export function drawPrecedence(random: Random, calls: number): Drawn {
  const commands = [plainCommand(random), plainCommand(random)];
  const scopes = new Set(random.sample(SETTINGS_SCOPES, random.pick([1, 2, 2, 2, 3, 4])));
  const files = SETTINGS_SCOPES.filter((scope) => scopes.has(scope)).map(
    (scope): SettingsFile => ({ scope, settings: fileSettings(random, scope, commands) }),
  );
  const rules = files.flatMap((file) =>
    [...JSON.stringify(file.settings).matchAll(/"([A-Z][^"\\]*)"/g)].map((match) => match[1]!),
  );
  return {
    rules: {
      files,
      mode: random.chance(0.1) ? random.pick(PERMISSION_MODES) : null,
      trusted: random.chance(0.65),
    },
    calls: mixedCalls(random, rules, commands, calls),
  };
}

function fileSettings(random: Random, scope: SettingsFile["scope"], commands: readonly string[]): JsonObject {
  const sometimes = (probability: number, settings: () => JsonObject): JsonObject =>
    random.chance(probability) ? settings() : {};
  const permissions: JsonObject = {
    ...copied(anyLists(random, commands)),
    ...sometimes(0.2, () => ({ defaultMode: randomMode(random) })),
    ...moreDirectories(random),
    ...sometimes(0.06, () => ({ disableBypassPermissionsMode: "disable" })),
    ...sometimes(0.04, () => ({ blockReadsOutsideWorkingDirectories: true })),
    ...sometimes(0.04, () => ({ blockWritesOutsideWorkingDirectories: true })),
    ...sometimes(0.03, () => ({ denyInsteadOfPrompting: true })),
    ...sometimes(0.03, () => ({ unknownKey: true })),
    ...sometimes(0.04, () => random.pick(ODD_PERMISSIONS)),
  };
  return {
    ...sometimes(0.97, () => ({ permissions })),
    ...sometimes(scope === "managed" ? 0.25 : 0.03, () => ({ allowManagedPermissionRulesOnly: true })),
    ...sometimes(0.03, () => ({ somethingElse: "x" })),
    ...sometimes(0.02, () => random.pick(ODD_SETTINGS)),
  };
}

/** Of the wrong type, or empty: some are passed over, and some reject the whole file. */
const ODD_PERMISSIONS: readonly JsonObject[] = [
  { deny: "Bash(git push *)" },
  { allow: null },
  { ask: {} },
  { allow: [5, "Bash(git *)"] },
  { deny: ["Bash(git push *)", null] },
  { allow: [] },
  { deny: [""] },
  { defaultMode: "bogus" },
  { defaultMode: "manual" },
  { additionalDirectories: "/srv" },
  { additionalDirectories: [5] },
  { disableBypassPermissionsMode: true },
  { denyInsteadOfPrompting: "yes" },
];

const ODD_SETTINGS: readonly JsonObject[] = [
  { permissions: [] },
  { permissions: null },
  { permissions: {} },
  { env: 5 },
  { model: 5 },
  { env: { FOO: "1" } },
  { $schema: "https://json.schemastore.org/claude-code-settings.json" },
  { includeCoAuthoredBy: "x" },
  { cleanupPeriodDays: "x" },
];

function randomMode(random: Random): PermissionMode {
  return random.pick(PERMISSION_MODES);
}
