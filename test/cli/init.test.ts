import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDirectory } from "../support/repository.ts";
import { cli } from "./io.ts";

test.each([
  [["init"], "repository", "nixclaude install"],
  [["init", "--org"], "organisation", "inputs.standards.url"],
])("%j writes the template and names the next steps", async (argv, template, step) => {
  const cwd = createDirectory();
  const { status, stdout, stderr } = await cli(argv, { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(step);
  const written = readFileSync(join(cwd, "flake.nix"), "utf8");
  expect(written).toBe(readFileSync(`templates/${template}/flake.nix`, "utf8"));
});

test("a flake.nix that is there is never changed; the template is printed instead", async () => {
  const cwd = createDirectory();
  writeFileSync(join(cwd, "flake.nix"), "{ }");
  const { status, stdout, stderr } = await cli(["init"], { cwd });
  expect(status).toBe(2);
  expect(stdout).toBe(readFileSync("templates/repository/flake.nix", "utf8"));
  expect(stderr).toContain("error[flake-exists]");
  expect(readFileSync(join(cwd, "flake.nix"), "utf8")).toBe("{ }");
});
