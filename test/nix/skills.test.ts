import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { normaliseContext } from "../../src/context/index.ts";
import type { RawSet, RawValue } from "../../src/model/raw-value.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { nixVersions } from "../support/nix.ts";
import { createRepository, type Files } from "../support/repository.ts";
import { lock, pathInput } from "./path-inputs.ts";
import { contextRepository, type EvaluateOptions, errorOf, evaluate, presentSide } from "./support.ts";

const NIXPKGS = pathInput({
  "flake.nix": `{
  outputs = _: {
    lib.concat = builtins.concatStringsSep ", ";
    legacyPackages.aarch64-linux.rg.meta.mainProgram = "rg-arm";
    legacyPackages.x86_64-linux.rg.meta.mainProgram = "rg";
  };
}`,
});

/** A flake that has this as its skills, and the input `nixpkgs`. */
function withNixpkgs(skills: string, files: Files, nixpkgs = NIXPKGS) {
  return createRepository({
    "flake.nix": `{
  inputs.nixpkgs.url = "${nixpkgs.url}";
  outputs = { nixpkgs, ... }: { claudeContext = { version = "2025-01"; skills = ${skills}; }; };
}
`,
    "flake.lock": lock({ nixpkgs: "nixpkgs" }, { nixpkgs: nixpkgs.node }),
    ...files,
  });
}

const context = (skills: string) => `{ version = "2025-01"; skills = ${skills}; }`;

