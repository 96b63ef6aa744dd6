/**
 * The lines of ours in a Git hook. They stand at the top of a hook that was there before: many hooks end in
 * `exec` or `exit`, and what comes after that never runs.
 */

const BEGIN = "# >>> nixclaude >>>";
const END = "# <<< nixclaude <<<";
/** On the first line of a hook that holds nothing else, so that taking it out takes the file. */
const WHOLE_FILE = " (the whole file)";

/** `template` is `hooks/pre-commit`: a first line `#!/bin/sh`, then the block. */
export function newHook(template: string): string {
  return template.replace(BEGIN, BEGIN + WHOLE_FILE);
}

/** The hook with the block of the template; a block that is there already is replaced. */
export function withBlock(hook: string, template: string): string {
  const bare = withoutBlock(hook);
  if (bare === null) return newHook(template);
  const block = template.slice(template.indexOf(BEGIN));
  if (!bare.startsWith("#!")) return block + bare;
  const end = bare.indexOf("\n");
  // A hook of one line without its line break: the block ends without one, too, and so says what to restore.
  if (end === -1) return `${bare}\n${block.trimEnd()}`;
  return bare.slice(0, end + 1) + block + bare.slice(end + 1);
}

/** The hook as it was before, byte for byte; null when there was none. */
export function withoutBlock(hook: string): string | null {
  const start = hook.indexOf(BEGIN);
  if (start === -1) return hook;
  const end = hook.indexOf(END, start);
  if (end === -1) return hook;
  if (hook.startsWith(BEGIN + WHOLE_FILE, start)) return null;
  const after = end + END.length;
  if (hook[after] === "\n") return hook.slice(0, start) + hook.slice(after + 1);
  return hook.slice(0, start).replace(/\n$/, "") + hook.slice(after);
}

const SHELLS = new Set(["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"]);

/** Can the block stand in this hook? Git runs hooks without a first line of this kind with `sh`. */
export function isShellScript(hook: string): boolean {
  if (hook.includes("\0")) return false;
  if (!hook.startsWith("#!")) return true;
  const [interpreter = "", ...rest] = hook.slice(2).split("\n", 1)[0]!.trim().split(/\s+/).map(programName);
  const program = interpreter === "env" ? rest.find((word) => !word.startsWith("-")) : interpreter;
  return SHELLS.has(program ?? "");
}

function programName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
