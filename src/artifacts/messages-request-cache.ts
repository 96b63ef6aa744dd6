import type { JsonObject } from "../model/json.ts";
import type { CacheControl, Message, MessagesBody } from "./messages-request-body.ts";
import { modelFacts } from "./messages-request-models.ts";
import type { RenderNotes } from "./rendered.ts";

/** How long what does not change is kept: what is written costs 1.25 times its tokens for 5 minutes, twice for an hour. */
export const CACHE_TIMES = ["1h", "5m", "none"] as const;
export type CacheTime = (typeof CACHE_TIMES)[number];

/** Of the four breakpoints there are, tools and system take one each. */
const BREAKPOINTS_IN_MESSAGES = 2;

/**
 * One breakpoint behind the tools and one behind the system prompt: the prefix goes tools, system, messages, so that
 * another persona leaves the tools in the cache, and another prompt both.
 */
export function withStaticCache<Body extends Pick<MessagesBody, "tools" | "system">>(
  body: Body,
  time: CacheTime,
): Body {
  if (time === "none") return body;
  const control: CacheControl = time === "1h" ? { type: "ephemeral", ttl: "1h" } : { type: "ephemeral" };
  return {
    ...body,
    ...(body.tools === undefined ? {} : { tools: lastWith(body.tools, control) }),
    ...(body.system === undefined ? {} : { system: lastWith(body.system, control) }),
  };
}

/**
 * Breakpoints at the end of the last two turns of the user, kept for five minutes: the newer is written, the older is
 * where the request before this one wrote, however many blocks lie between them.
 */
export function withConversationCache(messages: readonly Message[], time: CacheTime): Message[] {
  const users = messages.flatMap(({ role }, index) => (role === "user" ? [index] : []));
  const marked = new Set(time === "none" ? [] : users.slice(-BREAKPOINTS_IN_MESSAGES));
  return messages.map(({ role, content }, index) => {
    // What an assistant said goes back as it came: it was never marked.
    if (role === "assistant") return { role, content };
    const plain = content.map(({ cache_control: _, ...block }) => block as JsonObject);
    return { role, content: marked.has(index) ? lastWith(plain, { type: "ephemeral" }) : plain };
  });
}

function lastWith<Item extends object>(items: readonly Item[], control: CacheControl): Item[] {
  return items.map((item, index) =>
    index === items.length - 1 ? { ...item, cache_control: { ...control } } : item,
  );
}

/** Characters of English text that make a token are 3 to 4; code and other languages have fewer. */
const CHARACTERS_PER_TOKEN = 3;

/** Says where the API would silently cache nothing, since it is too little. */
export function noteShortPrefix(body: MessagesBody, notes: RenderNotes): void {
  const least = modelFacts(body.model)?.minimumCachedTokens ?? null;
  if (least === null || (body.tools === undefined && body.system === undefined)) return;
  const characters = JSON.stringify(body.tools ?? []).length + JSON.stringify(body.system ?? []).length;
  const tokens = Math.ceil(characters / CHARACTERS_PER_TOKEN);
  if (tokens >= least) return;
  notes.problem(
    "cache",
    `about ${tokens} tokens do not change from prompt to prompt, and ${body.model} caches no less than ${least}`,
  );
}
