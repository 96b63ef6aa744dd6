/** `git commit (a) x`: what no shell parses, and the clients read all the same. */

const QUOTED = String.raw`'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]`;
const GROUP = new RegExp(String.raw`(${QUOTED})|\(((?:${QUOTED}|[^()'"\\])*)\)`, "g");
/** Behind such a text parentheses begin a statement, or belong to the word. */
const BEGINS =
  /(?:^|[;&|\n()`<>$={!])\s*$|(?:^|[\s;&|(])(?:if|then|elif|else|do|while|until|time|in|case)\s*$/;

/** The text with `put` in the place of each such group. */
function replaceGroups(source: string, put: (group: string, glued: boolean) => string): string {
  let end = -1;
  return source.replace(GROUP, (group: string, quoted: string | undefined, _inner, at: number) => {
    const before = source.slice(0, at);
    const glued = !/\s$/.test(before);
    const names = group === "()" && (glued || /^\s*\{/.test(source.slice(at + group.length)));
    if (quoted !== undefined || names || (BEGINS.test(before) && before.trimEnd().length !== end))
      return group;
    end = at + group.length;
    return put(group, glued);
  });
}

/** Newer clients take such a group out of the words around it, and read it by itself. */
export function withGroupsApart(source: string): string {
  const inner: string[] = [];
  const text = replaceGroups(source, (group, glued) => {
    inner.push(group.slice(1, -1));
    return glued ? GLUED : " ";
  });
  if (inner.length === 0) return source;
  const words = text.replace(STATEMENT_GLUED, "").replaceAll(GLUED, " ");
  return [words, ...inner].join("\n");
}

const GLUED = "\u0001";
/** Where it is glued to a word, and words follow, the statement is nothing to them but its text. */
const STATEMENT_GLUED = /[^;&|\n]*\u0001[ \t]*[^\s;&|#][^;&|\n]*/g;

/** Older clients leave it in the text of its statement. In a loop or a condition nothing is seen for it. */
export function withGroupsKept(source: string): string {
  return replaceGroups(
    source,
    (group) => OPEN + group.slice(1, -1).replace(/[;&|\n`]/g, " ") + CLOSE,
  ).replace(STATEMENT_WITH_GROUP, " ");
}

const OPEN = "\u0002";
const CLOSE = "\u0003";
const STATEMENT_WITH_GROUP =
  /(?<=(?:^|[;&|\n])\s*)(?:if|while|until|for|case)\s(?:(?!\b(?:fi|done|esac)\b).)*\u0002.*?\b(?:fi|done|esac)\b/gs;

/** A statement of `withGroupsKept` as it was, and the words around its groups; null: it holds none. */
export function keptGroups(statement: string): { text: string; words: string } | null {
  if (!statement.includes(OPEN)) return null;
  return {
    text: statement.replaceAll(OPEN, "(").replaceAll(CLOSE, ")"),
    words: statement.replace(/\u0002[^\u0003]*\u0003/g, " "),
  };
}
