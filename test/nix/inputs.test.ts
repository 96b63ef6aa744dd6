import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RawSet } from "../../src/model/raw-value.ts";
import { nixVersions } from "../support/nix.ts";
import { createDirectory, createRepository, writeFiles } from "../support/repository.ts";
import { lock, pathInput } from "./path-inputs.ts";
import { errorOf, evaluate, presentSide } from "./support.ts";

const versions = nixVersions();

const STANDARDS = `{
  outputs = { self, ... }: {
    claudeContext.constraints.no-push = {
      forbid.allow = [ "Bash(git push *)" ];
      docs = "\${self}/docs";
    };
  };
}
`;

describe.each(versions)("on Nix $version", (nix) => {
  test("tells the content of files that command lines name, here and in inputs", async () => {
    const tools = pathInput({ "guard.sh": "exit 1\n", "bin/a": "a" }, { flake: false });
    const repository = createRepository({
      "flake.nix": `{
  inputs.tools = { url = "${tools.url}"; flake = false; };
  outputs = { self, tools }: {
    claudeContext = {
      persona = "\${self}/hooks/guard.sh";
      hooks.PreToolUse = [ { hooks = [
        { command = "\${self}/hooks/guard.sh --strict"; }
        { command = "'$CLAUDE_PROJECT_DIR'/hooks/guard.sh"; }
        { command = "\${tools}/guard.sh"; }
        { command = "cd \${tools} && ./guard.sh"; }
        { command = builtins.unsafeDiscardStringContext "\${self}/hooks"; }
        { command = { outPath = "\${self}/hooks/guard.sh"; }; }
      ]; } ];
    };
  };
}
`,
      "flake.lock": lock({ tools: "tools" }, { tools: tools.node }),
      "hooks/guard.sh": "exit 2\n",
      ".gitattributes": "hooks/guard.sh export-ignore\n",
    });
    const before = repository.head();
    repository.write({ "hooks/guard.sh": "exit 0\n" });
    const result = await evaluate(nix, repository, { before: { kind: "revision", name: before } });
    const commands = (side: "before" | "after") =>
      [...JSON.stringify(presentSide(result, side).value).matchAll(/"references":(\{[^}]*\})/g)].map(
        (match) => JSON.parse(match[1]!) as Record<string, string>,
      );
    const sha256 = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
    const { 4: directory, ...others } = commands("before");
    expect(others).toEqual({
      0: { "./hooks/guard.sh": sha256("exit 2\n") },
      1: { "./hooks/guard.sh": sha256("exit 2\n") },
      2: { "<tools>/guard.sh": sha256("exit 1\n") },
      3: { "<tools>": expect.stringMatching(/^store:[0-9a-z]{32}-source$/) },
      5: { "./hooks/guard.sh": sha256("exit 2\n") },
    });
    const after = commands("after");
    expect(after[0]).toEqual({ "./hooks/guard.sh": sha256("exit 0\n") });
    expect(Object.keys(directory!)).toEqual(["./hooks"]);
    expect(after[4]).not.toEqual(directory);
    expect(after[3]).toEqual(others[3]);
  });

  test("gives the context of each direct input, with places in the input", async () => {
    const standards = pathInput({ "flake.nix": STANDARDS, "docs/a": "x" });
    // Not the date on the disk: Nix 2.8 would refuse it.
    standards.node.locked.lastModified = 1;
    const data = pathInput({ "notes.md": "hello" }, { flake: false });
    const plain = pathInput({ "flake.nix": "{ outputs = _: { }; }" });
    const repository = createRepository({
      "flake.nix": `{
  inputs.company.url = "${standards.url}";
  inputs.data = { url = "${data.url}"; flake = false; };
  inputs.plain.url = "${plain.url}";
  outputs = { self, company, data, plain }: {
    claudeContext = { text = "\${data}/notes.md"; notes = data + "/notes.md"; skills = [ (data.outPath + "/x") ]; whole = company; };
  };
}
`,
      "flake.lock": lock(
        { company: "company", data: "data", plain: "plain" },
        { company: standards.node, data: data.node, plain: plain.node },
      ),
    });
    const side = presentSide(await evaluate(nix, repository));
    expect(side.inputs.plain).toEqual({ kind: "absent" });
    expect(side.inputs.data).toBeUndefined();
    const company = side.inputs.company;
    if (company?.kind !== "present") throw new Error("company is absent");
    expect(company.position).toEqual({ file: "flake.nix", line: 3, column: 5, input: "company" });
    const constraint = ((company.value as RawSet).entries.constraints as RawSet).entries["no-push"] as RawSet;
    expect(constraint.entries.docs).toEqual({ kind: "scalar", value: "<company>/docs" });
    expect(constraint.positions.docs).toMatchObject({ file: "flake.nix", line: 5, input: "company" });
    expect((constraint.entries.forbid as RawSet).entries.allow).toMatchObject({
      itemPositions: [{ file: "flake.nix", line: 4, input: "company" }],
    });
    expect(side.value).toMatchObject({
      entries: {
        text: { value: "<data>/notes.md" },
        notes: { value: "<data>/notes.md" },
        whole: { kind: "source", text: "<company>" },
      },
    });
  });

  test("an input that does not evaluate is an error, never an absence", async () => {
    const broken = pathInput({
      "flake.nix": '{ outputs = _: { claudeContext.constraints.a = throw "gone"; }; }',
    });
    const repository = withInput("company", broken);
    const error = await errorOf(evaluate(nix, repository));
    expect(error).toMatchObject({ code: "evaluation-failed", exitCode: 3 });
    expect(error.message).toMatch(/input company .*gone.*<company>\/flake\.nix:1:/);
  });

  test("an input without a flake.nix that was locked as a flake is an error", async () => {
    const error = await errorOf(evaluate(nix, withInput("company", pathInput({ "x.md": "x" }))));
    expect(error).toMatchObject({ exitCode: 3 });
    expect(error.message).toContain("input company");
  });

  test("an input that cannot be had is an error of its own", async () => {
    const gone = pathInput({ "flake.nix": STANDARDS });
    gone.node.locked.path = `${gone.directory}-gone`;
    gone.node.original.path += "-gone";
    const repository = withInput("company", { ...gone, url: `${gone.url}-gone` });
    expect(await errorOf(evaluate(nix, repository))).toMatchObject({ code: "fetch-failed", exitCode: 3 });
  });

  test("an input with another content than was locked is an error of its own", async () => {
    const changed = pathInput({ "flake.nix": STANDARDS });
    writeFileSync(join(changed.directory, "flake.nix"), "{ outputs = _: { }; }");
    expect(await errorOf(evaluate(nix, withInput("company", changed)))).toMatchObject({
      code: "hash-mismatch",
    });
  });

  test("nested inputs and follows are resolved from the lock file", async () => {
    const library = (word: string) => pathInput({ "flake.nix": `{ outputs = _: { word = "${word}"; }; }` });
    const [one, two] = [library("one"), library("two")];
    const user = {
      "flake.nix":
        '{ inputs.library.url = "path:/nowhere"; outputs = { library, ... }: { word = library.word; claudeContext.persona = library.word; }; }',
    };
    const follows = pathInput(user);
    const own = pathInput({ ...user, other: "" });
    const repository = createRepository({
      "flake.nix": `{
  inputs.library.url = "${one.url}";
  inputs.follower = { url = "${follows.url}"; inputs.library.follows = "library"; };
  inputs.owner.url = "${own.url}";
  outputs = { follower, owner, library, ... }: { claudeContext = { a = follower.word; b = owner.word; c = library.word; }; };
}
`,
      "flake.lock": lock(
        { library: "library", follower: "follower", owner: "owner" },
        {
          library: one.node,
          library_2: two.node,
          follower: { ...follows.node, inputs: { library: ["library"] } },
          owner: { ...own.node, inputs: { library: "library_2" } },
        },
      ),
    });
    const side = presentSide(await evaluate(nix, repository));
    expect(side.value).toMatchObject({
      entries: { a: { value: "one" }, b: { value: "two" }, c: { value: "one" } },
    });
    expect(side.inputs.owner).toMatchObject({
      kind: "present",
      value: { entries: { persona: { value: "two" } } },
    });
  });

  test.each([
    [
      "with a parent, as Nix 2.26 writes it",
      { locked: { type: "path", path: "./sub" }, original: { type: "path", path: "./sub" }, parent: [] },
    ],
    [
      "with a hash, as older versions wrote it",
      {
        locked: { type: "path", path: "./sub", narHash: `sha256-${"A".repeat(43)}=`, lastModified: 1 },
        original: { type: "path", path: "./sub" },
      },
    ],
  ])("relative path inputs %s lie in the same tree", async (_, node) => {
    const repository = createRepository({
      "flake.nix":
        '{ inputs.sub.url = "path:./sub"; outputs = { sub, ... }: { claudeContext = { inherit (sub) word; }; }; }',
      "flake.lock": lock({ sub: "sub" }, { sub: node }),
      "sub/flake.nix": '{ outputs = { self }: { word = "${self}/here"; claudeContext.persona = "sub"; }; }',
    });
    const side = presentSide(await evaluate(nix, repository));
    expect(side.value).toMatchObject({ entries: { word: { value: "./sub/here" } } });
    expect(side.inputs.sub).toMatchObject({ kind: "present", position: { file: "sub/flake.nix", line: 1 } });
  });

  test("inputs in a circle are left to Nix itself", async () => {
    const a = pathInput({
      "flake.nix":
        '{ inputs.b.url = "path:/b"; outputs = { self, b }: { word = "a"; claudeContext.persona = b.word; }; }',
    });
    const b = pathInput({
      "flake.nix": '{ inputs.a.url = "path:/a"; outputs = { self, a }: { word = "b" + a.word; }; }',
    });
    const repository = createRepository({
      "flake.nix": `{ inputs.a = { url = "${a.url}"; inputs.b.follows = "b"; }; inputs.b = { url = "${b.url}"; inputs.a.follows = "a"; }; outputs = { a, b, ... }: { claudeContext.persona = b.word; }; }`,
      "flake.lock": lock(
        { a: "a", b: "b" },
        { a: { ...a.node, inputs: { b: ["b"] } }, b: { ...b.node, inputs: { a: ["a"] } } },
      ),
    });
    const outcome = await evaluate(nix, repository).then(
      (result) => presentSide(result).value,
      (error: unknown) => error,
    );
    expect(outcome).toMatchObject({ entries: { persona: { value: "ba" } } });
  });

  test.each([
    ["source", 'inputs.company.url = "github:acme/other";'],
    ["follows", 'inputs.company.follows = "other";'],
    ["kind", "inputs.company.flake = false;"],
  ])("an input whose %s was edited without locking is stale", async (_, declaration) => {
    const standards = pathInput({ "flake.nix": STANDARDS });
    const repository = createRepository({
      "flake.nix": `{ ${declaration} outputs = _: { claudeContext = { }; }; }`,
      "flake.lock": lock({ company: "company" }, { company: standards.node }),
    });
    const error = await errorOf(evaluate(nix, repository));
    expect(error).toMatchObject({ code: "lock-stale", exitCode: 3 });
    expect(error.message).toContain("company");
  });

  test("an input that is declared and not locked is stale", async () => {
    const repository = createRepository({
      "flake.nix": '{ inputs.new.url = "github:a/b"; outputs = _: { claudeContext = { }; }; }',
      "flake.lock": lock({}, {}),
    });
    expect(await errorOf(evaluate(nix, repository))).toMatchObject({ code: "lock-stale" });
  });

  test.each([
    ["is not JSON", "{", "lock-not-json"],
    [
      "comes from the future",
      JSON.stringify({ version: 8, root: "root", nodes: { root: {} } }),
      "lock-unsupported",
    ],
    ["has no nodes", JSON.stringify({ version: 7, root: "root" }), "lock-malformed"],
  ])("a lock file that %s is told as that", async (_, text, code) => {
    const repository = createRepository({
      "flake.nix": "{ outputs = _: { claudeContext = { }; }; }",
      "flake.lock": text,
    });
    expect(await errorOf(evaluate(nix, repository))).toMatchObject({ code, exitCode: 3 });
  });

  test("evaluates organisations from directories and references, with their own inputs", async () => {
    const library = pathInput({ "flake.nix": '{ outputs = _: { word = "shared"; }; }' });
    const holder = createDirectory();
    const local = join(holder, "standards");
    mkdirSync(local);
    writeFiles(local, {
      "flake.nix": `{ inputs.library.url = "${library.url}"; outputs = { library, self }: { claudeContext.constraints.a.description = library.word; }; }`,
      "flake.lock": lock({ library: "library" }, { library: library.node }),
    });
    const remote = createRepository({ "flake.nix": STANDARDS });
    const references = [local, `git+file://${remote.root}?rev=${remote.head()}`];
    const repository = createRepository({ "flake.nix": "{ outputs = _: { claudeContext = { }; }; }" });
    const state = remote.snapshotState();
    const result = await evaluate(nix, repository, { organisations: references, offline: false });
    expect(result.organisations[references[0]!]).toMatchObject({
      kind: "present",
      position: { file: "flake.nix", input: `org:${references[0]}` },
      value: {
        entries: { constraints: { entries: { a: { entries: { description: { value: "shared" } } } } } },
      },
    });
    expect(result.organisations[references[1]!]).toMatchObject({ kind: "present" });
    expect(result.cacheable).toBe(false);
    expect(remote.snapshotState()).toBe(state);
  });

  test("organisations alone can be evaluated, for repositories without a flake", async () => {
    const standards = createRepository({ "flake.nix": STANDARDS });
    const repository = createRepository({ README: "x" });
    const result = await evaluate(nix, repository, { organisations: [standards.root] });
    expect(result.sides.after).toEqual({ kind: "absent", reason: "no-flake" });
    expect(result.organisations[standards.root]).toMatchObject({ kind: "present" });
  });

  test.each([
    ["a directory without flake", () => createDirectory(), "no-flake"],
    [
      "a repository that is not there",
      () => "git+file:///nonexistent/x?rev=0000000000000000000000000000000000000001",
      "fetch-failed",
    ],
    [
      "a flake whose context throws",
      () => createRepository({ "flake.nix": '{ outputs = _: { claudeContext = throw "no"; }; }' }).root,
      "evaluation-failed",
    ],
  ])("an organisation that is %s is an error", async (_, make, code) => {
    const repository = createRepository({ "flake.nix": "{ outputs = _: { claudeContext = { }; }; }" });
    const error = await errorOf(evaluate(nix, repository, { organisations: [make()], offline: false }));
    expect(error).toMatchObject({ code, exitCode: 3 });
    expect(error.message).toContain("--org");
  });
});

function withInput(name: string, input: ReturnType<typeof pathInput>) {
  return createRepository({
    "flake.nix": `{ inputs.${name}.url = "${input.url}"; outputs = _: { claudeContext = { }; }; }`,
    "flake.lock": lock({ [name]: name }, { [name]: input.node }),
  });
}
