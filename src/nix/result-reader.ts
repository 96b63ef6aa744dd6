import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EvaluationPlan, ForeignEvaluation, SideEvaluation } from "../check/ports.ts";
import { EvaluationError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import type { Position } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import { Contents } from "./contents.ts";
import { staleInputs } from "./declared.ts";
import { type DecodeOptions, decodePosition, decodeValue } from "./decode.ts";
import { formatPlace } from "./errors.ts";
import type { PlannedFlake } from "./flakes.ts";
import { refineListPositions } from "./list-positions.ts";
import type { RoundResult } from "./rounds.ts";
import type { NixRunner } from "./session.ts";
import type { Symbols } from "./symbols.ts";
import type { ToolFlake } from "./tool-flake.ts";

/** A flake in words. */
export function subjectOf({ subject }: PlannedFlake): string {
  return subject.kind === "side" ? `the flake in ${subject.tree.label}` : `--org ${subject.reference}`;
}

interface FlakeOutput extends JsonObject {
  root: string;
  unlocked: string[];
  declared: JsonObject;
  nixConfig: JsonObject | null;
  context: JsonObject;
  inputs: { [name: string]: { context: JsonObject; root: string } };
}

/** Store paths by label: flakes as `before`, inputs that Nix resolved itself as `before/name`. */
export function rootsOf(output: JsonObject): Record<string, string> {
  const flakes = output.flakes as Record<string, FlakeOutput>;
  return Object.fromEntries(
    Object.entries(flakes).flatMap(([label, flake]) => [
      [label, flake.root],
      ...Object.entries(flake.inputs).map(([name, input]) => [`${label}/${name}`, input.root]),
    ]),
  );
}

interface DriverOutput {
  flakes: Record<string, FlakeOutput>;
  nodes: Record<string, { context: JsonObject; root: string }>;
}

/** Reads what driver.nix printed. */
export class ResultReader {
  readonly #nix: NixRunner;
  readonly #output: DriverOutput;
  readonly #tool: ToolFlake;
  readonly #decoding: DecodeOptions;
  readonly #foreign = new Map<string, ForeignEvaluation>();

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
    const { context, nixConfig, declared, inputs, root } = this.#flake(flake);
    if (context.present !== true) return { kind: "absent", reason: "no-attribute" };
    const { label } = flake.entry;
    const foreign = [
      ...[...(this.#tool.inputNodes.get(label) ?? [])].map(
        ([name, key]) => [name, this.#node(name, key)] as const,
      ),
      ...Object.entries(inputs).map(
        ([name, input]) =>
          [name, this.#foreignValue(`input ${name}`, input.context, `${label}/${name}`, input.root)] as const,
      ),
    ];
    return {
      kind: "present",
      ...this.#present(context, label, root),
      nixConfig: nixConfig === null ? null : this.#nixConfig(flake, nixConfig),
      declaredInputs: this.#declared(flake, declared),
      inputs: Object.fromEntries(foreign),
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
    const { context, root } = this.#output.nodes[key]!;
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
    const refined = refineListPositions(value, this.#sourceReader(root));
    return { value: refined, ...(position === null ? {} : { position }) };
  }

  /** Text of a source file of the tree at `root`; files of other trees are left alone. */
  #sourceReader(root: string): (position: Position) => string | null {
    const { physicalRoot } = this.#nix.store;
    const onDisk = root.startsWith(`${physicalRoot}/`) ? root : physicalRoot + root;
    const own = this.#decoding.symbols.position({ file: `${root}/x`, line: 1, column: 1 });
    const texts = new Map<string, string | null>();
    return ({ file, input }) => {
      if (own === null || input !== own.input) return null;
      const known = texts.get(file);
      if (known !== undefined) return known;
      const text = readSource(join(onDisk, file));
      texts.set(file, text);
      return text;
    };
  }
}

function readSource(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
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
