import type { EvaluationPlan, ForeignEvaluation, HybridEvaluation, SideEvaluation } from "../check/ports.ts";
import { EvaluationError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import type { Position } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import { Contents } from "./contents.ts";
import { staleInputs } from "./declared.ts";
import { type DecodeOptions, decodePosition, decodeValue } from "./decode.ts";
import { decodeDefinitions } from "./definitions.ts";
import type { DriverOutput, FlakeOutput } from "./driver-output.ts";
import { formatPlace } from "./errors.ts";
import type { PlannedFlake } from "./flakes.ts";
import { withCheckDefinitions } from "./function-definitions.ts";
import type { PlannedHybrid } from "./hybrids.ts";
import { refineListPositions } from "./list-positions.ts";
import { subjectOf } from "./names.ts";
import type { RoundResult } from "./rounds.ts";
import type { NixRunner } from "./session.ts";
import { readInTree, sourceReader } from "./source-texts.ts";
import type { Symbols } from "./symbols.ts";
import type { ToolFlake } from "./tool-flake.ts";

/** What `flake.nix` says of itself. */
interface Declarations {
  nixConfig: RawValue | null;
  declaredInputs: RawValue;
}

/** Reads what driver.nix printed. */
export class ResultReader {
  readonly #nix: NixRunner;
  readonly #output: DriverOutput;
  readonly #tool: ToolFlake;
  readonly #decoding: DecodeOptions;
  readonly #foreign = new Map<string, ForeignEvaluation>();
  readonly #declarations = new Map<string, Declarations>();
  /** Contexts by label of the flake. */
  readonly #values = new Map<string, RawValue>();

  constructor(
    plan: EvaluationPlan,
    nix: NixRunner,
    { output, failures }: RoundResult,
    symbols: Symbols,
    tool: ToolFlake,
    limitsHit: Set<string>,
  ) {
    this.#nix = nix;
    this.#output = output as unknown as DriverOutput;
    this.#tool = tool;
    this.#decoding = {
      symbols,
      failures,
      contents: new Contents(nix.store.physicalRoot, plan.limits.comparedTextBytes),
      maxValues: plan.limits.contextValues,
      limitsHit,
    };
  }

  /** @throws EvaluationError when what is locked is not what the flake asks for. */
  refuseStale(flake: PlannedFlake): void {
    const { unlocked, declared } = this.#flake(flake);
    if (flake.lock === null && unlocked.length > 0) {
      throw new EvaluationError(
        "lock-missing",
        `${subjectOf(flake)} has inputs (${unlocked.join(", ")}) and no flake.lock`,
        {
          hint: "Run `nix flake lock` and commit flake.lock.",
        },
      );
    }
    const changed =
      flake.lock === null || flake.entry.native !== null
        ? []
        : staleInputs(this.#declared(flake, declared), flake.lock);
    const stale = [...new Set([...unlocked, ...changed])].sort();
    if (stale.length === 0) return;
    throw new EvaluationError(
      "lock-stale",
      `flake.lock of ${subjectOf(flake)} is out of date for ${stale.join(", ")}`,
      {
        hint: "Run `nix flake lock` and commit flake.lock.",
      },
    );
  }

  /** A file that Nix has hashed could not be read here: its text is missing by accident, not by its nature. */
  hasUnreadFiles(): boolean {
    return this.#decoding.contents.incomplete;
  }

  side(flake: PlannedFlake): SideEvaluation {
    const output = this.#flake(flake);
    const { label } = flake.entry;
    const declarations = this.#declarationsOf(flake, output);
    this.#declarations.set(label, declarations);
    if (output.context.present !== true) return { kind: "absent", reason: "no-attribute" };
    const { value, ...place } = this.#present(output.context, label, output.root);
    this.#values.set(label, value);
    return {
      kind: "present",
      value,
      ...place,
      ...declarations,
      inputs: this.#inputs(label, output),
      ...this.#definitions(label, output),
    };
  }

  /** Where modules defined what the context holds, if the flake tells. */
  #definitions(label: string, { definitions }: FlakeOutput): { definitions?: RawValue[] } {
    if (definitions === null || definitions === undefined) return {};
    const { physicalRoot } = this.#nix.store;
    const read = (path: string) =>
      readInTree(path.startsWith(`${physicalRoot}/`) ? path : physicalRoot + path);
    return { definitions: decodeDefinitions(definitions, `${label}#options`, this.#decoding, read) };
  }

  /** To be asked for after the sides, of those that did not fail. */
  hybrid(flake: PlannedHybrid): HybridEvaluation {
    const output = this.#output.hybrids?.[flake.entry.label];
    if (!output) return { kind: "not-needed" };
    if (output.unlocked.length > 0) return unlocked(output.unlocked);
    try {
      return { kind: "evaluated", evaluation: this.#hybridSide(flake, output) };
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return { kind: "failed", code: error.code, because: error.message };
    }
  }

  #hybridSide(flake: PlannedHybrid, output: FlakeOutput): SideEvaluation {
    const { context } = output;
    const { label, like } = flake.entry;
    if (context.present !== true) return { kind: "absent", reason: "no-attribute" };
    // What is cut in a hybrid is no news of the sides.
    const decoding = { ...this.#decoding, limitsHit: new Set<string>() };
    const value =
      typeof context.same === "string"
        ? this.#values.get(context.same)!
        : decodeValue(context.node ?? null, label, decoding);
    const declarations = like === null ? this.#declarationsOf(flake, output) : this.#declarations.get(like)!;
    if (flake.mustFit) refuseMisfit(flake, declarations.declaredInputs);
    return { kind: "present", value, ...declarations, inputs: this.#inputs(label, output) };
  }

  #inputs(label: string, { inputs }: FlakeOutput): Record<string, ForeignEvaluation> {
    return Object.fromEntries([
      ...[...(this.#tool.inputNodes.get(label) ?? [])].map(
        ([name, key]) => [name, this.#node(name, key)] as const,
      ),
      ...Object.entries(inputs).map(
        ([name, input]) =>
          [name, this.#foreignValue(`input ${name}`, input.context, `${label}/${name}`, input.root)] as const,
      ),
    ]);
  }

  #declarationsOf(flake: PlannedFlake, { nixConfig, declared }: FlakeOutput): Declarations {
    return {
      nixConfig: nixConfig === null ? null : this.#nixConfig(flake, nixConfig),
      declaredInputs: this.#declared(flake, declared),
    };
  }

  #declared({ entry }: PlannedFlake, declared: JsonObject): RawValue {
    return decodeValue(declared, `${entry.label}#inputs`, this.#decoding);
  }

  /** Nix takes nothing but a set here; what it would refuse cannot be compared. */
  #nixConfig(flake: PlannedFlake, node: JsonObject): RawValue {
    const value = decodeValue(node, `${flake.entry.label}#nixConfig`, this.#decoding);
    if (value.kind === "set") return value;
    const what = value.kind === "failure" ? "does not evaluate" : "is not an attribute set";
    throw new EvaluationError("nix-config-unreadable", `nixConfig of ${subjectOf(flake)} ${what}`, {
      hint: "Write it as a literal attribute set of settings, as Nix asks for.",
    });
  }

  organisation(flake: PlannedFlake): ForeignEvaluation {
    const { context, root } = this.#flake(flake);
    return this.#foreignValue(subjectOf(flake), context, flake.entry.label, root);
  }

  #flake({ entry }: PlannedFlake): FlakeOutput {
    return this.#output.flakes[entry.label]!;
  }

  #node(name: string, key: string): ForeignEvaluation {
    const known = this.#foreign.get(key);
    if (known !== undefined) return known;
    const { context, root } = (this.#output.nodes[key] ?? this.#output.hybridNodes?.[key])!;
    const evaluation = this.#foreignValue(`input ${name}`, context, key, root);
    this.#foreign.set(key, evaluation);
    return evaluation;
  }

  #foreignValue(subject: string, context: JsonObject, label: string, root: string): ForeignEvaluation {
    if (context.present !== true) return { kind: "absent" };
    const present = this.#present(context, label, root);
    // What judges others must be whole: a constraint that does not evaluate is not one that is not there.
    const failure = firstFailure(present.value) ?? firstFailureIn(present.value, "constraints");
    if (failure !== null) {
      const place = failure.position === undefined ? "" : ` (${formatPlace(failure.position)})`;
      throw new EvaluationError(
        failure.code,
        `claudeContext of ${subject} did not evaluate: ${failure.message}${place}`,
        {
          hint: "Its constraints cannot be known until it does: lock a revision that evaluates.",
        },
      );
    }
    return { kind: "present", ...present };
  }

  #present(context: JsonObject, label: string, root: string): { value: RawValue; position?: Position } {
    const value = decodeValue(context.node ?? null, label, this.#decoding);
    const position = decodePosition(context.position, this.#decoding);
    const sourceOf = sourceReader(root, this.#nix.store.physicalRoot, this.#decoding.symbols);
    const refined = withCheckDefinitions(refineListPositions(value, sourceOf), sourceOf);
    return { value: refined, ...(position === null ? {} : { position }) };
  }
}

function refuseMisfit({ lock, entry }: PlannedHybrid, declared: RawValue): void {
  const misfits = lock === null || entry.native !== null ? [] : staleInputs(declared, lock);
  if (misfits.length === 0) return;
  throw new EvaluationError("lock-stale", `flake.lock would be out of date for ${misfits.join(", ")}`, {
    hint: "Run `nix flake lock` and commit flake.lock.",
  });
}

function unlocked(names: readonly string[]): HybridEvaluation {
  const what = names.length === 1 ? "an input" : "inputs";
  const because = `flake.nix asks for ${what} (${names.join(", ")}) that this combination of inputs does not have`;
  return { kind: "failed", code: "lock-stale", because };
}

type FailedValue = Extract<RawValue, { kind: "failure" }>;

function firstFailure(value: RawValue): FailedValue | null {
  return value.kind === "failure" ? value : null;
}

function firstFailureIn(value: RawValue, name: string): FailedValue | null {
  if (value.kind !== "set" || !Object.hasOwn(value.entries, name)) return null;
  const queue: RawValue[] = [value.entries[name]!];
  for (const found of queue) {
    if (found.kind === "failure") return found;
    if (found.kind === "list") queue.push(...found.items);
    if (found.kind === "set") queue.push(...Object.values(found.entries));
    if (found.kind === "string-like") queue.push(found.set);
  }
  return null;
}
