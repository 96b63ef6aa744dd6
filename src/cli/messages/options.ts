import { CACHE_TIMES, type CacheTime } from "../../artifacts/messages-request-cache.ts";
import { UsageError } from "../../model/errors.ts";
import { parsedUrl } from "../../model/url.ts";
import type { OptionDefinition } from "../option-definitions.ts";
import { WHY_OPTIONS } from "../option-lists.ts";
import { filled } from "../parse-options.ts";

/** What `request` and `ask` take beside what every command takes that evaluates one state. */
export interface MessagesFlags {
  model?: string;
  maxTokens?: string;
  cacheFor?: string;
  baseUrl?: string;
  maxTurns?: string;
  dryRun?: boolean;
}

export interface RequestOptions {
  model?: string;
  maxTokens?: number;
  cache: CacheTime;
}

const ASKED = "What is asked:";
const SENT = "How it is sent:";

export const REQUEST_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: "--model <id>",
    description: "model of the API, or an alias of the client (default: the context's)",
    suggestions: ["opus", "sonnet", "haiku", "fable"],
    group: ASKED,
  },
  {
    flags: "--max-tokens <number>",
    description: "most tokens of an answer, thinking included (default: 16000)",
    group: ASKED,
  },
  {
    flags: "--cache-for <time>",
    description: "how long the API keeps tools and system prompt in its cache",
    choices: CACHE_TIMES,
    default: "1h",
    group: ASKED,
  },
  ...WHY_OPTIONS,
];

export const ASK_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: "--dry-run",
    description: "print what would be sent, and send nothing; no key is needed",
    group: SENT,
  },
  {
    flags: "--base-url <url>",
    description: "address of the API or of a gateway (default: ANTHROPIC_BASE_URL, else Anthropic's)",
    group: SENT,
  },
  {
    flags: "--max-turns <number>",
    description: "most requests that may be sent, one after each round of tools",
    default: "20",
    group: SENT,
  },
  ...REQUEST_OPTIONS,
];

export function requestOptions(flags: MessagesFlags): RequestOptions {
  const cache = CACHE_TIMES.find((time) => time === (flags.cacheFor ?? "1h"));
  if (cache === undefined) {
    throw new UsageError("unknown-value", `--cache-for cannot be "${flags.cacheFor}"`, {
      hint: `Give one of ${CACHE_TIMES.join(", ")}.`,
    });
  }
  return {
    ...(flags.model === undefined ? {} : { model: filled("--model", flags.model) }),
    ...(flags.maxTokens === undefined ? {} : { maxTokens: wholeNumber("--max-tokens", flags.maxTokens) }),
    cache,
  };
}

export function wholeNumber(flag: string, text: string): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number > 0) return number;
  throw new UsageError("unknown-value", `${flag} cannot be "${text}"`, {
    hint: "Give a whole number from 1.",
  });
}

const ANTHROPIC = "https://api.anthropic.com";

/** Never from the context: whoever writes that would be sent the key. */
export function baseUrlOf(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const said = flag ?? env.ANTHROPIC_BASE_URL;
  if (said === undefined || (flag === undefined && said === "")) return ANTHROPIC;
  const url = parsedUrl(said);
  const plain =
    url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (!plain || (url.protocol !== "https:" && url.protocol !== "http:")) {
    const where = flag === undefined ? "ANTHROPIC_BASE_URL" : "--base-url";
    throw new UsageError("unknown-value", `${where} is no address that a request can be sent to`, {
      hint: "Give http:// or https://, a host and perhaps a path; keys belong into ANTHROPIC_API_KEY.",
    });
  }
  return said.replace(/\/+$/, "");
}

/** Would everybody on the way read the key? */
export function isOpen(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === "http:" && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
