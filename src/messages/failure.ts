import { SystemError } from "../model/errors.ts";
import { withoutKeys } from "./without-keys.ts";

/** What the SDK's errors have in common: `APIError`, and what fetch throws beneath it. */
interface ApiFailure {
  status?: number;
  /** `overloaded_error`, `rate_limit_error`, … */
  type?: string | null;
  message: string;
  headers?: { get(name: string): string | null };
  cause?: unknown;
}

interface Circumstances {
  /** Did anything of the answer come? */
  begun: boolean;
  baseUrl: string;
  /** Taken out of messages: a gateway may quote what it was sent. */
  secret: string;
}

const SHOWN_CHARACTERS = 500;

/**
 * What an error of the SDK or of the line means, and what to do. Codes: `api-key-refused`, `api-not-allowed`,
 * `api-not-found`, `request-refused`, `request-too-large`, `rate-limited`, `api-overloaded`, `api-failed`,
 * `api-unreachable`, `stream-broken`.
 */
export function failureOf(error: unknown, { begun, baseUrl, secret }: Circumstances): SystemError {
  const failure = asFailure(error);
  const said = saidBy(failure, secret);
  const fail = (code: string, message: string, hint: string) => new SystemError(code, message, { hint });
  if (begun) {
    return fail(
      "stream-broken",
      `the answer broke off: ${said}`,
      "What came of it is above and may be incomplete; ask again.",
    );
  }
  if (failure.status === undefined && failure.type === undefined) {
    return fail(
      "api-unreachable",
      `${baseUrl} could not be reached: ${said}`,
      "Check the network and the address (--base-url or ANTHROPIC_BASE_URL).",
    );
  }
  switch (failure.status) {
    case 400:
    case 422:
      return fail(
        "request-refused",
        `the API refuses the request: ${said}`,
        "nixclaude ask --dry-run shows it.",
      );
    case 401:
      return fail(
        "api-key-refused",
        `the API does not take the key: ${said}`,
        "Set ANTHROPIC_API_KEY to a key of this address that is valid.",
      );
    case 402:
    case 403:
      return fail(
        "api-not-allowed",
        `the key may not do this: ${said}`,
        "Look at the key's rights and credit.",
      );
    case 404:
      return fail(
        "api-not-found",
        `the API does not have this: ${said}`,
        "Name a model that it has with --model, and look at --base-url.",
      );
    case 413:
      return fail("request-too-large", `the request is too large: ${said}`, "Ask with a shorter prompt.");
    case 429: {
      const seconds = retryAfterMs(failure);
      const when = seconds === null ? "later" : `in ${Math.ceil(seconds / 1000)} seconds`;
      return fail("rate-limited", `the API takes no more requests now: ${said}`, `Try again ${when}.`);
    }
    case 529:
      return fail("api-overloaded", `the API is overloaded: ${said}`, "Try again in a few minutes.");
    default:
      return failure.type === "overloaded_error"
        ? fail("api-overloaded", `the API is overloaded: ${said}`, "Try again in a few minutes.")
        : fail(
            "api-failed",
            `the API failed: ${said}`,
            "Try again later; https://status.claude.com says more.",
          );
  }
}

const FIRST_WAIT_MS = 500;
/** Who would have to wait longer decides that without us. */
const LONGEST_WAIT_MS = 20_000;

/** How long to wait before the same request may be sent again; null where it should not be. */
export function waitBeforeRetry(error: unknown, retry: number): number | null {
  const failure = asFailure(error);
  if (failure.headers?.get("x-should-retry") === "false") return null;
  const { status } = failure;
  const passing =
    status === undefined ? isOfTheLine(failure) : status === 408 || status === 429 || status >= 500;
  if (!passing) return null;
  const waitMs = retryAfterMs(failure) ?? FIRST_WAIT_MS * 2 ** retry;
  return waitMs <= LONGEST_WAIT_MS ? waitMs : null;
}

/** A connection that was closed, rather than one that cannot be. */
function isOfTheLine({ cause, type }: ApiFailure): boolean {
  if (type === "overloaded_error") return true;
  const code = codeBehind(cause);
  return code === "ECONNRESET" || code === "UND_ERR_SOCKET" || code === "EPIPE" || code === "EAI_AGAIN";
}

function retryAfterMs({ headers }: ApiFailure): number | null {
  const ms = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (ms >= 0) return ms;
  const seconds = Number.parseFloat(headers?.get("retry-after") ?? "");
  return seconds >= 0 ? seconds * 1000 : null;
}

function saidBy(failure: ApiFailure, secret: string): string {
  const code = codeBehind(failure.cause);
  const text = code === null ? failure.message : `${failure.message} (${code})`;
  const safe = withoutKeys(text, [secret]);
  return safe.length > SHOWN_CHARACTERS ? `${safe.slice(0, SHOWN_CHARACTERS)}…` : safe;
}

/** Fetch hides what happened a few causes deep. */
function codeBehind(cause: unknown): string | null {
  for (let at = cause, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === "string") return code;
  }
  return null;
}

function asFailure(error: unknown): ApiFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  const { status, type, headers, apiMessage } = error as Partial<ApiFailure> & { apiMessage?: unknown };
  return {
    // The SDK's own message holds the whole body of the answer.
    message: typeof apiMessage === "string" && apiMessage !== "" ? apiMessage : error.message,
    cause: error.cause,
    ...(typeof status === "number" ? { status } : {}),
    ...(typeof type === "string" ? { type } : {}),
    ...(headers === undefined ? {} : { headers }),
  };
}
