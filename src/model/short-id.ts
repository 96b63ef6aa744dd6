/** Commit ids and content hashes inside a text, short enough to read and long enough to look up. */
export function shortId(text: string): string {
  return text
    .replace(/\b([0-9a-f]{7})[0-9a-f]{33,57}\b/g, "$1")
    .replace(/\b(sha256-[A-Za-z0-9+/]{8})[A-Za-z0-9+/]{35}=?/g, "$1");
}
