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

const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Set on their own or by a loop, they change what later commands are or do: both clients ask. */
export const ALTERING_VARIABLES = names(`
  PATH LANG LC_ALL LC_CTYPE LC_TIME LC_MESSAGES LC_COLLATE LC_NUMERIC LANGUAGE fpath FPATH path cdpath CDPATH
  ENV BASH_ENV LD_PRELOAD LD_LIBRARY_PATH DYLD_INSERT_LIBRARIES SHELL HOME HISTFILE module_path mailpath manpath
  NULLCMD READNULLCMD ZDOTDIR HISTCHARS histchars GLOBIGNORE TEXTDOMAIN TEXTDOMAINDIR functions aliases commands IFS
`);

/** The shell computes with what they are set to: anything but a number asks. */
export const COMPUTED_VARIABLES = names(`
  COLUMNS LINES OPTIND RANDOM SECONDS UID EUID PPID SHLVL LINENO HISTSIZE HISTCMD SAVEHIST KEYTIMEOUT LISTMAX ARGC
  status EPOCHSECONDS FUNCNEST TMOUT MAILCHECK LOGCHECK ERRNO TTYIDLE
`);

/** Set in every shell: inside quotes, and beside other text, the clients take them for text. */
export const SET_VARIABLES = names(`
  HOME PWD OLDPWD USER LOGNAME SHELL PATH RANDOM SECONDS UID EUID PPID HOSTNAME LINENO BASHPID BASH_VERSION TMPDIR IFS
  SHLVL HISTFILE
`);

/** `$?`, `$$`, `$#`, `$-` and, for older clients, `$!`. */
export const SET_PARAMETERS: ReadonlySet<string> = new Set(["?", "$", "#", "-", "!"]);

/** More of the shell's own, which no loop may go over. */
export const SHELL_VARIABLES = names(
  "PS1 PS4 PWD OLDPWD USER OPTARG psvar watch DIRSTACK FUNCNAME GROUPS REPLY argv pipestatus RPS1 BASHPID",
);

export const VARIABLE_FACTS: readonly ClientFact[] = [
  ...[...HARMLESS_VARIABLES].map((name) => prefix(`${name}=C`, "runs")),
  ...[...NUMERIC_VARIABLES].map((name) => prefix(`${name}=80`, "runs")),
  ...[...NUMERIC_VARIABLES].map((name) => prefix(`${name}=C`, "prompts")),
  ...[...LOCALE_VARIABLES].map((name) => prefix(`${name}=en_US.UTF-8`, "runs")),
  ...[...LOCALE_VARIABLES].map((name) => prefix(`${name}=en_US`, "prompts", ["2.1.330"])),
  ...["/x", "../x", "a/../b", "a//b"].map((path) => prefix(`TZ=${path}`, "prompts", ["2.1.330"])),
  ...["'C'", "a=b", "a,b"].map((value) => prefix(`TZ=${value}`, "prompts")),
  ...[...ALTERING_VARIABLES].map((name) => line(`${name}=5; npm test`)),
  ...[...COMPUTED_VARIABLES].map((name) => line(`${name}=x; npm test`)),
  ...[...SHELL_VARIABLES].map((name) => line(`for ${name} in 1; do npm test; done`)),
  ...[...SET_VARIABLES].map((name) => woven(`$${name}`, "runs")),
  ...[...SET_PARAMETERS].map((name) =>
    woven(`$${name}`, "runs", name === "!" ? ["2.1.197"] : CLIENT_VERSIONS),
  ),
  ...["$HOSTTYPE", "$TERM", "$EDITOR", "$X", "$1", "$@", "$_"].map((text) => woven(text, "prompts")),
];

/** Text in quotes with one of them in it. */
function woven(
  inserted: string,
  outcome: ClientFact["outcome"],
  clients: readonly ClientVersion[] = CLIENT_VERSIONS,
): ClientFact {
  return {
    id: `variable/woven ${inserted}`,
    call: bash(`npm "on ${inserted} x"`),
    permissions: { allow: ["Bash(npm *)"] },
    outcome,
    clients,
  };
}

function line(command: string): ClientFact {
  return {
    id: `variable/${command}`,
    call: bash(command),
    permissions: { allow: ["Bash(npm *)"] },
    outcome: "prompts",
    clients: CLIENT_VERSIONS,
  };
}

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
