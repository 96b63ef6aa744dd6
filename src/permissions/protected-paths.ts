import { posix } from "node:path/posix";

/**
 * Files that decide what tools and shells do next: writes ask in `default` and `acceptEdits` whatever the allow rules
 * say (reference, section 2.3; permission-modes page of the client's documentation).
 */
const DIRECTORIES: readonly string[] = [
  ".git",
  ".config/git",
  ".vscode",
  ".idea",
  ".husky",
  ".cargo",
  ".devcontainer",
  ".yarn",
  ".mvn",
  ".claude",
];

const FILES: ReadonlySet<string> = new Set([
  ".gitconfig",
  ".gitmodules",
  ".bashrc",
  ".bash_profile",
  ".bash_login",
  ".bash_aliases",
  ".bash_logout",
  ".zshrc",
  ".zprofile",
  ".zshenv",
  ".zlogin",
  ".zlogout",
  ".profile",
  ".envrc",
  ".npmrc",
  ".yarnrc",
  ".yarnrc.yml",
  ".pnp.cjs",
  ".pnp.loader.mjs",
  ".pnpmfile.cjs",
  "bunfig.toml",
  ".bunfig.toml",
  ".bazelrc",
  ".bazelversion",
  ".bazeliskrc",
  ".pre-commit-config.yaml",
  "lefthook.yml",
  "lefthook.yaml",
  ".lefthook.yml",
  ".lefthook.yaml",
  "gradle-wrapper.properties",
  "maven-wrapper.properties",
  ".devcontainer.json",
  ".ripgreprc",
  "pyrightconfig.json",
  ".mcp.json",
  ".claude.json",
]);

/** `path` is absolute and normal. */
export function isProtectedPath(path: string): boolean {
  const lower = path.toLowerCase();
  if (FILES.has(posix.basename(lower))) return true;
  if (/\/\.claude\/worktrees(?:\/|$)/.test(lower)) return false;
  return DIRECTORIES.some((directory) => `${lower}/`.includes(`/${directory}/`));
}
