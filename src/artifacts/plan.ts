import { createHash } from "node:crypto";
import type { ArtifactState } from "../model/artifact-drift.ts";
import { assertNever } from "../model/assert-never.ts";
import type { JsonObject } from "../model/json.ts";
import { compareText } from "../model/order.ts";
import type { ClientFile, FileBeside, RenderedFiles, Withheld } from "./rendered.ts";
import { type BesideDigests, signatureOf, signText, unixLines } from "./signature.ts";
import { differing, joinedJson, jsonParts, membersOf, sameMembers } from "./signed-json.ts";
import { MANAGED_FILE, mayBeSigned, REQUEST_FILE, targetOf } from "./targets.ts";

/** What stands at a path. `because` goes on after the name of the file: "is a symbolic link". */
export type Found =
  | { kind: "none" }
  /** `executable`: where that is known. */
  | { kind: "file"; bytes: Uint8Array; executable?: boolean }
  | { kind: "blocked"; because: string };

/** One file of the plan. */
export interface PlannedFile {
  /** Relative to the project. */
  path: string;
  state: ArtifactState;
  /** More about the state, for people: what differs, or what is in the way. */
  because: string | null;
  /** Words of someone else would be lost. */
  loses: boolean;
  /** What stands there; null when there is nothing that could be read. */
  found: Uint8Array | null;
  /** What is to stand there: null when the file is to go. The same as `found` when nothing is to be done. */
  wanted: Uint8Array | null;
  executable: boolean;
  /** Keys of a JSON file that are not written, and are kept. */
  foreign: string[];
}

/**
 * What is to be done so that a project has exactly these files. `found` holds what stands at the paths of the files,
 * and every other file that may have been written before.
 */
export function planFiles(
  rendered: Pick<RenderedFiles, "files" | "beside" | "withheld">,
  found: ReadonlyMap<string, Found>,
): PlannedFile[] {
  const at = (path: string): Found => found.get(path) ?? { kind: "none" };
  const wanted = new Set([...rendered.files, ...rendered.beside].map(({ path }) => path));
  const formerly = formerlyBeside(found);
  const digests = digestsBeside(rendered.beside);
  const plans = [
    ...rendered.files.map((file) =>
      isJson(file.path)
        ? plannedJson(file, at(file.path))
        : plannedText(signedText(file, digests), file, at(file.path)),
    ),
    ...rendered.beside.map((file) => plannedBeside(file, at(file.path), formerly)),
    ...[...found]
      .filter(([path]) => !wanted.has(path))
      .flatMap(([path, what]) => leftover(path, what, formerly) ?? [])
      .map((file) => withheldAs(file, rendered.withheld)),
  ];
  return plans.sort((a, b) => compareText(a.path, b.path));
}

/** The file with its header, as it is written where nothing stands. */
export function signedFile(path: string, { files, beside }: Pick<RenderedFiles, "files" | "beside">): string {
  const file = files.find((one) => one.path === path)!;
  if (!isJson(path)) return signedText(file, digestsBeside(beside));
  return joinedJson(path, membersOf(path, JSON.parse(file.text) as JsonObject), { others: {}, around: {} })!;
}

function signedText({ path, text }: ClientFile, digests: ReadonlyMap<string, BesideDigests>): string {
  return path === REQUEST_FILE ? text : signText(path, text, digests.get(path));
}

/** Paths of the files that the headers of these say were written with them. */
export function namedBeside(path: string, text: string): string[] {
  const signature = isJson(path) ? null : signatureOf(path, text);
  return Object.keys(signature?.beside ?? {}).map((file) => directoryOf(path) + file);
}

/** Does the file say that it was written? */
export function isSigned(path: string, text: string): boolean {
  return isJson(path) ? (jsonParts(path, text)?.written ?? null) !== null : signatureOf(path, text) !== null;
}

function isJson(path: string): boolean {
  return path === MANAGED_FILE || targetOf(path) === "settings" || targetOf(path) === "mcp";
}

function plannedText(signed: string, { path, text }: ClientFile, found: Found): PlannedFile {
  const base = { path, wanted: bytesOf(signed), executable: false, foreign: [] };
  if (found.kind !== "file") return withoutFile(base, found);
  const stands = textOf(found.bytes);
  if (stands !== null && unixLines(stands) === unixLines(signed)) return fitting(base, found.bytes);
  const signature = stands === null ? null : signatureOf(path, stands);
  const says = stands !== null && [unixLines(text), unixLines(signed)].includes(unixLines(stands));
  if (signature === null)
    return { ...base, found: found.bytes, state: "by-hand", because: null, loses: !says };
  const same = signature.body === signatureOf(path, signed)?.body;
  return { ...base, found: found.bytes, ...writtenState(signature.intact, same) };
}

