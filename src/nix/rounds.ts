import { randomBytes } from "node:crypto";
import { assertNever } from "../model/assert-never.ts";
import { EvaluationError } from "../model/errors.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { ProcessEnd } from "../system/process.ts";
import { caughtFailures, type Failure } from "./decode.ts";
import { classify, errorOfEnd, placeOfError, shorten, wholeError } from "./errors.ts";
import type { HybridFailures } from "./hybrid-failures.ts";
import { frameLabel, type NixLog, readLog } from "./log.ts";
import type { Symbols } from "./symbols.ts";
import { nixString } from "./tool-flake.ts";

/** Values that end the process are skipped one by one; a context with more of them is refused. */
const MAX_FATAL_ROUNDS = 16;
/** Each caught failure costs a run to read its message; the rest stay without words. */
const MAX_MESSAGE_ROUNDS = 8;

export interface RoundOptions {
  /** Reference of the tool flake. */
  tool: string;
  /** Runs one expression with the limits and the environment of this evaluation. */
  run(expression: string): Promise<ProcessEnd>;
  timeoutMs: number;
  /** What is evaluated beside the flakes, and leaves them alone. */
  hybrids: HybridFailures;
  /** Gives the runs to come as much time as the first one had. */
  renewDeadline(): void;
  /** Made when first needed: it takes a run of its own as long as no evaluation has succeeded. */
  symbols(): Promise<Symbols>;
  debug: boolean;
  /** Throws when the version is the reason why nothing works. */
  refuseOldVersion(): Promise<void>;
  /** A label of an error frame in words: "the flake in HEAD". */
  describe(label: string): string;
}

export interface RoundResult {
  output: JsonObject;
  failures: Map<string, Failure>;
}

/**
 * Evaluates the tool flake. A value that ends the process is found by its error frame, skipped, and the run repeated,
 * so that one broken value hides no other. What ends a process with hybrids in it is asked for again without them.
 * @throws EvaluationError when the failure cannot be laid on a single value, or there are too many.
 */
export async function evaluateInRounds(options: RoundOptions): Promise<RoundResult> {
  const { hybrids } = options;
  const failures = new Map<string, Failure>();
  for (let round = 0; ; ) {
    const attempt = await evaluateOnce(options, failures, { catchThrows: true, hybrids: hybrids.included });
    switch (attempt.kind) {
      case "value":
        await readMessages(options, attempt.output, failures);
        return { output: attempt.output, failures };
      case "ended":
        if (!hybrids.included || NOT_OF_EVALUATED_CODE.has(attempt.error.code)) throw attempt.error;
        hybrids.failAll({ code: attempt.error.code, because: attempt.error.message });
        options.renewDeadline();
        break;
      case "failed": {
        const { place, failure } = attempt;
        const taken = hybrids.absorb(place, worded(options, place, failure), failures.has(place));
        if (taken === "hybrid") break;
        if (taken === null) {
          if (!isOfValue(place, failure)) throw attempt.error();
          if (round++ >= MAX_FATAL_ROUNDS || failures.has(place)) throw tooMany(options, failures);
        }
        failures.set(place, failure);
        break;
      }
      default:
        assertNever(attempt);
    }
  }
}

/** Ends that no expression brings about: without hybrids it would be the same. */
const NOT_OF_EVALUATED_CODE = new Set(["nix-missing", "nix-too-old", "cache-unwritable"]);

/** An input is named; of the hybrid itself, its id says enough. */
function worded({ describe }: RoundOptions, place: string, failure: Failure): Failure {
  const subject = describe(place);
  return subject === ""
    ? failure
    : { ...failure, message: `${subject} did not evaluate: ${failure.message}` };
}

type Attempt =
  | { kind: "value"; output: JsonObject }
  | { kind: "failed"; place: string; failure: Failure; error: () => EvaluationError }
  /** By a limit, from outside, or by an error that no frame places. */
  | { kind: "ended"; error: EvaluationError };

/** What is on the disk or in reach decides about these: they are no faults of a value. */
const NO_FAULTS = ["fetch-failed", "hash-mismatch", "disk-full", "evaluation-memory"];

