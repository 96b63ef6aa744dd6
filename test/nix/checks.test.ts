import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CheckCall, CheckPlan } from "../../src/check/ports.ts";
import { createRevisionPort } from "../../src/git/index.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { DEFAULT_LIMITS, type Limits } from "../../src/model/limits.ts";
import type { RawSet, RawValue } from "../../src/model/raw-value.ts";
import { nixVersions } from "../support/nix.ts";
import { cleanGitEnvironment, createRepository, type TestRepository } from "../support/repository.ts";
import { lock, pathInput } from "./path-inputs.ts";
import { contextRepository, errorOf, evaluatorFor, flakeWith } from "./support.ts";

let connections = 0;
const server = createServer((_, response) => response.end("x"));
server.on("connection", () => {
  connections += 1;
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

const DATA: JsonObject = {
  before: null,
  after: { persona: "You guess.", env: { A: "1", "a b": "2" }, skills: {} },
  changes: [{ id: "c1", causes: [{ kind: "input", name: "standards", from: "1", to: "2" }] }],
};

const OWN: CheckCall = { from: { side: "after", input: null }, id: "c", data: "change" };

interface Options {
  calls?: readonly CheckCall[];
  trust?: "trusted" | "untrusted";
  offline?: boolean;
  limits?: Partial<Limits>;
  organisations?: string[];
  data?: CheckPlan["data"];
}

describe.each(nixVersions())("functions of constraints on Nix $version", (nix) => {
  async function call(repository: TestRepository, options: Options = {}): Promise<RawValue[]> {
    const opened = await createRevisionPort({ env: cleanGitEnvironment() }).open(repository.root);
    try {
      const tree = (await opened.resolve({ kind: "worktree", includeUntracked: true }))!;
      return await evaluatorFor(nix).callChecks({
        repository: opened,
        flakeDirectory: "",
        attribute: ["claudeContext"],
        sides: [{ name: "after", tree }],
        organisations: options.organisations ?? [],
        trust: options.trust ?? "trusted",
        offline: options.offline ?? true,
        debug: false,
        limits: { ...DEFAULT_LIMITS, ...options.limits },
        calls: options.calls ?? [OWN],
        data: options.data ?? { change: DATA },
      });
    } finally {
      await opened.close();
    }
  }

  const check = (text: string) => contextRepository(`{ constraints.c.check = ${text}; }`);

  test.each(["trusted", "untrusted"] as const)("are called with the data, %s", async (trust) => {
    const text = `{ before, after, changes }: [
      { message = after.persona; path = toString (builtins.length changes); }
      { message = (builtins.head (builtins.head changes).causes).name; severity = after.env."a b"; path = null; }
    ] ++ (if before == null then [ ] else [ 1 ])`;
    const [value] = await call(check(text), { trust });
    expect(plain(value!)).toEqual([
      { message: "You guess.", path: "1" },
      { message: "standards", severity: "2", path: null },
    ]);
  });

  test.each(["trusted", "untrusted"] as const)(
    "are called as they are written out, with nothing around them, %s",
    async (trust) => {
      const text = "{ after, ... }: map (name: { message = name; }) (builtins.attrNames after.env)";
      const calls = [OWN, { ...OWN, text }];
      const repository = contextRepository(`let map = f: list: [ ]; in { constraints.c.check = ${text}; }`);
      const [value, written] = await call(repository, { trust, calls });
      expect(plain(value!)).toEqual([]);
      expect(plain(written!)).toEqual([{ message: "A" }, { message: "a b" }]);
    },
  );

  test("of organisations are called where they stand, with what they bring", async () => {
    const organisation = createRepository({
      "flake.nix": flakeWith("{ constraints.c.check = import ./check.nix; }"),
      "check.nix": "args: [ { message = args.after.persona; path = toString (builtins.attrNames args); } ]",
    });
    const calls: CheckCall[] = [{ from: { organisation: organisation.root }, id: "c", data: "change" }];
    const [value] = await call(check("_: [ ]"), { calls, organisations: [organisation.root] });
    expect(plain(value!)).toEqual([{ message: "You guess.", path: "after before changes" }]);
  });

  const STANDARDS = `constraints.c.check = args: [ { message = word + args.after.persona; } ];`;
  const standards = () =>
    pathInput({
      "flake.nix": `{ outputs = _: let word = "no: "; in { claudeContext = { ${STANDARDS} }; }; }`,
    });
  const OF_INPUT: CheckCall = { from: { side: "after", input: "standards" }, id: "c", data: "change" };

  test.each(["sha1", "sha256"] as const)(
    "of inputs are called where they stand, %s",
    async (objectFormat) => {
      const input = standards();
      const repository = createRepository(
        {
          "flake.nix": `{ inputs.standards.url = "${input.url}"; outputs = _: { claudeContext = { }; }; }`,
          "flake.lock": lock({ standards: "standards" }, { standards: input.node }),
        },
        { objectFormat },
      );
      const [value] = await call(repository, { calls: [OF_INPUT] });
      expect(plain(value!)).toEqual([{ message: "no: You guess." }]);
    },
  );

  test("of inputs in a circle, which Nix itself resolves, as well", async () => {
    const other = pathInput({
      "flake.nix": '{ inputs.standards.url = "path:/s"; outputs = { self, standards }: { word = "no: "; }; }',
    });
    const input = pathInput({
      "flake.nix": `{ inputs.other.url = "path:/o"; outputs = { self, other }: let inherit (other) word; in { claudeContext = { ${STANDARDS} }; }; }`,
    });
    const repository = createRepository({
      "flake.nix": `{ inputs.other = { url = "${other.url}"; inputs.standards.follows = "standards"; }; inputs.standards = { url = "${input.url}"; inputs.other.follows = "other"; }; outputs = _: { claudeContext.constraints.c.check = _: [ ]; }; }`,
      "flake.lock": lock(
        { other: "other", standards: "standards" },
        {
          other: { ...other.node, inputs: { standards: ["standards"] } },
          standards: { ...input.node, inputs: { other: ["other"] } },
        },
      ),
    });
    const [theirs, own] = await call(repository, { calls: [OF_INPUT, OWN] });
    expect(plain(theirs!)).toEqual([{ message: "no: You guess." }]);
    expect(plain(own!)).toEqual([]);
  });

  test.each<[string, string, string]>([
    ["throws", '_: throw "no \\u001b[31mtoday"', "no"],
    ["throws in one finding", '_: [ { message = throw "not this one"; } ]', "not this one"],
    ["aborts", '_: abort "stop"', "stop"],
    ["has a type error", "{ after, ... }: [ (1 + after.persona) ]", ""],
    ["calls itself for ever", "_: let x = x; in x", "infinite recursion"],
    ["wants other arguments", "{ before, after }: [ ]", "changes"],
    ["wants more arguments", "{ before, after, changes, secrets }: [ ]", "secrets"],
    [
      "builds while it evaluates",
      '_: import (derivation { name = "x"; system = "x86_64-linux"; builder = "/bin/sh"; })',
      "",
    ],
    ["reads outside its tree", "_: [ { message = builtins.readFile /etc/passwd; } ]", ""],
  ])("one that %s says so, and hides no other", async (_, text, words) => {
    const repository = contextRepository(
      `{ constraints.c.check = ${text}; constraints.good.check = _: [ { message = "fine"; } ]; }`,
    );
    const [bad, good] = await call(repository, { calls: [OWN, { ...OWN, id: "good" }] });
    const failure = failureIn(bad!);
    expect(failure?.message).toContain(words);
    expect(failure?.message).not.toMatch(/\u001b|@nixclaude|\/tmp/);
    expect(plain(good!)).toEqual([{ message: "fine" }]);
  });

  test.each(["trusted", "untrusted"] as const)(
    "one that would tell somebody what it was given reaches nobody, though there is a network: %s",
    async (trust) => {
      const text = `{ after, ... }: [ { message = builtins.readFile (builtins.fetchurl { url = "${url}/" + builtins.hashString "sha256" after.persona; sha256 = "${"0".repeat(52)}"; }); } ]`;
      const outcome = await call(check(text), { trust, offline: false }).then(
        ([value]) => failureIn(value!),
        (error: unknown) => error,
      );
      expect(outcome).toMatchObject({
        code: expect.stringMatching(/^(impure|fetch-failed|evaluation-failed)$/),
      });
      expect(connections).toBe(0);
    },
  );

  test.each<[string, string, RawValue["kind"]]>([
    ["a huge list", "_: builtins.genList (n: { message = toString n; }) 100000", "cut"],
    ["a set", "_: { message = 1; }", "set"],
    ["a function", "before: after: changes: [ ]", "function"],
    ["nothing", "_: null", "scalar"],
  ])("one that returns %s returns just that", async (_, text, kind) => {
    expect((await call(check(text)))[0]?.kind).toBe(kind);
  });

  test("a message of a megabyte arrives, and one of a hundred is more than is read", async () => {
    const text = (size: number) =>
      `_: [ { message = builtins.concatStringsSep "" (builtins.genList (_: "0123456789") ${size / 10}); } ]`;
    const [value] = await call(check(text(1_000_000)));
    expect((plain(value!) as { message: string }[])[0]?.message).toHaveLength(1_000_000);
    const limits = { evaluatorOutputBytes: 100_000 };
    expect(await errorOf(call(check(text(1_000_000)), { limits }))).toMatchObject({
      code: "evaluation-output",
      exitCode: 3,
    });
  });

  test("one without end is stopped", async () => {
    const text = "_: let f = n: if n == 0 then 0 else f (n - 1) + f (n - 1); in [ (f 60) ]";
    const limits = { evaluationTimeoutMs: 1500 };
    expect(await errorOf(call(check(text), { limits }))).toMatchObject({
      code: "evaluation-timeout",
      exitCode: 3,
    });
  });

  test("one that is not there is a failure, not a pass", async () => {
    const [value] = await call(check("_: [ ]"), { calls: [{ ...OWN, id: "gone" }] });
    expect(failureIn(value!)?.message).toContain("gone");
  });
});

function plain(value: RawValue): unknown {
  if (value.kind === "list") return value.items.map(plain);
  if (value.kind === "scalar") return value.value;
  if (value.kind !== "set") throw new Error(JSON.stringify(value));
  return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, plain(entry)]));
}

function failureIn(value: RawValue): Extract<RawValue, { kind: "failure" }> | undefined {
  if (value.kind === "failure") return value;
  if (value.kind === "list") return value.items.map(failureIn).find((found) => found !== undefined);
  if (value.kind !== "set") return undefined;
  return Object.values((value as RawSet).entries)
    .map(failureIn)
    .find((found) => found !== undefined);
}
