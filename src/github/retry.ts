export type Sleep = (milliseconds: number) => Promise<void>;

export const pause: Sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const MAX_ATTEMPTS = 4;
/** What GitHub asks for may be long; a check that hangs is worse than a comment that is missing. */
const MAX_WAIT_MS = 60_000;

/**
 * Repeats what failed by chance: rate limits with the pause that GitHub asks for, and faults of the server or of the
 * line. A request that changes something is repeated only where GitHub has said that it did nothing.
 */
export async function retrying<Response>(
  request: () => Response | Promise<Response>,
  method: string,
  sleep: Sleep,
): Promise<Response> {
  let waitedMs = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      const pauseMs = pauseBefore(error, method, attempt);
      if (pauseMs === null || attempt === MAX_ATTEMPTS || waitedMs + pauseMs > MAX_WAIT_MS) throw error;
      waitedMs += pauseMs;
      await sleep(pauseMs);
    }
  }
}

interface Failure {
  status?: number;
  response?: { headers?: Record<string, string | number | undefined> };
}

/** Milliseconds to wait before the next attempt; null: it would fail again. */
function pauseBefore(error: unknown, method: string, attempt: number): number | null {
  const { status, response } = error as Failure;
  const headers = response?.headers ?? {};
  const retryAfter = Number(headers["retry-after"]);
  const isLimit = status === 429 || (status === 403 && isRateLimit(headers, error));
  if (isLimit) return Number.isFinite(retryAfter) ? retryAfter * 1000 : backoff(attempt) * 4;
  const isFault = status === undefined || status >= 500;
  if (!isFault || (method !== "GET" && !mayRepeat(method, status))) return null;
  return Number.isFinite(retryAfter) ? retryAfter * 1000 : backoff(attempt);
}

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function isRateLimit(headers: Record<string, string | number | undefined>, error: unknown): boolean {
  return (
    headers["retry-after"] !== undefined ||
    String(headers["x-ratelimit-remaining"]) === "0" ||
    /secondary rate limit/i.test(error instanceof Error ? error.message : "")
  );
}

/** Setting the same text twice is one text; creating twice is two comments, of which the second run removes one. */
function mayRepeat(method: string, status: number | undefined): boolean {
  return method === "PATCH" || method === "DELETE" || status === 502 || status === 503;
}

function backoff(attempt: number): number {
  return 1000 * 2 ** (attempt - 1);
}
