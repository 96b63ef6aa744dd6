import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { OWN_LIB } from "./module-world.ts";
import { evaluate, ROOT, resultOf } from "./support.ts";

const PAGE = readFileSync(`${ROOT}/docs/modules.md`, "utf8");

/** The files that the page shows, by the name in their first line. */
const FILES = Object.fromEntries(
  [...PAGE.matchAll(/```nix\n# (\S+\.nix)\n(.*?)```/gs)].map(([, name, text]) => [name!, text!]),
);

const context = (modules: string) =>
  `(import ${ROOT}/nix/lib/context.nix).mkClaudeContext { lib = import ${OWN_LIB}; modules = [ ${modules} ]; }`;

test.each(nixVersions())("on Nix $version, the modules of docs/modules.md make a context", (nix) => {
  expect(Object.keys(FILES)).toEqual(["team.nix", "own.nix"]);
  expect(resultOf(nix, context("./team.nix ./own.nix"), FILES)).toMatchObject({
    persona: "You maintain the payment service, and answer in verse.",
    permissions: { allow: ["Bash(npm test)"], deny: ["Read(.env)"] },
    model: "opus",
  });
});

test.each(nixVersions())("on Nix $version, they disagree as the page says", (nix) => {
  const plain = { ...FILES, "own.nix": FILES["own.nix"]!.replace("lib.mkForce ", "") };
  const { errors } = evaluate(nix, context("./team.nix ./own.nix"), plain);
  const shown = /```text\nerror: (.*?)```/s.exec(PAGE)![1]!.replaceAll("/home/ada/payments", ".").trim();
  for (const line of shown.split("\n")) expect(errors).toContain(line);
});

test("the page names the message of a setting that the client would drop the file for", () => {
  const message = resultOf(
    nixVersions().at(-1)!,
    `map (one: "claude.\${one.path}: \${one.message}")
      ((import ${ROOT}/nix/lib/render { }).problems { context.settings.cleanupPeriodDays = "x"; })`,
  ) as string[];
  expect(PAGE).toContain(`\`${message[0]}\``);
});
