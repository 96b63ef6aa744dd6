import { CLIENT_VERSIONS } from "../../model/semantics.ts";
import type { ClientFact } from "./fact.ts";

/** Directories in which every write asks, at any depth, whatever the allow rules say. Compared in lower case. */
export const PROTECTED_DIRECTORIES: readonly string[] = [
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

/** Names of files of the same kind, in any directory. Compared in lower case. */
export const PROTECTED_FILES: ReadonlySet<string> = new Set([
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

const EVERYTHING = { allow: ["Write", "Edit(**)", "Edit(//**)"] };

export const PATH_FACTS: readonly ClientFact[] = [
  ...PROTECTED_DIRECTORIES.map((directory) => protectedPath(`${directory}/nixclaude`)),
  ...[...PROTECTED_FILES].map((file) => protectedPath(`nixclaude/${file}`)),
  removal("rm -rf ~"),
  removal("rm -rf /"),
  removal("rmdir /usr"),
];

function protectedPath(path: string): ClientFact {
  return {
    id: `protected/${path}`,
    call: { tool: "Write", argument: path },
    permissions: EVERYTHING,
    outcome: "prompts",
    clients: CLIENT_VERSIONS,
  };
}

/** Removing a critical directory asks even under a blanket rule. */
function removal(command: string): ClientFact {
  return {
    id: `critical/${command}`,
    call: { tool: "Bash", argument: command },
    permissions: { allow: ["Bash"] },
    outcome: "prompts",
    clients: CLIENT_VERSIONS,
  };
}
