import { UsageError } from "../model/errors.ts";
import { DEFAULT_LIMITS, type Limits } from "../model/limits.ts";
import { didYouMean } from "../model/nearest.ts";

type Unit = "time" | "size" | "count";

/** Names on the command line of the limits of design section 11. */
const LIMITS: Record<string, { key: keyof Limits; unit: Unit }> = {
  "evaluation-time": { key: "evaluationTimeoutMs", unit: "time" },
  "evaluation-memory": { key: "evaluationMemoryBytes", unit: "size" },
  "evaluator-output": { key: "evaluatorOutputBytes", unit: "size" },
  "context-values": { key: "contextValues", unit: "count" },
  "context-depth": { key: "contextDepth", unit: "count" },
  "compared-text": { key: "comparedTextBytes", unit: "size" },
  "permission-rules": { key: "permissionRules", unit: "count" },
  "inclusion-steps": { key: "inclusionSteps", unit: "count" },
  "text-diff-lines": { key: "textDiffLines", unit: "count" },
};

export const LIMIT_NAMES = Object.keys(LIMITS);

const UNITS: Record<Unit, { factors: Record<string, number>; examples: string }> = {
  time: { factors: { ms: 1, s: 1000, "": 1000, m: 60_000 }, examples: '"90s", "2m"' },
  size: { factors: { B: 1, "": 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }, examples: '"512MiB", "8GiB"' },
  count: { factors: { "": 1 }, examples: '"50000"' },
};

/** `["evaluation-time=2m"]` over the defaults. Throws UsageError. */
export function parseLimits(settings: readonly string[]): Limits {
  return Object.assign({}, DEFAULT_LIMITS, ...settings.map(parseLimit));
}

function parseLimit(setting: string): Partial<Limits> {
  const [name = "", value = ""] = setting.split("=", 2);
  const limit = Object.hasOwn(LIMITS, name) ? LIMITS[name] : undefined;
  if (limit === undefined) {
    throw new UsageError("unknown-limit", `"${name}" is not a limit.${didYouMean(name, LIMIT_NAMES)}`, {
      hint: `Limits are ${LIMIT_NAMES.join(", ")}.`,
    });
  }
  const { factors, examples } = UNITS[limit.unit];
  const [, amount, unit = ""] = /^(\d+)([A-Za-z]*)$/.exec(value) ?? [];
  const factor = Object.hasOwn(factors, unit) ? factors[unit] : undefined;
  const parsed = Number(amount) * (factor ?? Number.NaN);
  if (!Number.isSafeInteger(parsed) || parsed === 0) {
    throw new UsageError("limit-not-understood", `--limit ${name} cannot be "${value}"`, {
      hint: `Give a whole ${limit.unit} above zero, such as ${examples}.`,
    });
  }
  return { [limit.key]: parsed };
}