function plannedJson({ path, text }: ClientFile, found: Found): PlannedFile {
  const members = membersOf(path, JSON.parse(text) as JsonObject);
  const alone = bytesOf(joinedJson(path, members, { others: {}, around: {} })!);
  const base = { path, wanted: alone, executable: false, foreign: [] };
  if (found.kind !== "file") return withoutFile(base, found);
  const stands = textOf(found.bytes);
  const parts = stands === null ? null : jsonParts(path, stands);
  if (parts === null) {
    const because = "is no JSON that the client would read";
    return { ...base, found: found.bytes, state: "by-hand", because, loses: true };
  }
  const { written, others, around } = parts;
  const clash = differing(members, others);
  const foreign = [
    ...Object.keys(others).filter((key) => !Object.hasOwn(members, key)),
    ...Object.keys(around),
  ];
  const merged = { ...base, wanted: bytesOf(joinedJson(path, members, parts)!), foreign, found: found.bytes };
  const because = clash.length === 0 ? null : `says otherwise: ${clash.join(", ")}`;
  if (written === null) return { ...merged, state: "by-hand", because, loses: clash.length > 0 };
  const same = sameMembers(members, written.members);
  if (same && written.intact) return { ...fitting(merged, found.bytes), foreign };
  if (clash.length > 0) return { ...merged, state: "edited", because, loses: true };
  return { ...merged, ...writtenState(written.intact, same) };
}

function plannedBeside(file: FileBeside, found: Found, formerly: ReadonlyMap<string, string>): PlannedFile {
  const { path, bytes, executable } = file;
  const base = { path, wanted: bytes, executable, foreign: [] };
  if (found.kind !== "file") return withoutFile(base, found);
  if (Buffer.compare(found.bytes, bytes) === 0) {
    if (found.executable === undefined || found.executable === executable) return fitting(base, found.bytes);
    const because = executable ? "cannot be executed" : "can be executed";
    return { ...base, found: found.bytes, state: "stale", because, loses: false };
  }
  if (!formerly.has(path))
    return { ...base, found: found.bytes, state: "by-hand", because: null, loses: true };
  return { ...base, found: found.bytes, ...writtenState(formerly.get(path) === sha256(found.bytes), false) };
}

/** A file that was written and is rendered no more; null for one that was never written. */
function leftover(path: string, what: Found, formerly: ReadonlyMap<string, string>): PlannedFile | null {
  if (what.kind !== "file") return null;
  const base = { path, found: what.bytes, executable: false, because: null, foreign: [] };
  const gone = (intact: boolean, wanted: Uint8Array | null = null, foreign: string[] = []): PlannedFile => ({
    ...base,
    wanted,
    foreign,
    state: intact ? "leftover" : "edited-leftover",
    loses: !intact,
  });
  const digest = formerly.get(path);
  if (digest !== undefined) return gone(digest === sha256(what.bytes));
  const text = textOf(what.bytes);
  if (text === null || !mayBeSigned(path)) return null;
  if (!isJson(path)) {
    const signature = signatureOf(path, text);
    return signature === null ? null : gone(signature.intact);
  }
  const parts = jsonParts(path, text);
  if (parts === null || parts.written === null) return null;
  const kept = joinedJson(path, {}, parts);
  const foreign = [...Object.keys(parts.others), ...Object.keys(parts.around)];
  return gone(parts.written.intact, kept === null ? null : bytesOf(kept), foreign);
}

/** Whether a file is to go cannot be said where something is to stand there that is not known. */
function withheldAs(file: PlannedFile, withheld: readonly Withheld[]): PlannedFile {
  const { path, found } = file;
  const held = withheld.find(
    (one) => one.path === path || (one.path.endsWith("/SKILL.md") && path.startsWith(directoryOf(one.path))),
  );
  if (held === undefined) return file;
  return { ...file, state: "unknown", because: held.reason, loses: false, wanted: found };
}

type Base = Pick<PlannedFile, "path" | "wanted" | "executable" | "foreign">;

function withoutFile(base: Base, found: Exclude<Found, { kind: "file" }>): PlannedFile {
  switch (found.kind) {
    case "none":
      return { ...base, found: null, state: "missing", because: null, loses: false };
    case "blocked":
      return { ...base, found: null, state: "blocked", because: found.because, loses: false };
    default:
      return assertNever(found);
  }
}

function fitting(base: Base, found: Uint8Array): PlannedFile {
  return { ...base, found, wanted: found, state: "fits", because: null, loses: false };
}

/** Of a file with a header that does not stand as it would be written. */
function writtenState(
  intact: boolean,
  saysTheSame: boolean,
): Pick<PlannedFile, "state" | "because" | "loses"> {
  if (intact) return { state: "stale", because: null, loses: false };
  return { state: "edited", because: null, loses: !saysTheSame };
}

/** SHA-256 of the files beside each text that names them, by the path of that text. */
function digestsBeside(files: readonly FileBeside[]): Map<string, BesideDigests> {
  const found = new Map<string, Record<string, string>>();
  for (const { path, of, bytes } of files) {
    const digests = found.get(of) ?? {};
    digests[path.slice(directoryOf(of).length)] = sha256(bytes);
    found.set(of, digests);
  }
  return found;
}

/** SHA-256 of files that were written beside a text, as its header says. */
function formerlyBeside(found: ReadonlyMap<string, Found>): Map<string, string> {
  return new Map(
    [...found].flatMap(([path, what]) => {
      const text = what.kind === "file" && path.endsWith("/SKILL.md") ? textOf(what.bytes) : null;
      const beside = text === null ? {} : (signatureOf(path, text)?.beside ?? {});
      return Object.entries(beside).map(([file, digest]): [string, string] => [
        directoryOf(path) + file,
        digest,
      ]);
    }),
  );
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
