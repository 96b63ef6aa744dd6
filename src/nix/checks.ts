import type { CheckCall, CheckPlan } from "../check/ports.ts";
import { NixclaudeError } from "../model/errors.ts";
import { attributePath } from "../model/position.ts";
import type { RawValue } from "../model/raw-value.ts";
import { type Bench, evaluateTool, planFlakes } from "./bench.ts";
import { Contents } from "./contents.ts";
import { decodeValue } from "./decode.ts";
import { FOREIGN_ATTRIBUTE, type PlannedFlake } from "./flakes.ts";
import { HybridFailures } from "./hybrid-failures.ts";
import { Names } from "./names.ts";
import { type Publisher, publisherFor } from "./publish.ts";
import type { RoundResult } from "./rounds.ts";
import type { NixRunner } from "./session.ts";
import { buildToolFlake, nixString, type ToolFlake } from "./tool-flake.ts";

/** Of what a function returns: a list of sets of texts. Larger values are cut, and come out as such. */
const LIMITS = { maxWidth: 1_000, maxDepth: 3, maxFiles: 0 };

/** `planning` has the network that the plan allows; `calling` has none. */
export interface CheckRunners {
  planning: NixRunner;
  calling: NixRunner;
}

/** Calls functions of contexts that have been evaluated before: the same flakes, with checks.nix in front. */
export async function callChecks(plan: CheckPlan, { planning, calling }: CheckRunners): Promise<RawValue[]> {
  const publisher = publisherFor(plan.repository, planning.scratch);
  const { flakes, organisationSources } = await planFlakes(plan, planning, publisher);
  const names = new Names(flakes, [], calling.store.physicalRoot);
  // An untrusted plan keeps the network away by itself, and fetches first.
  const nix = plan.trust === "trusted" ? calling : planning;
  const bench: Bench = { plan, nix, publisher, flakes, organisationSources, names };
  const tool = toolFlakeOf(bench, plan);
  const evaluate = () =>
    evaluateTool(bench, tool, new HybridFailures([], new Map()), (label) => describe(label, plan.calls));
  const result = await evaluate().catch(async (error: unknown) => {
    if (!mayLackInputs(error, plan)) throw error;
    await fetchInputs(tool, publisher, planning);
    return evaluate();
  });
  return readResults(plan, nix, names, result);
}

/** The contexts can be known from the cache when the store has lost what they are made of. */
function mayLackInputs(error: unknown, { trust, offline }: CheckPlan): boolean {
  return error instanceof NixclaudeError && error.code === "fetch-failed" && trust === "trusted" && !offline;
}

/** Only the generated flake is evaluated, which names nothing but locked sources; what is missing is told later. */
async function fetchInputs(tool: ToolFlake, publisher: Publisher, nix: NixRunner): Promise<void> {
  const { reference } = await publisher.files(tool.files);
  const inputs = `(builtins.getFlake ${nixString(reference)}).inputs`;
  await nix.evaluate("trusted", `builtins.mapAttrs (_: input: input.outPath) ${inputs}`);
}

function toolFlakeOf({ flakes, organisationSources }: Bench, plan: CheckPlan): ToolFlake {
  const common = {
    entries: flakes.map(({ entry }) => entry),
    hybrids: [],
    when: "always",
    sources: organisationSources,
    attribute: FOREIGN_ATTRIBUTE,
    limits: plan.limits,
  } as const;
  // Which node an input is, is known once the flake is made.
  const { inputNodes } = buildToolFlake(common);
  const texts = [...new Set(plan.calls.flatMap(({ text }) => text ?? []))];
  const calls = plan.calls.map(({ from, id, data, text }, index) => [
    labelOf(index),
    {
      from: placeOf(from, flakes, plan, inputNodes),
      id,
      data,
      text: text === undefined ? null : fileOf(texts.indexOf(text)),
    },
  ]);
  // `builtins.toFile` would do, but Nix 2.8 reads no such file in pure mode.
  const textFiles = Object.fromEntries(texts.map((text, index) => [fileOf(index), `${text}\n`]));
  const checks = { calls: Object.fromEntries(calls), data: plan.data, limits: LIMITS };
  return buildToolFlake({
    ...common,
    main: { file: "checks.nix", files: { "checks.json": JSON.stringify(checks), ...textFiles } },
  });
}

/** In the words of checks.nix. */
function placeOf(
  from: CheckCall["from"],
  flakes: readonly PlannedFlake[],
  { organisations }: CheckPlan,
  inputNodes: ToolFlake["inputNodes"],
): { flake: string; input?: string } | { node: string } {
  if ("organisation" in from) return { flake: `org${organisations.indexOf(from.organisation)}` };
  const { side, input } = from;
  if (input === null) return { flake: side };
  const node = inputNodes.get(side)?.get(input);
  const isNative = flakes.some(({ entry }) => entry.label === side && entry.native !== null);
  // A node that is not there is an error of the call, in Nix.
  return isNative ? { flake: side, input } : { node: node ?? input };
}

function fileOf(index: number): string {
  return `check-${index}.nix`;
}

function labelOf(index: number): string {
  return `call${index}`;
}

function readResults(
  plan: CheckPlan,
  nix: NixRunner,
  names: Names,
  { output, failures }: RoundResult,
): RawValue[] {
  const { flakes, roots, storeDir } = output as {
    flakes: Record<string, { context: { node: never } }>;
    roots: Record<string, string>;
    storeDir: string;
  };
  const options = {
    symbols: names.symbols(roots, storeDir),
    failures,
    contents: new Contents(nix.store.physicalRoot, 0),
    maxValues: plan.limits.contextValues,
    limitsHit: new Set<string>(),
  };
  return plan.calls.map((_, index) => {
    const label = labelOf(index);
    return decodeValue(flakes[label]!.context.node, label, options);
  });
}

/** `call0:[1].message` in words. */
function describe(place: string, calls: readonly CheckCall[]): string {
  const [, index, path = ""] = /^call(\d+):?(.*)$/s.exec(place) ?? [];
  const call = index === undefined ? undefined : calls[Number(index)];
  if (call === undefined) return "the checks";
  const check = attributePath(attributePath("constraints", call.id), "check");
  return path === "" ? check : `${path} of what ${check} returned`;
}
