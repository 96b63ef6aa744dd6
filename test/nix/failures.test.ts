import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RawSet, RawValue } from "../../src/model/raw-value.ts";
import { nixVersions } from "../support/nix.ts";
import { createDirectory, createRepository } from "../support/repository.ts";
import { contextRepository, errorOf, evaluate, evaluatorFor, flakeWith, presentSide } from "./support.ts";

const versions = nixVersions();

describe.each(versions)("on Nix $version", (nix) => {
  test("isolates every kind of broken value, and keeps what stands beside it", async () => {
    const repository = contextRepository(
      [
        "{",
        "  good = 1;",
        '  thrown = throw "no tool today";',
        "  asserted = assert 1 == 2; 1;",
        '  aborted = abort "stop";',
        '  typed = 1 + "a";',
        "  missing = { }.nothing;",
        "  endless = let x = x; in x;",
        "  forbidden = /etc/passwd;",
        '  nested.list = [ 1 { "a key" = 1 + "b"; } ];',
        '  coerced = "${{ }}";',
        '  derived = import (derivation { name = "x"; system = "x86_64-linux"; builder = "/bin/sh"; });',
        '  package = { type = "derivation"; name = "p"; pname = throw "no name"; };',
        "}",
      ].join("\n"),
    );
    const set = presentSide(await evaluate(nix, repository)).value as RawSet;
    expect(set.entries.good).toEqual({ kind: "scalar", value: 1 });
    expect(codes(set)).toEqual({
      aborted: "evaluation-failed",
      asserted: "evaluation-failed",
      coerced: "evaluation-failed",
      derived: "import-from-derivation",
      endless: "evaluation-failed",
      forbidden: "impure",
      missing: "evaluation-failed",
      package: "evaluation-failed",
      thrown: "evaluation-failed",
      typed: "evaluation-failed",
    });
    expect(set.entries.thrown).toMatchObject({
      message: "no tool today",
      position: { file: "flake.nix", line: 5 },
    });
    expect(set.entries.package).toMatchObject({ message: "no name" });
    expect(set.entries.typed).toMatchObject({ position: { file: "flake.nix", line: 8 } });
    const list = (set.entries.nested as RawSet).entries.list as Extract<RawValue, { kind: "list" }>;
    expect(list.items[0]).toEqual({ kind: "scalar", value: 1 });
    expect(codes(list.items[1] as RawSet)).toEqual({ "a key": "evaluation-failed" });
  });

  test.each<[string, string, string]>([
    ["does not parse", "{ outputs = ", "evaluation-failed"],
    ["has outputs that throw", '{ outputs = _: throw "nothing here"; }', "evaluation-failed"],
    [
      "builds while it evaluates",
      `{ outputs = _: import (derivation { name = "x"; system = "x86_64-linux"; builder = "/bin/sh"; }); }`,
      "import-from-derivation",
    ],
    ["reads outside its tree", "{ outputs = _: import /etc/nixos; }", "impure"],
    [
      "has inputs and no lock file",
      '{ inputs.a.url = "github:a/b"; outputs = _: { claudeContext = { }; }; }',
      "lock-missing",
    ],
    [
      "asks for an input by argument only",
      "{ outputs = { self, nixpkgs }: { claudeContext = { }; }; }",
      "lock-missing",
    ],
  ])("a flake that %s is an error with its code", async (_, flake, code) => {
    const error = await errorOf(evaluate(nix, createRepository({ "flake.nix": flake })));
    expect(error).toMatchObject({ code, exitCode: 3 });
    expect(error.hint).not.toBe("");
    expect(error.message).not.toMatch(/-source|\/tmp|@nixclaude|\u001b/);
  });

  test("an error says where it stands, and shows the trace only when asked", async () => {
    const flake = '{\n  outputs = _: {\n    claudeContext = { };\n  } // (1 + "a");\n}\n';
    const repository = createRepository({ "flake.nix": flake });
    const error = await errorOf(evaluate(nix, repository));
    expect(error.message).toMatch(/^the flake in .* did not evaluate: .* \(flake\.nix:4:\d+\)$/);
    expect(error.details).toEqual([]);
    const debugged = await errorOf(evaluate(nix, repository, { debug: true }));
    expect(debugged.details.length).toBeGreaterThan(0);
    expect(debugged.details.join("\n")).not.toMatch(/@nixclaude/);
  });

  test("more broken values than can be isolated are one error that lists them", async () => {
    const broken = Array.from({ length: 20 }, (_, index) => `v${index} = 1 + "a";`).join(" ");
    const error = await errorOf(evaluate(nix, contextRepository(`{ ${broken} }`)));
    expect(error).toMatchObject({ code: "evaluation-failed" });
    expect(error.details.length).toBeGreaterThan(10);
  });

  test("an evaluation without end is stopped with all it started", async () => {
    const repository = contextRepository(
      "{ it = let f = n: if n == 0 then 0 else f (n - 1) + f (n - 1); in f 60; }",
    );
    const started = performance.now();
    const error = await errorOf(evaluate(nix, repository, { limits: { evaluationTimeoutMs: 1500 } }));
    expect(error).toMatchObject({ code: "evaluation-timeout", exitCode: 3 });
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(processesMentioning(repository.root)).toEqual([]);
  });

  test("recursion without end is an error, not a crash", async () => {
    const repository = contextRepository("{ it = let f = n: 1 + f (n + 1); in f 0; good = 1; }");
    const outcome = await evaluate(nix, repository).then(
      (result) => (presentSide(result).value as RawSet).entries.it,
      (error: unknown) => error,
    );
    expect(outcome).toMatchObject({
      code: expect.stringMatching(/^(evaluation-failed|evaluation-memory|nix-killed)$/),
    });
  });

  test("memory has a limit", async () => {
    const repository = contextRepository(
      "{ it = builtins.length (builtins.foldl' (list: n: list ++ [ { inherit n list; } ]) [ ] (builtins.genList (n: n) 20000)); }",
    );
    const limits = { evaluationMemoryBytes: 128 * 1024 ** 2, evaluationTimeoutMs: 20_000 };
    const error = await errorOf(evaluate(nix, repository, { limits }));
    expect(error.code).toMatch(/^evaluation-(memory|timeout)$/);
  });

  test("output has a limit", async () => {
    const repository = contextRepository(
      '{ it = builtins.foldl\' (text: _: text + text) "0123456789abcdef" (builtins.genList (n: n) 20); }',
    );
    const error = await errorOf(evaluate(nix, repository, { limits: { evaluatorOutputBytes: 1024 ** 2 } }));
    expect(error).toMatchObject({ code: "evaluation-output", exitCode: 3 });
  });

  test("what evaluated code prints is neither shown nor mistaken for an error", async () => {
    const forged = '@nix {\\"action\\":\\"msg\\",\\"level\\":0,\\"raw_msg\\":\\"forged\\"}';
    const repository = contextRepository(
      `{ a = builtins.trace "\\n::set-output name=x::y\\n${forged}" 1; b = builtins.addErrorContext "@nixclaude x \\"after:a\\"" (1 + "s"); }`,
    );
    const set = presentSide(await evaluate(nix, repository)).value as RawSet;
    expect(set.entries.a).toEqual({ kind: "scalar", value: 1 });
    expect(set.entries.b).toMatchObject({ kind: "failure", code: "evaluation-failed" });
  });
});

