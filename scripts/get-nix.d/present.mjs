import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Written last into an unpacked version: holds the suite it came from. Without it a folder does not count. */
export const SUITE_FILE = "suite";

/** The unpacked versions, oldest first: `{ version, suite, binary }`. */
export function fetchedNixes(directory) {
  return folders(directory)
    .flatMap((version) => {
      const home = join(directory, version);
      try {
        return [
          { version, suite: readFileSync(join(home, SUITE_FILE), "utf8").trim(), binary: join(home, "nix") },
        ];
      } catch {
        return [];
      }
    })
    .sort((a, b) => a.version.localeCompare(b.version, "en", { numeric: true }));
}

/** `2.8.0`, or null when the program does not run or is older than 2.8. */
export function usableVersion(binary) {
  try {
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 20_000 };
    const text = execFileSync(binary, ["--version"], options);
    const found = /(\d+)\.(\d+)[\w.]*\s*$/.exec(text.trim());
    if (found === null) return null;
    const [major, minor] = [Number(found[1]), Number(found[2])];
    return major > 2 || (major === 2 && minor >= 8) ? found[0].trim() : null;
  } catch {
    return null;
  }
}

function folders(directory) {
  try {
    return readdirSync(directory).filter((name) => /^\d/.test(name));
  } catch {
    return [];
  }
}
