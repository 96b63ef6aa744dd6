import { SystemError } from "../model/errors.ts";
import { type ProcessEnd, runProcess } from "../system/process.ts";

const SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
const TIMEOUT_MS = 10 * 60_000;
const OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * Installs Nix from the distribution's own packages, whose signatures the package manager checks: no script from a web
 * page is run. Works where `apt-get` does, which is on the Ubuntu runners.
 * @throws SystemError `nix-not-installed` with what to do instead.
 */
export async function installNix(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", "nix-bin"]]) {
    const [program = "apt-get", ...rest] = [...asRoot, "apt-get", ...args];
    const command = {
      program,
      arguments: rest,
      environment: { PATH: env.PATH ?? SYSTEM_PATH, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
      cwd: "/",
      timeoutMs: TIMEOUT_MS,
      maxOutputBytes: OUTPUT_BYTES,
    };
    const end = await runProcess(command, () => true);
    if (end.kind !== "exited" || end.status !== 0) throw notInstalled(end);
  }
}

function notInstalled(end: ProcessEnd): SystemError {
  return new SystemError(
    "nix-not-installed",
    "Nix is missing, and the package manager could not install it",
    {
      hint: "Install Nix in a step before this one (for example with cachix/install-nix-action), or set install-nix: never and use a runner that has it.",
      details: end.kind === "exited" ? end.stderr.slice(-10) : [],
    },
  );
}
