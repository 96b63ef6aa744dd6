/**
 * Variables that may stand in front of an approved command with a literal value (reference, section 1.5; measured on
 * 2.1.330). The client's list is built in and may change between releases: a name outside it asks.
 */
const HARMLESS_VARIABLES: ReadonlySet<string> = new Set([
  "NODE_ENV",
  "CI",
  "TZ",
  "NO_COLOR",
  "FORCE_COLOR",
  "CLICOLOR",
  "CLICOLOR_FORCE",
  "TERM",
  "COLORTERM",
  "COLUMNS",
  "LINES",
  "LANGUAGE",
  "LANG",
  "RUST_LOG",
  "RUST_BACKTRACE",
  "GOOS",
  "GOARCH",
  "GOEXPERIMENT",
  "CGO_ENABLED",
  "GO111MODULE",
  "PYTHONUNBUFFERED",
  "PYTHONDONTWRITEBYTECODE",
  "PYTEST_DEBUG",
  "PYTEST_DISABLE_PLUGIN_AUTOLOAD",
  "ANTHROPIC_API_KEY",
  "GIT_TERMINAL_PROMPT",
  "GREP_COLOR",
  "GREP_COLORS",
  "LS_COLORS",
  "LSCOLORS",
  "GCC_COLORS",
  "TIME_STYLE",
  "BLOCK_SIZE",
  "BLOCKSIZE",
  "CHARSET",
]);

/** `LC_*` were not measured; what the model cannot know it must not call harmless, nor harmful. */
const UNMEASURED = /^LC_/;
const ORDINARY_LOCALE = /^(?:C|POSIX|[a-z]{2,3}(?:_[A-Z]{2})?)(?:\.[A-Za-z0-9-]+)?$/;

export function isHarmlessAssignment(name: string, value: string, literal: boolean): boolean | "undecided" {
  if (!literal) return false;
  if (UNMEASURED.test(name)) return "undecided";
  if (!HARMLESS_VARIABLES.has(name)) return false;
  if (name === "LANG" || name === "LANGUAGE") return ORDINARY_LOCALE.test(value) ? true : "undecided";
  // Measured with plain words only; anything that a shell or program might read further is left open.
  return /^[\w.,:=+/@%-]*$/.test(value) ? true : "undecided";
}
