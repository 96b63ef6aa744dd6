/**
 * The text as an address; null: it is none. Not `URL.canParse`: once it is compiled, Node 20's refuses hosts with
 * letters such as é.
 */
export function parsedUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
