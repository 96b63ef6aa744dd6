import type { FileRedirect } from "./command-line.ts";

/**
 * Is it a target whose file neither client can name before the shell has read it: `=name` (a program's path in zsh),
 * `!name`, `$HOME/name`, and braces in what is written? Quotes help against none but `!` and the variable, and a home
 * in quotes is none.
 */
export function isExpandedTarget({ direction, target }: FileRedirect): boolean {
  if (target === null) return false;
  if (target.woven !== null) return true;
  if (direction === "write" && /^["']~/.test(target.raw)) return true;
  return hidesLine({ target }) || (direction === "write" && /[{}]/.test(target.value));
}

/** `"$HOME/x"`: a path that both clients know. */
function isQuotedWhole(raw: string): boolean {
  return /^"[^"]*"$/.test(raw);
}

/** Those that keep the client from looking at any file of the line; braces do so for themselves only. */
export function hidesLine({ target }: Pick<FileRedirect, "target">): boolean {
  if (target === null) return false;
  return (
    target.value.startsWith("=") ||
    target.raw.startsWith("!") ||
    (target.knownVariable === true && !isQuotedWhole(target.raw))
  );
}

/** Of whichever process: both clients ask before its environment is named, be it in quotes or behind a flag. */
export function namesEnvironment(text: string): boolean {
  return /\/proc\/.*\/environ/.test(text);
}
