import { CLIENT_VERSIONS } from "../../model/semantics.ts";
import { bash, type ClientFact } from "./fact.ts";

/**
 * Variables that may stand in front of an approved command with a literal value: the client takes them off before it
 * compares. A name outside the list asks.
 */
export const HARMLESS_VARIABLES: ReadonlySet<string> = new Set([
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

export const VARIABLE_FACTS: readonly ClientFact[] = [...HARMLESS_VARIABLES].map((name) => ({
  id: `variable/${name}`,
  call: bash(`${name}=C npm test`),
  permissions: { allow: ["Bash(npm *)"] },
  outcome: "runs",
  clients: CLIENT_VERSIONS,
}));
