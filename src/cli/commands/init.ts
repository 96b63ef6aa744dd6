import { constants, copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SystemError, UsageError } from "../../model/errors.ts";
import type { Io } from "../io.ts";
import { packagePath } from "../package-directory.ts";

/** Copies a template's `flake.nix` into the working directory; one that is there is never changed. */
export async function run(organisation: boolean, io: Io): Promise<number> {
  const template = join(packagePath("templates"), organisation ? "organisation" : "repository", "flake.nix");
  const target = join(io.cwd, "flake.nix");
  if (existsSync(target)) {
    io.stdout.write(readFileSync(template, "utf8"));
    throw new UsageError("flake-exists", "there is a flake.nix here already, and it was not changed", {
      hint: "Standard output has the template: take its claudeContext over into the outputs.",
    });
  }
  try {
    copyFileSync(template, target, constants.COPYFILE_EXCL);
  } catch (cause) {
    throw new SystemError("file-not-written", `${target} could not be written`, {
      hint: "Check the permissions of its directory and the space on its disk.",
      cause,
    });
  }
  io.stdout.write(nextSteps(organisation));
  return 0;
}

function nextSteps(organisation: boolean): string {
  const steps = organisation
    ? [
        "Read flake.nix and state what holds for every repository: nixclaude schema constraints",
        "git add flake.nix && nixclaude check --base none",
        'In each repository: inputs.standards.url = "github:YOUR-ORGANISATION/THIS-REPOSITORY";',
      ]
    : [
        "Read flake.nix and make it yours: nixclaude schema context",
        "git add flake.nix && nixclaude check --base none",
        "nixclaude install",
      ];
  return `Wrote flake.nix. Next:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join("")}`;
}
