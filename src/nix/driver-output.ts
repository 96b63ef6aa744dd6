import type { Json, JsonObject } from "../model/json.ts";

/** What driver.nix says of one flake. */
export interface FlakeOutput extends JsonObject {
  root: string;
  unlocked: string[];
  declared: JsonObject;
  nixConfig: JsonObject | null;
  context: JsonObject;
  /** Only of sides whose flake has them. */
  definitions?: Json;
  inputs: { [name: string]: { context: JsonObject; root: string } };
  /** Of hybrids. */
  unhashed?: { [path: string]: string };
}

/** Contexts of inputs that the lock file has, by their nodes. */
type NodeOutput = Record<string, { context: JsonObject; root: string }>;

/** What driver.nix printed. */
export interface DriverOutput {
  flakes: Record<string, FlakeOutput>;
  nodes: NodeOutput;
  /** Both absent where no hybrid was needed; null for those that were left out. */
  hybrids?: Record<string, FlakeOutput | null>;
  hybridNodes?: NodeOutput;
}

/** Store paths by label: flakes as `before`, inputs that only Nix can place as `before/name`. */
export function rootsOf(output: JsonObject): Record<string, string> {
  const flakes = output.flakes as Record<string, FlakeOutput>;
  const hybrids = (output.hybrids ?? {}) as Record<string, FlakeOutput | null>;
  const evaluated = Object.entries({ ...flakes, ...hybrids }).flatMap(([label, flake]) =>
    flake === null ? [] : [[label, flake] as const],
  );
  return Object.fromEntries(
    evaluated.flatMap(([label, flake]) => [
      [label, flake.root],
      ...Object.entries(flake.inputs).map(([name, input]) => [`${label}/${name}`, input.root]),
      ...Object.entries(flake.unhashed ?? {}).map(([path, root]) => [`${label}/${path}`, root]),
    ]),
  );
}