function isOfValue(place: string, { code }: Failure): boolean {
  return place.includes(":") && !NO_FAULTS.includes(code);
}

async function evaluateOnce(
  options: RoundOptions,
  skipped: ReadonlyMap<string, Failure>,
  { catchThrows, hybrids }: { catchThrows: boolean; hybrids: boolean },
): Promise<Attempt> {
  const token = randomBytes(12).toString("hex");
  const places = [...skipped.keys(), ...options.hybrids.skipped()];
  const skip = JSON.stringify(Object.fromEntries(places.map((place) => [place, true])));
  const words = `token = "${token}"; catch = ${catchThrows}; hybrids = ${hybrids}; skip = builtins.fromJSON ${nixString(skip)};`;
  const end = await options.run(
    `((builtins.getFlake ${nixString(options.tool)}).result { ${words} }).evaluation`,
  );
  if (end.kind === "exited" && end.status === 0) {
    return { kind: "value", output: parseOutput(end.stdout) };
  }
  const log = readLog(end.kind === "not-started" ? [] : end.stderr);
  const error = errorOfEnd(end, log, options.timeoutMs);
  return error === null ? blame(options, log, token) : { kind: "ended", error };
}

function parseOutput(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch (cause) {
    throw new EvaluationError("evaluation-output", "Nix printed what is not JSON", {
      hint: "A value of the context cannot be printed; look for unusual numbers or characters in it.",
      cause,
    });
  }
}

/** Finds the value an error belongs to by the innermost frame of this run. */
async function blame(options: RoundOptions, log: NixLog, token: string): Promise<Attempt> {
  const symbols = await options.symbols();
  const error = log.errors.at(-1) ?? null;
  const label = error === null ? null : frameLabel(error, token);
  if (label === null) await options.refuseOldVersion();
  if (error === null || label === null) {
    return { kind: "ended", error: wholeError(options.describe(""), error, log, symbols, options.debug) };
  }
  const message = symbols.text(error.message);
  const position = placeOfError(error, symbols);
  const { code, hint } = classify(message);
  const failure = { code, message: shorten(message), ...(position === null ? {} : { position }) };
  return {
    kind: "failed",
    place: label,
    failure,
    error: () =>
      label.includes(":")
        ? new EvaluationError(code, `${options.describe(label)} did not evaluate: ${shorten(message)}`, {
            hint,
          })
        : wholeError(options.describe(label), error, log, symbols, options.debug),
  };
}

/** What a throw or an assertion says is known only when it is not caught. */
async function readMessages(
  options: RoundOptions,
  output: Json,
  failures: Map<string, Failure>,
): Promise<void> {
  let left = caughtIn(output).length;
  const skipped = new Map(failures);
  for (let round = 0; round < MAX_MESSAGE_ROUNDS && left > 0; round++, left--) {
    const attempt = await evaluateOnce(options, skipped, { catchThrows: false, hybrids: false });
    if (attempt.kind === "value") return;
    if (attempt.kind === "ended") throw attempt.error;
    if (!isOfValue(attempt.place, attempt.failure)) throw attempt.error();
    skipped.set(attempt.place, attempt.failure);
    failures.set(attempt.place, attempt.failure);
  }
}

function caughtIn(output: Json): string[] {
  const { flakes, nodes } = output as { flakes: JsonObject; nodes: JsonObject };
  return [...Object.entries(flakes), ...Object.entries(nodes)].flatMap(([label, value]) => {
    const { context, inputs } = value as { context: JsonObject; inputs?: JsonObject };
    const below = Object.entries(inputs ?? {}).flatMap(([name, input]) =>
      caughtFailures((input as { context: JsonObject }).context.node ?? null, `${label}/${name}`),
    );
    return [...caughtFailures(context.node ?? null, label), ...below];
  });
}

function tooMany(options: RoundOptions, failures: ReadonlyMap<string, Failure>): EvaluationError {
  const lines = [...failures].map(([place, { message }]) => `${options.describe(place)}: ${message}`);
  return new EvaluationError(
    "evaluation-failed",
    `more than ${MAX_FATAL_ROUNDS} values did not evaluate, among them ${lines[0]}`,
    { hint: "Mend these first; there may be more.", details: lines },
  );
}
