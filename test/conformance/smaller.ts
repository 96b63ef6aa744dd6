import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import type { Call } from "../../src/model/permission.ts";
import type { RuleSet, SettingsFile } from "./scenario.ts";

/** Ways to make a rule set or a call smaller. */

/** Nothing at all, and each rule alone. */
export function muchSmallerRuleSets(rules: RuleSet): RuleSet[] {
  const nothing = { ...rules, files: [] };
  return other(rules, [{ files: [], mode: null, trusted: true }, nothing, ...singleRules(rules)]);
}

/** Without one file, setting or rule. */
export function smallerRuleSets(rules: RuleSet): RuleSet[] {
  const { files } = rules;
  const candidates: RuleSet[] = [
    ...(rules.mode === null ? [] : [{ ...rules, mode: null }]),
    ...(rules.trusted ? [] : [{ ...rules, trusted: true }]),
    ...files.map((_, index) => ({ ...rules, files: files.filter((_, at) => at !== index) })),
    ...files.flatMap((file, index) =>
      smallerObjects(file.settings).map((settings) => ({
        ...rules,
        files: replaced(files, index, settings),
      })),
    ),
    ...files.flatMap((file, index) =>
      file.scope === "project" || files.some((other) => other.scope === "project")
        ? []
        : [
            {
              ...rules,
              files: files.map((one, at) => (at === index ? { ...one, scope: "project" as const } : one)),
            },
          ],
    ),
  ];
  return other(rules, candidates);
}

/** Each once, without the rule set itself. */
function other(rules: RuleSet, candidates: readonly RuleSet[]): RuleSet[] {
  const own = JSON.stringify(rules);
  const distinct = new Map(candidates.map((candidate) => [JSON.stringify(candidate), candidate]));
  return [...distinct].filter(([text]) => text !== own).map(([, candidate]) => candidate);
}

function replaced(files: readonly SettingsFile[], index: number, settings: JsonObject): SettingsFile[] {
  return files.map((file, at) => (at === index ? { ...file, settings } : file));
}

/** Each rule of the set alone, with the mode it stood under. */
function singleRules(rules: RuleSet): RuleSet[] {
  return rules.files.flatMap((file) => {
    const permissions = isJsonObject(file.settings.permissions) ? file.settings.permissions : {};
    return Object.entries(permissions).flatMap(([key, value]) =>
      (Array.isArray(value) ? value : []).map((item) => ({
        ...rules,
        files: [{ scope: file.scope, settings: { permissions: { [key]: [item] } } }],
      })),
    );
  });
}

/** Without one member, or without one element of a member; two levels deep. */
function smallerObjects(object: JsonObject, depth = 2): JsonObject[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const { [key]: _, ...without } = object;
    return [without, ...smallerValues(value, depth).map((smaller) => ({ ...object, [key]: smaller }))];
  });
}

function smallerValues(value: Json, depth: number): Json[] {
  if (Array.isArray(value) && value.length > 1)
    return value.map((_, index) => value.filter((_, at) => at !== index));
  return isJsonObject(value) && depth > 1 ? smallerObjects(value, depth - 1) : [];
}

/** At most `most`, so that the candidates of one round fit into a session. */
export function smallerCalls(call: Call, most: number): Call[] {
  const { parameters, ...bare } = call;
  const withoutParameters = Object.keys(parameters ?? {}).map((name): Call => {
    const { [name]: _, ...rest } = parameters!;
    return Object.keys(rest).length === 0 ? bare : { ...bare, parameters: rest };
  });
  const shorter = smallerTexts(call.argument, most).map((argument) => ({ ...call, argument }));
  return [...withoutParameters, ...shorter].slice(0, most);
}

/** Shorter texts: without a run of words, without a character; then plainer ones of the same length. */
function smallerTexts(text: string, most: number): string[] {
  const candidates: string[] = [];
  const words = text.split(/(?<=\s)|(?=\s)|(?<=[/.])|(?=[/.])/);
  for (let size = Math.ceil(words.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at + size <= words.length && candidates.length < most; at += Math.max(1, size >> 1)) {
      candidates.push([...words.slice(0, at), ...words.slice(at + size)].join(""));
    }
  }
  for (let size = text.length >> 1; size > 8; size >>= 1) {
    for (let at = 0; at < text.length; at += size) candidates.push(text.slice(0, at) + text.slice(at + size));
  }
  // Characters that mean something go first: what is left is the shape of the call.
  const characters = [...text].map((character, at) => ({ character, at }));
  characters.sort((a, b) => Number(/\w/.test(a.character)) - Number(/\w/.test(b.character)));
  for (const { at } of characters.slice(0, most)) candidates.push(text.slice(0, at) + text.slice(at + 1));
  for (const word of new Set(text.match(/[A-Za-z][\w-]*/g) ?? [])) {
    if (word.length > 1) candidates.push(text.replace(word, "a"));
  }
  return [...new Set(candidates)].filter((candidate) => candidate !== text).slice(0, most);
}

/** How much there is to read. */
export function sizeOf(rules: RuleSet, call: Call): number {
  const settings =
    JSON.stringify(rules.files).length + (rules.mode === null ? 0 : 20) + (rules.trusted ? 0 : 20);
  return settings + call.argument.length + JSON.stringify(call.parameters ?? {}).length;
}
