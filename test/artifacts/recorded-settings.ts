import { readFileSync } from "node:fs";
import type { Json } from "../../src/model/json.ts";

/** One value that a client was given for a key of its settings file, and whether the file counted. */
export interface RecordedValue {
  client: string;
  /** `sandbox.network.allowedDomains`. */
  key: string;
  value: Json;
  kept: boolean;
}

type Recorded = Record<string, Record<string, { kept: Json[]; dropped: Json[] }>>;

export function recordedSettings(): RecordedValue[] {
  const url = new URL("../recorded/client-settings.json", import.meta.url);
  const recorded = JSON.parse(readFileSync(url, "utf8")) as Recorded;
  return Object.entries(recorded).flatMap(([client, keys]) =>
    Object.entries(keys).flatMap(([key, { kept, dropped }]) => [
      ...kept.map((value) => ({ client, key, value, kept: true })),
      ...dropped.map((value) => ({ client, key, value, kept: false })),
    ]),
  );
}

/** A settings file, or a part of one, with one value under its key. */
export function withKey(key: string, value: Json): Json {
  return key.split(".").reduceRight<Json>((inner, step) => ({ [step]: inner }), value);
}
