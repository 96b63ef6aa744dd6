import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { PROGRAM } from "../support/program.ts";
import { standsInPage } from "./hook-transcripts.ts";
import {
  commitUnseen,
  flake,
  type HookedRepository,
  hookedRepository,
  managed,
  WIDER,
} from "./hook-world.ts";

const PUSHES = flake("Bash(git status)", "Bash(git push *)");

/** As a page shows it: nobody's paths, and no time that a machine took. */
function shown(world: HookedRepository, ...commands: string[][]): string {
  const lines = commands.map((words) => {
    const { output } = world.git(...words);
    const line = words.map((word) => (/[\s']/.test(word) ? `"${word}"` : word)).join(" ");
    return `$ git ${line}\n${output}`;
  });
  return lines
    .join("")
    .replaceAll(world.repository.git("remote", "get-url", "origin"), "github.com:acme/app")
    .replaceAll(join(PROGRAM, ".."), "")
    .replace(/\d+\.\d\d seconds/g, "0.31 seconds")
    .replace(/\d+\.\d s,/g, "0.3 s,")
    .replace(/\[[\d;]*m/g, "");
}

test.each(["lefthook", "pre-commit"] as const)("docs/hooks.md shows a commit under %s", async (name) => {
  const world = managed(name);
  world.repository.write({ "flake.nix": PUSHES });
  await standsInPage(name, shown(world, ["commit", "-a", "-m", "Let Claude push"]));
});

test("docs/hooks.md shows a push", async () => {
  const world = hookedRepository();
  commitUnseen(world.repository, PUSHES);
  await standsInPage("push", shown(world, ["push", "origin", "main"]));
});

test("docs/hooks.md shows a checkout and a trailer", async () => {
  const world = hookedRepository("--trailer");
  world.repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "-b", "logs");
  commitUnseen(world.repository, WIDER);
  world.repository.git("-c", "core.hooksPath=/dev/null", "checkout", "-q", "main");
  await standsInPage("checkout", shown(world, ["checkout", "-q", "logs"]));
  world.repository.write({ "flake.nix": flake("Bash(git status)") });
  await standsInPage(
    "trailer",
    shown(world, ["commit", "-q", "-a", "-m", "Ask before reading the log"], ["log", "-1", "--format=%B"]),
  );
});

test("docs/hooks.md shows what the real client tells the model (written by client-edit.proof.ts)", async () => {
  await standsInPage("client", readFileSync(join(import.meta.dirname, "golden/hooks-client.txt"), "utf8"));
});
