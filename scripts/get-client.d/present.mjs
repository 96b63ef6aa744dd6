import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Below this it is the note that stands in the program's place until an install script has run. */
const LEAST_PROGRAM_BYTES = 1_000_000;

/**
 * The clients named in a package.json (`claude-code-2.1.330`), newest first, and the program of each; null where it is
 * not installed. Install scripts need not have run: the program is then still in its platform's own package.
 */
export function presentClients(directory) {
  const { dependencies } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const names = Object.keys(dependencies).sort().reverse();
  return Object.fromEntries(
    names.map((name) => {
      const version = name.replace("claude-code-", "");
      return [version, places(directory, name, version).find(isProgram) ?? null];
    }),
  );
}

function places(directory, name, version) {
  const modules = join(directory, "node_modules");
  const platform = join(
    "@anthropic-ai",
    `claude-code-${process.platform}-${process.arch}${isMusl() ? "-musl" : ""}`,
  );
  const packages = [join(modules, name, "node_modules", platform), join(modules, platform)];
  return [
    join(modules, name, "bin", "claude.exe"),
    ...packages.filter((path) => versionOf(path) === version).map((path) => join(path, "claude")),
  ];
}

function isProgram(path) {
  return existsSync(path) && statSync(path).size > LEAST_PROGRAM_BYTES;
}

function versionOf(path) {
  const file = join(path, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : null;
}

function isMusl() {
  return process.platform === "linux" && process.report.getReport().header.glibcVersionRuntime === undefined;
}
