import type { RejectedSetting, SessionFile, SessionRequest } from "../model/client-session.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { ProcessEnd } from "../system/process.ts";
import type { Client } from "./find-client.ts";
import { absoluteIn, BOX_PLACE, MANAGED_DIRECTORY } from "./place.ts";
import { runClient, SESSION_DEFAULTS, type SessionOptions } from "./run-client.ts";
import { scriptedModel } from "./scripted-model.ts";
import { clientArguments, failureOfRun } from "./session.ts";
import { distinct, type SettingsWord, settingsWords } from "./settings-words.ts";

/**
 * Which settings of a request the client does not take. In a session it says nothing of it: a file with a wrong type in
 * it is dropped with all its allow and deny rules. So each file is given to the client alone, with a model in it that
 * shows in the first request; and `claude doctor`, which newer versions run without a terminal, is asked for words.
 * Where there are none, the key is found by leaving out halves.
 * @throws ClientError as `runSession`
 */
export async function rejectedSettings(
  client: Client,
  request: SessionRequest,
  options: Partial<SessionOptions> = {},
): Promise<RejectedSetting[]> {
  const asker = new Asker(client, { ...SESSION_DEFAULTS, ...options });
  const files = request.files.filter(({ path }) => isSettings(pathOf(path)));
  if (files.length === 0) return [];
  const doctor = asker.doctor(files);
  const sessions = files.map((file) => asker.alone(file, objectIn(file.text)));
  // Whatever fails, the others are waited for: nothing is left running.
  await Promise.allSettled([doctor, ...sessions]);
  const told = await doctor;
  const alone = await Promise.all(sessions);
  const rejected: RejectedSetting[] = [];
  for (const [index, file] of files.entries()) {
    const { taken, words } = alone[index]!;
    const said = distinct([...words, ...told]).filter((word) => word.file === pathOf(file.path));
    const found = said.map((word) => rejectionOf(file, word, taken));
    if (!taken && !found.some(({ scope }) => scope === "file"))
      found.push(...(await withoutWords(asker, file)));
    rejected.push(...found);
  }
  return rejected;
}

function isSettings(path: string): boolean {
  const { home, project } = BOX_PLACE;
  return (
    path === `${home}/.claude/settings.json` ||
    path === `${project}/.claude/settings.json` ||
    path === `${project}/.claude/settings.local.json` ||
    (path.startsWith(`${MANAGED_DIRECTORY}/`) && path.endsWith(".json"))
  );
}

function pathOf(path: string): string {
  return absoluteIn(BOX_PLACE, path);
}