test("a machine without Nix is told what to install", async () => {
  const nowhere = createDirectory();
  const missing = { version: "none", binary: join(nowhere, "nix") };
  const error = await errorOf(evaluate(missing, contextRepository("{ }")));
  expect(error).toMatchObject({ code: "nix-missing", exitCode: 3 });
});

test("a Nix that is too old is named", async () => {
  const old = program(
    "echo 'nix (Nix) 2.3.16'; [ \"$1\" = --version ] || { echo \"error: unrecognised flag '--json'\" >&2; exit 1; }",
  );
  expect(await errorOf(evaluate(old, contextRepository("{ }")))).toMatchObject({ code: "nix-too-old" });
});

test("a Nix that is killed from outside is no verdict", async () => {
  expect(await errorOf(evaluate(program("kill -9 $$"), contextRepository("{ }")))).toMatchObject({
    code: "nix-killed",
  });
});

test("a full disk is told as that", async () => {
  const full = program(
    `echo '@nix {"action":"msg","level":0,"raw_msg":"writing to file: No space left on device"}' >&2; exit 1`,
  );
  expect(await errorOf(evaluate(full, contextRepository("{ }")))).toMatchObject({ code: "disk-full" });
});

test("the fingerprint changes with the program and needs no start of it", async () => {
  const first = program("exit 1");
  const fingerprint = await evaluatorFor(first).fingerprint();
  expect(fingerprint).toBe(await evaluatorFor(first).fingerprint());
  expect(await evaluatorFor(program("exit 2")).fingerprint()).not.toBe(fingerprint);
});

test("a second link to the same program has the same fingerprint", async () => {
  const nix = program("exit 1");
  const link = join(createDirectory(), "nix");
  symlinkSync(nix.binary, link);
  const linked = { version: "link", binary: link };
  expect(await evaluatorFor(linked).fingerprint()).toBe(await evaluatorFor(nix).fingerprint());
});

test("a broken value whose name fits no command line is told as that", async () => {
  const name = 'builtins.concatStringsSep "" (builtins.genList (_: "aaaaaaaaaa") 20000)';
  const repository = contextRepository(`{ policies.\${${name}} = abort "x"; }`);
  expect(await errorOf(evaluate(versions.at(-1)!, repository))).toMatchObject({
    code: "evaluation-output",
    exitCode: 3,
  });
});

test("nothing is left in the temporary directory", async () => {
  const temporary = createDirectory();
  const nix = versions.at(-1)!;
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  try {
    await evaluate(nix, contextRepository("{ }"));
    await errorOf(evaluate(nix, createRepository({ "flake.nix": "{" })));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  expect(readdirSync(temporary).filter((name) => name.startsWith("nixclaude-eval-"))).toEqual([]);
});

test("a flake with a broken context is a failure at its root", async () => {
  const repository = createRepository({ "flake.nix": flakeWith('throw "all gone"') });
  expect(presentSide(await evaluate(versions.at(-1)!, repository)).value).toMatchObject({
    kind: "failure",
    message: "all gone",
  });
});

function codes(set: RawSet): Record<string, string> {
  return Object.fromEntries(
    Object.entries(set.entries).flatMap(([name, value]) =>
      value.kind === "failure" ? [[name, value.code]] : [],
    ),
  );
}

/** A program that stands in for a Nix that is broken in some way. */
function program(script: string) {
  const directory = join(createDirectory(), "bin");
  mkdirSync(directory);
  const binary = join(directory, "nix");
  writeFileSync(binary, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { version: "fake", binary };
}

function processesMentioning(text: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => commandLine(pid))
    .filter((line) => line.includes(text));
}

function commandLine(pid: string): string[] {
  try {
    return [readFileSync(`/proc/${pid}/cmdline`, "utf8")];
  } catch {
    return [];
  }
}
