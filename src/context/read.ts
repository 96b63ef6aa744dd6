import type { RawDerivation, RawPath, RawSet, RawValue } from "../model/raw-value.ts";

/*
 * Reading a raw value without trusting its shape. What has the wrong kind reads as absent: the schema has already
 * said so with its path, and what is right beside it is still normalised.
 */

export function asSet(raw: RawValue | undefined): RawSet | undefined {
  return raw?.kind === "set" ? raw : undefined;
}

export function entriesOf(raw: RawValue | undefined): [name: string, value: RawValue][] {
  return raw?.kind === "set" ? Object.entries(raw.entries) : [];
}

export function entryOf(raw: RawValue | undefined, key: string): RawValue | undefined {
  return raw?.kind === "set" && Object.hasOwn(raw.entries, key) ? raw.entries[key] : undefined;
}

export function itemsOf(raw: RawValue | undefined): RawValue[] {
  return raw?.kind === "list" ? raw.items : [];
}

/** A string, or a set that Nix itself turns into one. */
export function stringOf(raw: RawValue | undefined): string | undefined {
  if (raw?.kind === "string-like") return raw.text;
  return raw?.kind === "scalar" && typeof raw.value === "string" ? raw.value : undefined;
}

export function stringsOf(raw: RawValue | undefined): string[] {
  return itemsOf(raw)
    .map(stringOf)
    .filter((text) => text !== undefined);
}

export function booleanOf(raw: RawValue | undefined): boolean | undefined {
  return raw?.kind === "scalar" && typeof raw.value === "boolean" ? raw.value : undefined;
}

export function numberOf(raw: RawValue | undefined): number | undefined {
  return raw?.kind === "scalar" && typeof raw.value === "number" ? raw.value : undefined;
}

/**
 * Text where a path may stand for it: a path is read. A file that cannot be compared as text stands as its symbolic
 * path with the hash of its bytes, so that a change of it is still seen.
 */
export function textOf(raw: RawValue | undefined): string | undefined {
  if (raw?.kind !== "path") return stringOf(raw);
  const content = raw.content;
  if (content.kind !== "file") return undefined;
  return content.text ?? `${raw.path} (sha256:${content.sha256})`;
}

/** `ripgrep` for `ripgrep-14.1.0`: the name ends where a dash is followed by something that is not a letter. */
export function packageName(derivation: RawDerivation): string {
  return derivation.pname ?? derivation.name.replace(/-[^a-zA-Z].*$/, "");
}

/** What running the package runs, as `lib.getExe` decides it. */
export function packageProgram(derivation: RawDerivation): string {
  return derivation.mainProgram ?? packageName(derivation);
}

/** Last step of a symbolic path: `review` of `./skills/review`, `<standards>/skills/review`. */
export function lastStep(path: RawPath): string {
  return path.path.replace(/\/+$/, "").split("/").at(-1) ?? "";
}