function objectIn(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Said of a part that is left out while the rest is kept. */
const PARTIAL = /was (?:present but invalid|skipped|ignored|removed)/;

function rejectionOf(file: SessionFile, word: SettingsWord, taken: boolean): RejectedSetting {
  return {
    file: file.path,
    key: word.key === null ? null : keysOf(word.key, objectIn(file.text)),
    message: word.message,
    scope: taken || PARTIAL.test(word.message) ? "value" : "file",
  };
}

/** The client puts dots between keys, and keys have dots themselves: the longest key that is there wins. */
function keysOf(dotted: string, value: Json | null): string[] {
  const parts = dotted.split(".");
  const keys: string[] = [];
  let at: Json | undefined = value ?? undefined;
  while (parts.length > 0) {
    const holder: Json | undefined = at;
    let length = parts.length;
    while (length > 1 && memberOf(holder, parts.slice(0, length).join(".")) === undefined) length--;
    const key = parts.splice(0, length).join(".");
    keys.push(key);
    at = memberOf(holder, key);
  }
  return keys;
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

const SILENT = "The client drops this file and does not say why";

async function withoutWords(asker: Asker, file: SessionFile): Promise<RejectedSetting[]> {
  const settings = objectIn(file.text);
  const whole = { file: file.path, scope: "file" as const };
  if (settings === null) return [{ ...whole, key: null, message: `${SILENT}: it is no JSON object.` }];
  const keys = await keysAtFault(asker, file, settings, []);
  if (keys.length === 0) return [{ ...whole, key: null, message: `${SILENT}.` }];
  return keys.map((key) => ({ ...whole, key, message: `${SILENT}; without this key it takes it.` }));
}

/** Deeper than `permissions.deny` there is little to gain and a session each to pay. */
const MAX_KEY_DEPTH = 2;

/** @param within keys that lead to `value`. */
async function keysAtFault(
  asker: Asker,
  file: SessionFile,
  value: JsonObject,
  within: readonly string[],
): Promise<string[][]> {
  /** @param known these keys together are known to be at fault: one of them is. */
  const faulty = async (keys: readonly string[], known: boolean): Promise<string[][]> => {
    if (keys.length === 0) return [];
    const part = Object.fromEntries(keys.map((key) => [key, value[key]!]));
    const settings = within.reduceRight<JsonObject>((inner, key) => ({ [key]: inner }), part);
    if (!known && (await asker.alone(file, settings)).taken) return [];
    if (keys.length > 1) {
      const half = Math.ceil(keys.length / 2);
      const first = await faulty(keys.slice(0, half), false);
      return [...first, ...(await faulty(keys.slice(half), first.length === 0))];
    }
    const path = [...within, keys[0]!];
    const inner = value[keys[0]!]!;
    if (path.length >= MAX_KEY_DEPTH || !isJsonObject(inner)) return [path];
    const deeper = await keysAtFault(asker, file, inner, path);
    return deeper.length > 0 ? deeper : [path];
  };
  return faulty(Object.keys(value), true);
}

/** Shows in the requests when the file that names it counts. */
const SENTINEL = "claude-nixclaude-was-here";
/** `claude doctor` of versions that want a terminal never ends without one. */
const DOCTOR_TIMEOUT_MS = 5000;

class Asker {
  readonly #client: Client;
  readonly #options: SessionOptions;

  constructor(client: Client, options: SessionOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Does the file count when it says this? Text that is no JSON object is given as it is. */
  async alone(
    file: SessionFile,
    settings: JsonObject | null,
  ): Promise<{ taken: boolean; words: SettingsWord[] }> {
    const text = settings === null ? file.text : JSON.stringify(withSentinel(settings));
    const request = requestFor([{ path: file.path, text }]);
    const run = await runClient(
      this.#client,
      request,
      clientArguments(request),
      () => scriptedModel([]),
      this.#options,
    );
    const words = settingsWords(linesOf(run.end), [pathOf(file.path)]);
    // Settings that take every tool away are taken settings, too.
    const asked = run.model.firstRequest() ?? run.model.lastRequest();
    // A client that says what is wrong with the file and stops has answered the question.
    if (asked === null && words.length === 0)
      throw failureOfRun(run, !this.#options.allowNetwork, this.#client);
    return { taken: asked?.model === SENTINEL, words };
  }

  async doctor(files: readonly SessionFile[]): Promise<SettingsWord[]> {
    const { end } = await runClient(this.#client, requestFor(files), ["doctor"], () => scriptedModel([]), {
      ...this.#options,
      timeoutMs: Math.min(this.#options.timeoutMs, DOCTOR_TIMEOUT_MS),
    });
    return settingsWords(
      linesOf(end),
      files.map(({ path }) => pathOf(path)),
    );
  }
}

function requestFor(files: readonly SessionFile[]): SessionRequest {
  return { files, mode: null, trusted: true, mcpServers: {}, calls: [] };
}

function linesOf(end: ProcessEnd): string[] {
  return [...("stdout" in end ? end.stdout.split("\n") : []), ...("stderr" in end ? end.stderr : [])];
}

/** The same settings with the sentinel in every place that chooses a model; what has a wrong type stays wrong. */
function withSentinel(settings: JsonObject): JsonObject {
  const { model, env, availableModels } = settings;
  return {
    ...settings,
    ...(model === undefined || typeof model === "string" ? { model: SENTINEL } : {}),
    ...(isJsonObject(env) ? { env: { ...env, ANTHROPIC_MODEL: SENTINEL } } : {}),
    ...(Array.isArray(availableModels) ? { availableModels: [...availableModels, SENTINEL] } : {}),
  };
}
