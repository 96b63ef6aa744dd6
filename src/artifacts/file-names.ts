/** The longest step of a path that common file systems keep. */
const STEP_MAX_BYTES = 255;

/**
 * Directories in which Git and Mercurial look for orders: programs that every `git status` nearby runs. Git keeps no
 * file under such a name; `git~1` and `.git::` are the same one on Windows.
 */
const TAKES_ORDERS = /^(?:\.git|git~\d+|\.hg)(?:$|:)/i;

/**
 * Why a name of the context cannot be (one step of) a file name; null when it can. What cannot be seen, or means
 * another file on another system, is refused like what leads elsewhere.
 */
export function stepProblem(step: string): string | null {
  if (step === "") return "is empty";
  if (/[/\\]/.test(step)) return "holds a slash";
  if (step === "." || step === "..") return "is no name but a direction";
  if (TAKES_ORDERS.test(step)) return "is that of a directory from which Git or Mercurial take orders";
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(step)) return "holds characters that cannot be seen";
  if (/^\s|[\s.]$/u.test(step)) return "starts with a blank, or ends with a blank or a dot";
  // A character for its suffix `.md` is kept.
  if (new TextEncoder().encode(step).length > STEP_MAX_BYTES - 3) return "is too long for a file name";
  return null;
}

/** The same for a name whose steps are directories: `team/reviewer`. */
export function pathProblem(name: string): string | null {
  for (const step of name.split("/")) {
    const problem = stepProblem(step);
    if (problem !== null) return problem === "is empty" ? "has an empty step" : problem;
  }
  return null;
}
