/**
 * A quote behind an open brace, anywhere in the text: `{ "a": 1 }` in a heredoc, `{ grep "x" f; }`, `{a'b'}`. Both clients
 * then give up reading the line. They look at the text alone: a brace in quotes or backquotes does not count, quotes in a
 * comment hide no brace, and what a heredoc holds is read like the rest.
 */
export function hasQuoteInBraces(source: string): boolean {
  return source.includes("{") && /\{[^{}'"]*['"]/.test(withoutQuotedBraces(source));
}

/** One token of the text each: what a backslash takes, a comment, something in quotes that may never close. */
const TOKEN = /\\[\s\S]|(?<=^|[\s;&|()])#[^\n]*|'[^']*'?|"(?:\\[\s\S]|[^"\\])*"?|`(?:\\[\s\S]|[^`\\])*`?/g;

function withoutQuotedBraces(source: string): string {
  return source.replace(TOKEN, (token) =>
    /^['"]/.test(token) ? token.replaceAll("{", "") : /^`/.test(token) ? "" : token,
  );
}
