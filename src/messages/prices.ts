import { withoutDate } from "../artifacts/messages-request-models.ts";
import type { Usage } from "./usage.ts";

/** When the prices were those of https://platform.claude.com/docs/en/about-claude/pricing. */
export const PRICES_OF = "2026-10-24";

/** US dollars for a million tokens. */
interface Price {
  input: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  cacheRead: number;
  output: number;
  /** In place of these, for every token of a request whose prompt has more tokens than that. */
  longPrompt?: { above: number; price: Price };
}

function price(input: number, output: number, cacheRead: number): Price {
  return { input, cacheWrite5m: input * 1.25, cacheWrite1h: input * 2, cacheRead, output };
}

const OPUS = price(5, 25, 0.5);
const FABLE = price(10, 50, 1);
const FABLE_5_1 = price(10, 50, 0.25);

/** A model that is not here has no known price. */
const PRICES: Readonly<Record<string, Price>> = {
  "claude-fable-5-1": FABLE_5_1,
  "claude-mythos-5-1": FABLE_5_1,
  "claude-fable-5": FABLE,
  "claude-mythos-5": FABLE,
  "claude-opus-5-5": price(4, 20, 0.2),
  "claude-opus-5": OPUS,
  "claude-opus-4-8": OPUS,
  "claude-opus-4-7": OPUS,
  "claude-opus-4-6": OPUS,
  "claude-opus-4-5": OPUS,
  "claude-sonnet-5-5": price(2, 10, 0.1),
  "claude-sonnet-5": price(2, 10, 0.2),
  "claude-sonnet-4-6": price(3, 15, 0.3),
  "claude-sonnet-4-5": price(3, 15, 0.3),
  "claude-haiku-5-5": {
    ...price(0.1, 0.5, 0.01),
    longPrompt: { above: 100_000, price: price(0.5, 2.5, 0.05) },
  },
  "claude-haiku-4-5": price(1, 5, 0.1),
};

/** US dollars at list price, each request by itself; null for a model whose price is not known. */
export function costOf(model: string, requests: readonly Usage[]): number | null {
  const id = withoutDate(model);
  if (!Object.hasOwn(PRICES, id)) return null;
  return requests.reduce((sum, usage) => sum + costOfOne(PRICES[id]!, usage), 0);
}

const PER_MILLION = 1_000_000;

function costOfOne(normal: Price, usage: Usage): number {
  const prompt = usage.input + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheRead;
  const { longPrompt } = normal;
  const applied = longPrompt !== undefined && prompt > longPrompt.above ? longPrompt.price : normal;
  const dollars =
    usage.input * applied.input +
    usage.cacheWrite5m * applied.cacheWrite5m +
    usage.cacheWrite1h * applied.cacheWrite1h +
    usage.cacheRead * applied.cacheRead +
    usage.output * applied.output;
  return dollars / PER_MILLION;
}
