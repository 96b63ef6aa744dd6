export type Sleep = (milliseconds: number) => Promise<void>;

export const pause: Sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** How long GitHub is waited for; all requests of one connection share it. */
export interface Patience {
  /** For one request. */
  attempts: number;
  /** For one answer, its body included. */
  answerMs: number;
  /** What is left for answers and pauses together; it shrinks. */
  leftMs: number;
  sleep: Sleep;
}

/**
 * Repeats what failed by chance: rate limits with the pause that GitHub asks for, and faults of the server or of the
 * line. What makes something new is repeated only where GitHub has said that it did nothing.
 * @param request gives up on the signal.
 */
export async function retrying<Response>(
  request: (signal: AbortSignal) => Promise<Response>,
  method: string,
  patience: Patience,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await timed(request, patience);
    } catch (error) {
      const failure = asFailure(error, method);
      const pauseMs = pauseBefore(failure, method, attempt);
      if (pauseMs === null || attempt >= patience.attempts || pauseMs >= patience.leftMs) throw failure;
      patience.leftMs -= pauseMs;
      await patience.sleep(pauseMs);
    }
  }
}

async function timed<Response>(
  request: (signal: AbortSignal) => Promise<Response>,
  patience: Patience,
): Promise<Response> {
  const started = performance.now();
  try {
    return await request(AbortSignal.timeout(Math.max(1, Math.min(patience.answerMs, patience.leftMs))));
  } finally {
    patience.leftMs -= performance.now() - started;
  }
}

/** Octokit takes 409 for the end of a list, which would then pass for a whole one. */
function asFailure(error: unknown, method: string): unknown {
  const isConflict = (error as Failure).status === 409 && method === "GET";
  return isConflict ? new Error("GitHub could not give the list", { cause: error }) : error;
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
  if (!isFault || !mayRepeat(method)) return null;
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

/** Setting the same text twice is one text; whether a comment was made is looked up before it is made again. */
function mayRepeat(method: string): boolean {
  return method === "GET" || method === "PATCH" || method === "DELETE";
}

function backoff(attempt: number): number {
  return 1000 * 2 ** (attempt - 1);
}