describe.each(nixVersions())("skills as .nix files, on Nix $version", (nix) => {
  const normalised = async (repository: ReturnType<typeof createRepository>, options: EvaluateOptions = {}) =>
    normaliseContext(presentSide(await evaluate(nix, repository, options)).value, { client: DEFAULT_CLIENT });

  const INLINE =
    '{ name = "review"; description = "Reviews"; text = "Read it."; allowedTools = [ "Read" ]; }';
  const FORMS: Record<string, string> = {
    "an attribute set": INLINE,
    "a function of what it does not name": `_: ${INLINE}`,
    "a function of lib": `{ lib }: { name = "review"; description = lib.concat [ "Reviews" ]; text = "Read it."; allowed-tools = [ "Read" ]; }`,
    "a function of pkgs and more": `{ pkgs, ... }: ${INLINE} // { text = builtins.replaceStrings [ "rg" ] [ "Read it." ] pkgs.rg.meta.mainProgram; }`,
    "a function of both, by one name": `given: builtins.seq given.pkgs.rg (${INLINE} // { description = given.lib.concat [ "Reviews" ]; })`,
    "a function that can do without": `{ lib ? null, other ? "Read it." }: ${INLINE} // { text = other; }`,
    "a file that names another": "./0.nix",
  };

  test("each form is the skill that it is when written inline", async () => {
    const files = Object.entries(FORMS).map(
      ([name, text], index) => [name, `skills/${index}.nix`, text] as const,
    );
    const skills = files.map(([name, path]) => `${JSON.stringify(name)} = ./${path};`).join(" ");
    const repository = withNixpkgs(
      `{ inline = ${INLINE}; ${skills} }`,
      Object.fromEntries(files.map(([, path, text]) => [path, text])),
    );
    const { context: found, problems, failures } = await normalised(repository);
    expect([problems, failures]).toEqual([[], []]);
    const { inline, ...others } = found.skills;
    expect(inline?.attributes).toEqual({ name: "review", description: "Reviews", "allowed-tools": ["Read"] });
    for (const name of Object.keys(FORMS)) expect([name, others[name]]).toEqual([name, inline]);
  });

  test("in a list it has the name that it says, or that of its file", async () => {
    const files = { "skills/audit.nix": '{ lib }: { text = "Look."; }', "skills/review.nix": INLINE };
    const { context: found, positions } = await normalised(
      withNixpkgs("[ ./skills/review.nix ./skills/audit.nix ]", files),
    );
    expect(found.skills).toEqual({
      review: expect.objectContaining({ description: "Reviews" }),
      audit: expect.objectContaining({ attributes: { name: "audit" } }),
    });
    expect(positions["skills.audit"]).toEqual({ file: "skills/audit.nix", line: 1, column: 12 });
  });

  test("pkgs are those of x86_64-linux, else of the first system, whatever machine this is", async () => {
    const program = "{ pkgs }: { text = pkgs.rg.meta.mainProgram; }";
    const only = pathInput({
      "flake.nix": '{ outputs = _: { legacyPackages.riscv.rg.meta.mainProgram = "rg-riscv"; }; }',
    });
    const files = { "rg.nix": program };
    const both = await normalised(withNixpkgs("[ ./rg.nix ]", files));
    const other = await normalised(withNixpkgs("[ ./rg.nix ]", files, only));
    expect(both.context.skills.rg?.text).toContain("\nrg");
    expect(other.context.skills.rg?.text).toContain("rg-riscv");
  });

  test.each<[name: string, skills: string]>([
    ["a path of an input's own context", "standards.claudeContext.skills"],
    ["text that names a file of an input", '[ "${standards}/skills/audit.nix" ]'],
  ])("%s is a skill from there", async (_, skills) => {
    const standards = pathInput({
      "flake.nix": "{ outputs = _: { claudeContext.skills = [ ./skills/audit.nix ]; }; }",
      "skills/audit.nix": '{\n  description = "Audits";\n  text = "Look.";\n}\n',
    });
    const repository = createRepository({
      "flake.nix": `{
  inputs.standards.url = "${standards.url}";
  outputs = { standards, ... }: { claudeContext = ${context(skills)}; };
}
`,
      "flake.lock": lock({ standards: "standards" }, { standards: standards.node }),
    });
    const { context: found, positions, problems } = await normalised(repository);
    expect(problems).toEqual([]);
    expect(found.skills.audit).toMatchObject({
      description: "Audits",
      text: expect.stringContaining("Look."),
    });
    expect(positions["skills.audit"]).toEqual({
      file: "skills/audit.nix",
      line: 2,
      column: 3,
      input: "standards",
    });
  });

  test("inputs that only Nix itself can resolve are given, too", async () => {
    const a = pathInput({ "flake.nix": '{ inputs.nixpkgs.url = "path:/b"; outputs = _: { word = "a"; }; }' });
    const nixpkgs = pathInput({
      "flake.nix": '{ inputs.a.url = "path:/a"; outputs = { a, ... }: { lib.word = a.word; }; }',
    });
    const repository = createRepository({
      "flake.nix": `{ inputs.a = { url = "${a.url}"; inputs.nixpkgs.follows = "nixpkgs"; }; inputs.nixpkgs = { url = "${nixpkgs.url}"; inputs.a.follows = "a"; }; outputs = _: { claudeContext = ${context("[ ./x.nix ]")}; }; }`,
      "flake.lock": lock(
        { a: "a", nixpkgs: "nixpkgs" },
        {
          a: { ...a.node, inputs: { nixpkgs: ["nixpkgs"] } },
          nixpkgs: { ...nixpkgs.node, inputs: { a: ["a"] } },
        },
      ),
      "x.nix": "{ lib }: { text = lib.word; }",
    });
    expect((await normalised(repository)).context.skills.x?.text).toMatch(/\na$/);
  });

  test("each file that fails does so in its place, and hides no other", async () => {
    const bad: Record<string, [file: string, message: RegExp]> = {
      "asks for lib where nobody has one": ["{ lib }: { }", /^a skill asks for `lib`, .* input `nixpkgs`/],
      "asks for pkgs where nobody has any": [
        "{ pkgs, ... }: { }",
        /^a skill asks for `pkgs`, .* input `nixpkgs`/,
      ],
      "asks for what nobody gives": ["{ config }: { }", /^a skill asks for `config`; only `lib` and `pkgs`/],
      throws: ['throw "no skill today"', /^no skill today/],
      "is not Nix": ["{ text = ; }", /syntax error/],
      "uses what is not there": ["{ text = (import ./gone.nix).text; }", /gone\.nix/],
      "reads what lies outside": ["{ text = builtins.readFile /etc/hostname; }", /\/etc/],
    };
    const files = Object.values(bad).map(([text], index): [string, string] => [
      `skills/bad-${index}.nix`,
      text,
    ]);
    const skills = `[ ${files.map(([path]) => `./${path}`).join(" ")} ./skills/good.nix ]`;
    const repository = contextRepository(context(skills), {
      ...Object.fromEntries(files),
      "skills/good.nix": '{ text = "Good."; }',
    });
    const { context: found, failures } = await normalised(repository);
    Object.entries(bad).forEach(([what, [, message]], index) => {
      const failure = failures.find(({ path }) => path.startsWith(`skills[${index}]`));
      expect([what, failure?.message]).toEqual([what, expect.stringMatching(message)]);
      expect([what, failure?.position?.file]).toEqual([what, `skills/bad-${index}.nix`]);
    });
    expect(failures).toHaveLength(Object.keys(bad).length);
    expect(found.skills.good?.text).toContain("Good.");
  });

  test.each<[name: string, file: string, kind: RawValue["kind"]]>([
    ["a text", '"Read it."', "scalar"],
    ["a list", "[ ]", "list"],
    ["a function of a function", "{ }: _: { }", "function"],
  ])("%s is no skill, also not in a file", async (_, file, kind) => {
    const repository = contextRepository(context("{ x = ./x.nix; }"), { "x.nix": file });
    const { value } = presentSide(await evaluate(nix, repository));
    expect((value as RawSet).entries.skills).toMatchObject({ entries: { x: { kind } } });
    const { problems } = normaliseContext(value, { client: DEFAULT_CLIENT });
    expect(problems).toMatchObject([{ path: "skills.x", position: { file: "x.nix", line: 1 } }]);
  });

  test("a file that names itself is cut at the depth that all values have", async () => {
    const repository = contextRepository(context("[ ./x.nix ]"), { "x.nix": "./x.nix" });
    const result = await evaluate(nix, repository);
    expect(result.limitsHit).toEqual(["depth"]);
  });

  test("what is in a file counts as what is written inline", async () => {
    const files = { "x.nix": '{ text = "x"; metadata = builtins.genList (n: n) 50; }' };
    const repository = contextRepository(context("[ ./x.nix ]"), files);
    expect((await evaluate(nix, repository, { limits: { contextValues: 40 } })).limitsHit).toContain("width");
    expect((await evaluate(nix, repository, { limits: { contextValues: 55 } })).limitsHit).toContain(
      "values",
    );
    expect((await evaluate(nix, repository)).limitsHit).toEqual([]);
  });

  test("only members of skills are read so, and only regular files", async () => {
    const repository = contextRepository(
      `{ agents.a = ./a.nix; deep.skills = [ ./a.nix ]; skills = [ ./directory.nix ./link.nix ./gone.nix ]; }`,
      { "a.nix": '{ text = "a"; }', "directory.nix/default.nix": '{ text = "b"; }' },
    );
    symlinkSync("a.nix", join(repository.root, "link.nix"));
    repository.commit();
    const { entries } = presentSide(await evaluate(nix, repository)).value as RawSet;
    expect(entries.agents).toMatchObject({ entries: { a: { kind: "path", content: { kind: "file" } } } });
    expect(entries.deep).toMatchObject({ entries: { skills: { items: [{ kind: "path" }] } } });
    expect(entries.skills).toMatchObject({
      items: [
        { kind: "path", content: { kind: "directory" } },
        { kind: "path", content: { kind: "symlink" } },
        { kind: "path", content: { kind: "missing" } },
      ],
    });
  });

  test("an untrusted one is read the same, and reaches nothing", async () => {
    const untrusted = { trust: "untrusted", offline: false } as const;
    const files = {
      "x.nix": '{ text = "x" + builtins.getEnv "HOME"; }',
      "fetch.nix": '{ text = builtins.readFile (builtins.fetchurl "http://127.0.0.1:1/x"); }',
    };
    const { context: found, failures } = await normalised(
      contextRepository(context("[ ./x.nix ./fetch.nix ]"), files),
      untrusted,
    );
    expect(found.skills.x?.text).toMatch(/\nx$/);
    expect(failures).toMatchObject([{ path: expect.stringMatching(/^skills\[1\]/) }]);
  });

  test("that nixpkgs is not locked is an error as ever", async () => {
    const repository = createRepository({
      "flake.nix": `{ outputs = { self, nixpkgs }: { claudeContext = ${context("[ ./x.nix ]")}; }; }`,
      "x.nix": "{ lib }: { }",
    });
    expect(await errorOf(evaluate(nix, repository))).toMatchObject({ code: "lock-missing" });
  });
});
