import { expect, test } from "vitest";
import { check, flake, lock, rewrite } from "../end-to-end/causes-world.ts";

const skills = 'claudeContext = { version = "2025-01"; skills = { review = ./review.nix; }; };';

test("a skill that says what an input says changes with it, and not with what else the input says", () => {
  const nixpkgs = flake({ outputs: 'lib.word = "old";' });
  const repository = flake({ inputs: { nixpkgs }, outputs: skills });
  repository.write({ "review.nix": '{ lib, ... }: {\n  description = "d";\n  text = lib.word;\n}\n' });
  repository.commit("skill");

  rewrite(nixpkgs, { outputs: 'lib.word = "new";' });
  lock(repository, "nixpkgs");
  expect(check(repository).causes).toEqual({
    "skills.review": [expect.objectContaining({ kind: "input", name: "nixpkgs" })],
  });

  rewrite(nixpkgs, { outputs: 'lib.word = "new"; lib.other = 1;' });
  lock(repository, "nixpkgs");
  expect(check(repository).causes).toEqual({});

  repository.write({ "review.nix": '{ lib, ... }: {\n  description = "e";\n  text = lib.word;\n}\n' });
  repository.commit("edit");
  expect(check(repository).causes).toEqual({
    "skills.review": [expect.objectContaining({ kind: "edit", file: "review.nix", line: 2 })],
  });
});

test("edit and input that changed a skill only together are both named", () => {
  const nixpkgs = flake({ outputs: 'lib.word = "";' });
  const repository = flake({ inputs: { nixpkgs }, outputs: skills });
  repository.write({ "review.nix": '_: { text = ""; }\n' });
  repository.commit("skill");
  rewrite(nixpkgs, { outputs: 'lib.word = "new";' });
  repository.write({ "review.nix": "{ lib }: { text = lib.word; }\n" });
  lock(repository, "nixpkgs");
  expect(check(repository).causes["skills.review"]).toMatchObject([
    {
      kind: "joint",
      of: [
        { kind: "edit", file: "review.nix" },
        { kind: "input", name: "nixpkgs" },
      ],
    },
  ]);
});
