/** Words that stand for themselves, and of these the ones behind which any word is a value. */
const KEYWORD =
  /^(?:state|exclude|sport|dport|src|dst|and|or|not|autobound|eq|ne|ge|gt|le|lt|dev|fwmark|cgroup)$/;
const TAKES_VALUE = /^(?:state|exclude|sport|dport|dev|fwmark|cgroup)$/;
/** Without letters, or with those of an address: `fe80::1/64`. */
const ADDRESS = /^(?:[^a-zA-Z]*|[\da-fA-F/[\]_-]*:[\da-fA-F:/[\]_-]*)$/;

/** A filter of `ss` that names no host: measured, both clients read its words as one text, cut at spaces and signs. */
export function isPlainSocketFilter(operands: readonly string[]): boolean {
  const tokens = operands
    .join(" ")
    .split(/[\s()<>=!&|,]+/)
    .filter((token) => token !== "");
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (TAKES_VALUE.test(token)) at += 1;
    else if (!KEYWORD.test(token) && !ADDRESS.test(token)) return false;
  }
  return true;
}
