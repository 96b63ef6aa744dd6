/** Tokens of one request or of several, as they are charged. */
export interface Usage {
  /** Neither written to the cache nor read from it. */
  input: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  cacheRead: number;
  /** Thinking included. */
  output: number;
}

export const NO_USAGE: Usage = { input: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, output: 0 };

/** `usage` of a message; a gateway may leave parts of it out. */
export function usageOf(reported: unknown): Usage {
  const usage = (reported ?? {}) as Record<string, unknown>;
  const written = count(usage.cache_creation_input_tokens);
  const split = (usage.cache_creation ?? {}) as Record<string, unknown>;
  const cacheWrite1h = Math.min(count(split.ephemeral_1h_input_tokens), written);
  return {
    input: count(usage.input_tokens),
    cacheWrite5m: written - cacheWrite1h,
    cacheWrite1h,
    cacheRead: count(usage.cache_read_input_tokens),
    output: count(usage.output_tokens),
  };
}

export function sumOf(usages: readonly Usage[]): Usage {
  return usages.reduce(
    (sum, usage) => ({
      input: sum.input + usage.input,
      cacheWrite5m: sum.cacheWrite5m + usage.cacheWrite5m,
      cacheWrite1h: sum.cacheWrite1h + usage.cacheWrite1h,
      cacheRead: sum.cacheRead + usage.cacheRead,
      output: sum.output + usage.output,
    }),
    NO_USAGE,
  );
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}
