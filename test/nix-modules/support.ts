import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestNix } from "../support/nix.ts";

/** The project's own directory, for expressions. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export interface Evaluated {
  /** The value as JSON; undefined when the evaluation failed. */
  value: unknown;
  /** Standard error: warnings, or why it failed. */
  errors: string;
}

/** What an expression is on one Nix, without a store. `files` lie in the directory that `./` means in it. */
export function evaluate(
  nix: TestNix,
  expression: string,
  files: Readonly<Record<string, string>> = {},
): Evaluated {
  const directory = mkdtempSync(join(tmpdir(), "nixclaude-modules-"));
  try {
    for (const [path, text] of Object.entries({ ...files, "expression.nix": expression })) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const { status, stdout, stderr } = spawnSync(
      nix.binary,
      [
        ...["--extra-experimental-features", "nix-command", "--store", "dummy://"],
        ...["eval", "--json", "--impure", "--expr", `import ${join(directory, "expression.nix")}`],
      ],
      {
        env: { PATH: process.env.PATH ?? "", HOME: directory },
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    // Paths differ from run to run.
    const errors = stderr.replaceAll(directory, ".");
    return { value: status === 0 ? (JSON.parse(stdout) as unknown) : undefined, errors };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The same for what must evaluate. */
export function resultOf(
  nix: TestNix,
  expression: string,
  files: Readonly<Record<string, string>> = {},
): unknown {
  const { value, errors } = evaluate(nix, expression, files);
  if (value === undefined) throw new Error(errors);
  return value;
}
