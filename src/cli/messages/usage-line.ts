import { costOf, PRICES_OF, sumOf, type Usage } from "../../messages/index.ts";
import { visible } from "../../render/escape.ts";

/** What a conversation took, in one line for standard error. */
export function usageLine(model: string, requests: readonly Usage[]): string {
  const sum = sumOf(requests);
  const cost = costOf(model, requests);
  const price =
    cost === null
      ? "no price is known of this model"
      : `about $${dollars(cost)} at list prices of ${PRICES_OF}`;
  const many = requests.length === 1 ? "1 request" : `${requests.length} requests`;
  const tokens = [
    `${count(sum.input)} input`,
    `${count(sum.cacheRead)} from the cache`,
    `${count(sum.cacheWrite5m + sum.cacheWrite1h)} into the cache`,
    `${count(sum.output)} output`,
  ].join(", ");
  return `${visible(model)}, ${many}: ${tokens} tokens; ${price}\n`;
}

function count(tokens: number): string {
  return tokens.toLocaleString("en-US");
}

/** Fractions of a cent count when many are asked. */
function dollars(cost: number): string {
  return cost >= 0.01 || cost === 0 ? cost.toFixed(2) : cost.toPrecision(2);
}
