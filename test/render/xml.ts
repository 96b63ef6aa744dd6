/** Why a text is not well-formed XML as `junit.ts` may write it: elements, attributes and text; null when it is. */
export function xmlProblem(text: string): string | null {
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const token =
    /<(\/?)([a-z-]+)((?:\s[a-z]+="(?:[^<>&"]|&(?:amp|lt|gt|quot|apos);)*")*)\s*(\/?)>|((?:[^<>&]|&(?:amp|lt|gt|quot|apos);)+)/y;
  const open: string[] = [];
  for (let at = 0; at < body.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(body);
    if (match === null) return `cannot be read at ${JSON.stringify(body.slice(at, at + 40))}`;
    const [, closing, name, , empty] = match;
    if (name === undefined) continue;
    if (closing === "/" && open.pop() !== name) return `</${name}> closes nothing`;
    if (closing === "" && empty === "") open.push(name);
  }
  return open.length === 0 ? null : `<${open.at(-1)}> is not closed`;
}
