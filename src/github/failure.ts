/** HTTP status of a failed request, or null where none came back. */
export function statusOf(error: unknown): number | null {
  const status = (error as { status?: unknown }).status;
  return typeof status === "number" ? status : null;
}

/** A token that may not do this: GitHub says 404 for what it does not want to admit. */
export function isNotAllowed(error: unknown): boolean {
  const status = statusOf(error);
  return status === 401 || status === 403 || status === 404;
}

/** A fault of the server or of the line, after which nobody knows what was done. */
export function isFault(error: unknown): boolean {
  const status = statusOf(error);
  return status === null || status >= 500;
}
