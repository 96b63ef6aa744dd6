import type AnthropicClient from "@anthropic-ai/sdk";
import type { ClientOptions } from "@anthropic-ai/sdk";
import type { MessagesBody } from "../artifacts/messages-request-body.ts";
import type { JsonObject } from "../model/json.ts";
import { failureOf, waitBeforeRetry } from "./failure.ts";
import { type Usage, usageOf } from "./usage.ts";

/** What a request is let in by. */
export interface Credential {
  kind: "api-key" | "token";
  secret: string;
}

export interface DoorOptions {
  credential: Credential;
  /** Without `/v1/messages`. */
  baseUrl: string;
  /** Told, in one line, when the API has to be asked again. */
  onRetry(line: string): void;
}

export interface Answer {
  /** Blocks as they came, to be sent back as they are. */
  content: JsonObject[];
  stopReason: string | null;
  usage: Usage;
}

export interface MessagesDoor {
  /**
   * Sends one request, streamed. A fault before anything came is tried again twice.
   * @param onText called with each piece of text as it comes.
   * @throws SystemError with a code of `failure.ts`.
   */
  send(body: MessagesBody, onText: (text: string) => void): Promise<Answer>;
}

/** The official SDK is loaded with the first door: it is large, and nothing else takes it. */
export async function openMessagesDoor(options: DoorOptions): Promise<MessagesDoor> {
  const client = await clientOf(options, {});
  return { send: (body, onText) => sendPatiently(client, options, body, onText) };
}

async function clientOf(
  { credential, baseUrl }: Pick<DoorOptions, "credential" | "baseUrl">,
  more: Partial<ClientOptions>,
): Promise<AnthropicClient> {
  const { Anthropic } = await import("@anthropic-ai/sdk");
  return new Anthropic({
    ...(credential.kind === "api-key" ? { apiKey: credential.secret } : { authToken: credential.secret }),
    baseURL: baseUrl,
    // It would wait as long as the API says, without a word.
    maxRetries: 0,
    // Another host would be sent the key.
    fetchOptions: { redirect: "error" },
    openTelemetry: false,
    // It writes to standard output, and what it knows of is in the errors.
    logLevel: "off",
    ...more,
  });
}

const MOST_RETRIES = 2;

async function sendPatiently(
  client: AnthropicClient,
  options: DoorOptions,
  body: MessagesBody,
  onText: (text: string) => void,
): Promise<Answer> {
  for (let retry = 0; ; retry++) {
    let begun = false;
    try {
      return await sendOnce(client, body, (text) => {
        begun = true;
        if (text !== "") onText(text);
      });
    } catch (error) {
      const failure = failureOf(error, {
        begun,
        baseUrl: options.baseUrl,
        secret: options.credential.secret,
      });
      const waitMs = begun || retry === MOST_RETRIES ? null : waitBeforeRetry(error, retry);
      if (waitMs === null) throw failure;
      options.onRetry(`${failure.message}; again in ${Math.ceil(waitMs / 1000)} s`);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/** @param onPart called with each piece of text, and with "" for what else shows that the answer has begun. */
async function sendOnce(
  client: AnthropicClient,
  body: MessagesBody,
  onPart: (text: string) => void,
): Promise<Answer> {
  const stream = client.messages.stream(body as unknown as Parameters<typeof client.messages.stream>[0]);
  stream.on("text", (text) => onPart(text));
  stream.on("streamEvent", () => onPart(""));
  const message = await stream.finalMessage();
  // A stream that ends too early looks like a message without a reason to stop.
  if (message.stop_reason === null) throw new Error("the stream ended before the answer did");
  return {
    content: message.content as unknown as JsonObject[],
    stopReason: message.stop_reason,
    usage: usageOf(message.usage),
  };
}

export interface Preview {
  method: string;
  url: string;
  /** Without what lets the request in. */
  headers: Record<string, string>;
}

/** Headers whose values are no secret; others may come from `ANTHROPIC_CUSTOM_HEADERS`. */
const SHOWN_HEADERS = /^(?:accept|content-type|user-agent|anthropic-(?:version|beta)|x-stainless-.*)$/;

/** How a request would be sent, as the SDK makes it; nothing is sent, and no key is needed. */
export async function previewRequest(body: MessagesBody, baseUrl: string): Promise<Preview> {
  let preview: Preview | null = null;
  const client = await clientOf(
    { credential: { kind: "api-key", secret: "not-a-key" }, baseUrl },
    {
      fetch: async (url, init) => {
        preview = { method: init?.method ?? "GET", url: String(url), headers: shownHeaders(init?.headers) };
        throw new Error("only shown");
      },
    },
  );
  await sendOnce(client, body, () => {}).catch((error: unknown) => {
    if (preview === null) throw error;
  });
  return preview!;
}

function shownHeaders(headers: RequestInit["headers"]): Record<string, string> {
  return Object.fromEntries(
    [...new Headers(headers)].flatMap(([name, value]) => {
      if (name === "x-api-key" || name === "authorization") return [];
      return [[name, SHOWN_HEADERS.test(name) ? value : "(not shown)"]];
    }),
  );
}
