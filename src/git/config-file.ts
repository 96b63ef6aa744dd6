/**
 * The few facts that Git itself reads from `$GIT_DIR/config` before anything else: `extensions.*`, `core.bare`,
 * `core.worktree`. Like Git at that point, no includes. Nothing else of a repository's configuration is obeyed.
 */
export function parseConfigFile(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let section = "";
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const header = /^\[\s*([A-Za-z0-9.-]+)\s*("(?:[^"\\]|\\.)*")?\s*\]/.exec(line);
    if (header !== null) {
      section =
        header[2] === undefined ? header[1]!.toLowerCase() : `${header[1]!.toLowerCase()}.${header[2]}`;
    }
    const rest = header === null ? line : line.slice(header[0].length).trim();
    const entry = /^([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/.exec(rest);
    if (entry !== null) values.set(`${section}.${entry[1]!.toLowerCase()}`, unquote(entry[2] ?? "true"));
  }
  return values;
}

/** Git's booleans; everything else it would refuse. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(true|yes|on|1)$/i.test(value);
}

function unquote(value: string): string {
  let text = "";
  let kept = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    const character = value[at]!;
    if (character === '"') quoted = !quoted;
    else if (character === "\\") text += ESCAPES[value[++at] ?? ""] ?? "";
    else if ((character === "#" || character === ";") && !quoted) break;
    else text += character;
    if (quoted || !/\s/.test(character)) kept = text.length;
  }
  return text.slice(0, kept);
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", b: "\b", '"': '"', "\\": "\\" };
