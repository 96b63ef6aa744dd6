/**
 * Programs behind which a trailing wildcard approves arbitrary code: nothing in the client inspects their arguments
 * (reference, section 7). `when` limits an entry to subcommands, as the words that must follow the program.
 * Not here: what the client holds back whatever a wildcard says (`watch`, `setsid`, `exec`, `eval`, `find -exec`).
 */
export interface Launcher {
  category: LauncherCategory;
  /** Space-separated words that the rule's literal text must begin with behind the program; absent: any use. */
  when?: readonly string[];
}

export type LauncherCategory =
  | "everything"
  | "shell"
  | "interpreter"
  | "wrapper"
  | "build-tool"
  | "package-runner"
  | "nix"
  | "git"
  | "archiver-or-pager"
  | "network"
  | "operations"
  | "agent";

function all(category: LauncherCategory, names: string): [string, Launcher][] {
  return names.split(" ").map((name) => [name, { category }]);
}

function only(category: LauncherCategory, names: string, when: readonly string[]): [string, Launcher][] {
  return names.split(" ").map((name) => [name, { category, when }]);
}

export const LAUNCHERS: ReadonlyMap<string, Launcher> = new Map<string, Launcher>([
  ...all("shell", "sh bash zsh dash ksh fish nu pwsh busybox su"),
  ...all(
    "interpreter",
    "python python2 python3 node deno bun perl ruby php lua R Rscript julia java jshell groovy scala ghci runghc ocaml " +
      "elixir erl iex racket guile emacs vi vim nvim ed ex gdb lldb tclsh osascript swift awk gawk mawk sed dc bc",
  ),
  ...all(
    "wrapper",
    "env sudo doas xargs timeout nice nohup stdbuf time command builtin noglob chroot unshare nsenter setpriv runuser " +
      "parallel entr direnv devbox mise asdf mosh tmux screen at batch systemd-run",
  ),
  ...all(
    "build-tool",
    "make gmake ninja cmake just task rake gradle gradlew mvn mvnw ant bazel buck pants tox nox pre-commit lefthook " +
      "husky cargo go zig stack cabal mix dotnet swift-build composer brew gem bundle",
  ),
  ...all("package-runner", "npx bunx uvx pipx poetry"),
  ...only("package-runner", "npm pnpm yarn", [
    "run",
    "run-script",
    "exec",
    "dlx",
    "x",
    "install",
    "i",
    "ci",
    "add",
    "test",
    "t",
    "start",
    "create",
    "init",
  ]),
  ...only("package-runner", "pip pip3", ["install"]),
  ...only("package-runner", "uv", ["run", "pip", "tool", "sync", "add"]),
  ...only("nix", "nix", [
    "run",
    "shell",
    "develop",
    "build",
    "eval",
    "repl",
    "fmt",
    "flake check",
    "flake show",
    "profile",
    "bundle",
    "print-dev-env",
  ]),
  ...all(
    "nix",
    "nix-shell nix-build nix-env nix-instantiate nixos-rebuild home-manager darwin-rebuild nixops colmena deploy deploy-rs",
  ),
  ...only("git", "git", [
    "-c",
    "-C",
    "--exec-path",
    "--config-env",
    "rebase",
    "bisect",
    "submodule",
    "filter-branch",
    "difftool",
    "mergetool",
    "config",
    "commit",
    "push",
    "pull",
    "fetch",
    "clone",
    "checkout",
    "switch",
    "merge",
    "am",
    "cherry-pick",
    "revert",
    "worktree",
    "hook",
    "grep",
    "ls-remote",
    "archive",
  ]),
  ...all("archiver-or-pager", "tar bsdtar zip rsync more less man"),
  ...all("network", "curl wget ssh scp sftp nc ncat netcat socat ftp rclone"),
  ...all(
    "operations",
    "docker podman kubectl helm terraform tofu pulumi ansible ansible-playbook aws gcloud az gh psql mysql sqlite3 " +
      "redis-cli crontab systemctl launchctl open xdg-open",
  ),
  ...all("agent", "claude codex gemini aider"),
]);

/** Subcommands of launchers that only report and take no program of the caller's. */
export const HARMLESS_SUBCOMMANDS: Readonly<Record<string, readonly string[]>> = {
  git: ["status"],
  docker: ["ps", "images", "version", "info", "logs", "inspect"],
  podman: ["ps", "images", "version", "info", "logs", "inspect"],
  kubectl: ["get", "describe", "logs", "version", "top", "api-resources"],
  helm: ["list", "status", "version"],
  terraform: ["version", "fmt"],
  tofu: ["version", "fmt"],
  aws: ["s3 ls", "sts get-caller-identity"],
  gh: [
    "pr list",
    "pr view",
    "pr status",
    "pr checks",
    "issue list",
    "issue view",
    "run list",
    "run view",
    "repo view",
  ],
  go: ["version", "fmt"],
  systemctl: ["status", "is-active", "list-units"],
  brew: ["list", "info"],
  gem: ["list"],
};
