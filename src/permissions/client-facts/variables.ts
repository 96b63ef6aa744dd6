import { CLIENT_VERSIONS, type ClientVersion } from "../../model/semantics.ts";
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
  "LANGUAGE",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "LC_TIME",
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
  "DEBIAN_FRONTEND",
]);

/** The shell computes with their values, so only plain numbers may stand there. */
export const NUMERIC_VARIABLES: ReadonlySet<string> = new Set(["COLUMNS", "LINES"]);

/** Of these newer clients take only a locale with UTF-8, `C` and `POSIX`. */
export const LOCALE_VARIABLES: ReadonlySet<string> = new Set(["LANG", "LC_ALL", "LC_CTYPE"]);

export const VARIABLE_FACTS: readonly ClientFact[] = [
  ...[...HARMLESS_VARIABLES].map((name) => prefix(`${name}=C`, "runs")),
  ...[...NUMERIC_VARIABLES].map((name) => prefix(`${name}=80`, "runs")),
  ...[...NUMERIC_VARIABLES].map((name) => prefix(`${name}=C`, "prompts")),
  ...[...LOCALE_VARIABLES].map((name) => prefix(`${name}=en_US.UTF-8`, "runs")),
  ...[...LOCALE_VARIABLES].map((name) => prefix(`${name}=en_US`, "prompts", ["2.1.330"])),
  ...["/x", "../x", "a/../b", "a//b"].map((path) => prefix(`TZ=${path}`, "prompts", ["2.1.330"])),
  ...["'C'", "a=b", "a,b"].map((value) => prefix(`TZ=${value}`, "prompts")),
];

function prefix(
  assignment: string,
  outcome: ClientFact["outcome"],
  clients: readonly ClientVersion[] = CLIENT_VERSIONS,
): ClientFact {
  return {
    id: `variable/${assignment}`,
    call: bash(`${assignment} npm test`),
    permissions: { allow: ["Bash(npm *)"] },
    outcome,
    clients,
  };
}
