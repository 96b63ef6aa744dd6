import type { Random } from "./random.ts";

const NAMES: readonly string[] = (
  "NODE_ENV CI TZ NO_COLOR FORCE_COLOR CLICOLOR CLICOLOR_FORCE TERM COLORTERM COLUMNS LINES LANGUAGE LANG LC_ALL LC_CTYPE LC_MESSAGES " +
  "LC_TIME RUST_LOG RUST_BACKTRACE GOOS GOARCH GOEXPERIMENT CGO_ENABLED GO111MODULE GOFLAGS GOPROXY GOPATH PYTHONUNBUFFERED " +
  "PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONSTARTUP PYTHONWARNINGS PYTHONHASHSEED PYTHONIOENCODING PYTEST_DEBUG PYTEST_DISABLE_PLUGIN_AUTOLOAD PYTEST_ADDOPTS ANTHROPIC_API_KEY " +
  "ANTHROPIC_BASE_URL GIT_TERMINAL_PROMPT GIT_DIR GIT_SSH_COMMAND GIT_PAGER GIT_EDITOR GIT_AUTHOR_NAME GIT_CONFIG_COUNT GREP_COLOR " +
  "GREP_COLORS LS_COLORS LSCOLORS GCC_COLORS TIME_STYLE BLOCK_SIZE BLOCKSIZE CHARSET PATH HOME USER SHELL PWD IFS ENV BASH_ENV " +
  "LD_PRELOAD LD_LIBRARY_PATH DYLD_INSERT_LIBRARIES NODE_OPTIONS NODE_PATH NPM_CONFIG_REGISTRY npm_config_yes DEBUG VERBOSE PORT " +
  "HTTP_PROXY https_proxy NO_PROXY NIX_PATH NIX_CONFIG AWS_PROFILE AWS_REGION KUBECONFIG DOCKER_HOST DOCKER_BUILDKIT PAGER LESS " +
  "LESSOPEN MANPAGER EDITOR VISUAL BROWSER CC CFLAGS CARGO_TERM_COLOR CARGO_TARGET_DIR RUSTFLAGS RUSTC_WRAPPER JAVA_HOME " +
  "JAVA_TOOL_OPTIONS MAVEN_OPTS RUBYOPT RUBYLIB PERL5OPT PERL5LIB DISPLAY XDG_CONFIG_HOME TMPDIR HISTFILE PS4 PROMPT_COMMAND " +
  "SUDO_ASKPASS SSH_ASKPASS GH_TOKEN GITHUB_TOKEN FOO A _ x LOG_LEVEL ENVIRONMENT RAILS_ENV RACK_ENV APP_ENV DJANGO_SETTINGS_MODULE FLASK_ENV " +
  "JEST_WORKER_ID VITEST TEST E2E HEADLESS UPDATE_SNAPSHOT SKIP HUSKY MAKEFLAGS DATABASE_URL POSIXLY_CORRECT COMPOSE_FILE TF_LOG TF_VAR_x " +
  "CLAUDE_CODE_SHELL FPATH CDPATH GLOBIGNORE BASHOPTS SHELLOPTS OPENSSL_CONF SSL_CERT_FILE CURL_HOME WGETRC GIT_EXTERNAL_DIFF"
).split(" ");

/** Names that the client passes over: they stand in front more often than a name of hundreds would. */
const KNOWN_NAMES = ["NODE_ENV", "CI", "TZ", "NO_COLOR", "LANG", "RUST_LOG", "TERM", "GOOS"];

const VALUES: readonly string[] = [
  "1",
  "test",
  "",
  "production",
  "C",
  "C.UTF-8",
  "en_US.UTF-8",
  "UTC",
  "/x",
  "a:b",
  "a=b",
  "a,b",
  "-x",
  "x.y",
  "'a b'",
  '"a b"',
  "'x'",
  '"x"',
  "$'x'",
  "a\\ b",
  "$HOME",
  '"$HOME"',
  "${X}",
  "$X",
  "$(id)",
  '"$(id)"',
  "`id`",
  "$((1))",
  "~",
  "~/x",
  "*",
  "{a,b}",
  "<(id)",
  "(a b)",
  "a;b",
  "é",
  "../x",
  "'; id'",
  "'$(id)'",
  "!x",
  "#x",
  "x%y",
  "x@y",
  "x+y",
];

export function withPrefix(random: Random, line: string): string {
  const one = (): string => assignment(random);
  return random.weighted(
    [14, () => `${one()} ${line}`],
    [4, () => `${one()} ${one()} ${line}`],
    [1, () => `${one()} ${one()} ${one()} ${line}`],
    [
      2,
      () =>
        `${one()} ${random.pick(["timeout 5", "time", "nice", "nohup", "env", "sudo", "xargs", "command", "exec"])} ${line}`,
    ],
    [
      3,
      () =>
        `${random.pick(["timeout 5", "time", "nice", "nohup", "env", "env -i", "sudo", "xargs", "command", "stdbuf -oL", "exec", "noglob"])} ${one()} ${line}`,
    ],
    [1, () => `${one()}; ${line}`],
    [1, () => `${one()} && ${line}`],
    [1, () => `export ${one()} && ${line}`],
    [1, () => one()],
    [0.5, () => `${one()}\n${line}`],
    [0.5, () => `${line} ${one()}`],
    [0.5, () => `${one()} \\\n${line}`],
    [0.5, () => `${one()} > f ${line}`],
    [0.5, () => `ls && ${one()} ${line}`],
    [0.5, () => `(${one()} ${line})`],
    [0.5, () => `if ${one()} ${line}; then ls; fi`],
  );
}

function assignment(random: Random): string {
  const name = random.pick(random.chance(0.3) ? KNOWN_NAMES : NAMES);
  const value = random.chance(0.45) ? random.pick(["1", "test", "C", "x"]) : random.pick(VALUES);
  return random.weighted(
    [20, () => `${name}=${value}`],
    [1, () => `${name}+=${value}`],
    [0.5, () => `${name}[0]=${value}`],
    [0.5, () => `'${name}'=${value}`],
    [0.5, () => `${name}\\=${value}`],
    [0.5, () => `${name.toLowerCase()}=${value}`],
    [0.5, () => `${name}X=${value}`],
    [0.3, () => `1${name}=${value}`],
    [0.3, () => `${name} =${value}`],
  );
}
