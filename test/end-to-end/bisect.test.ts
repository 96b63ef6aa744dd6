import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { BisectResult } from "../../src/check/bisect/result.ts";
import { cli } from "../cli/io.ts";
import { nixVersions } from "../support/nix.ts";
import { nixclaude, PROGRAM, userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository } from "../support/repository.ts";
import {
  bisect,
  bisected,
  commitWords,
  contextFlake,
  found,
  githubLock,
  history,
  nixFlake,
  updated,
  wordsFlake,
} from "./bisect-world.ts";

const PUSH = "allow rule `Bash(git push *)` added";
const RM = "deny rule `Bash(rm *)` removed";
const PERSONA = "persona changed";

describe("in 64 commits with three changes", () => {
  const cache = { XDG_CACHE_HOME: createDirectory() };
  let world: ReturnType<typeof updated>;
  let result: Awaited<ReturnType<typeof bisected>>;
  beforeAll(async () => {
    world = updated(
      Array.from({ length: 65 }, (_, index) => ({
        allow: index < 40 ? [] : ["Bash(git push *)"],
        deny: index < 11 ? ["Bash(rm *)"] : [],
        persona: index < 59 ? "Careful." : "Bold.",
      })),
    );
    result = await bisected(world.root, [], cache);
  });

  test("each is found, in logarithmic time", () => {
    expect(result.status).toBe(0);
    expect(found(result, world.ids)).toEqual({ [RM]: "11", [PUSH]: "40", [PERSONA]: "59" });
    expect(result.history).toEqual({ commits: 64, merges: 0 });
    expect(result.changes.map(({ alone, stays, earlier }) => ({ alone, stays, earlier }))).toEqual(
      Array(3).fill({ alone: true }),
    );
    expect(result.others).toEqual([]);
    // Both ends; three commits in the first round; of what is left, 15 commits, four for each change.
    expect(result.evaluation.evaluations).toBeLessThanOrEqual(2 + 3 + 3 * 4);
  });

  test("a second time, nothing is evaluated, unless the cache is not wanted", async () => {
    const { evaluations } = result.evaluation;
    const known = await bisected(world.root, [], cache);
    expect(known.evaluation).toMatchObject({ evaluations: 0, cached: evaluations });
    expect(known.changes).toEqual(result.changes);
    const again = await bisected(world.root, ["--no-cache"], cache);
    expect(again.evaluation).toMatchObject({ evaluations, cached: 0 });
  });

  test("an interrupted run goes on where it was", async () => {
    const own = { XDG_CACHE_HOME: createDirectory() };
    const args = ["bisect", "company", "--base", "HEAD~1", "--head", "HEAD", "--format", "json"];
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd: world.root.root,
      env: userEnvironment(own),
    });
    let progress = "";
    child.stderr.on("data", (data: Buffer) => {
      progress += data.toString();
      if (/ evaluations;/.test(progress)) child.kill("SIGINT");
    });
    const [status] = (await once(child, "close")) as [number];
    expect(status).toBe(130);
    const resumed = JSON.parse(nixclaude(world.root.root, args, own).stdout) as BisectResult;
    expect(resumed.changes).toEqual(result.changes);
    const { evaluations, cached } = resumed.evaluation;
    expect(cached).toBeGreaterThanOrEqual(5);
    expect(evaluations + cached).toBe(result.evaluation.evaluations);
  });

  test("`--to` looks through what an update would bring", async () => {
    const { root, company, ids } = world;
    company.git("branch", "--force", "release", ids[20]!);
    const update = await bisected(root, ["--head", "HEAD~1", "--to", "release"]);
    expect(update.input).toMatchObject({ from: ids[0], to: ids[20] });
    expect(found(update, ids)).toEqual({ [RM]: "11" });
  });
});

describe.each(nixVersions())("on Nix $version", ({ binary }) => {
  test("nothing of the clone is run or written, and what an input says of itself is told", async () => {
    const all = history("....xxxx", { x: { allow: ["Bash(git push *)"] } });
    const { company, root, ids } = updated(
      all,
      `skills = [ "\${company}/skill" ];
       system = { type = "flake"; version = "\${company.rev} \${toString company.lastModified}"; };`,
    );
    const ran = join(createDirectory(), "ran");
    const script = join(createDirectory(), "script");
    writeFileSync(script, `#!/bin/sh\necho ran >> '${ran}'\ncat\n`, { mode: 0o755 });
    for (const key of ["core.fsmonitor", "filter.bad.smudge", "filter.bad.clean", "diff.bad.textconv"])
      company.git("config", key, script);
    writeFileSync(join(company.root, ".git/info/attributes"), "* filter=bad diff=bad\n");
    for (const hook of ["post-checkout", "reference-transaction"])
      writeFileSync(join(company.root, ".git/hooks", hook), `#!/bin/sh\n'${script}'\n`, { mode: 0o755 });
    const state = company.snapshotState();
    const result = await bisected(root, [], { NIXCLAUDE_NIX: binary, XDG_CACHE_HOME: createDirectory() });
    expect(company.snapshotState()).toBe(state);
    expect(existsSync(ran)).toBe(false);
    // A path into the input is the same at every commit; its revision is not.
    const version = result.changes.find(({ change }) => change.path === "system.version")!;
    expect(version.first).toMatchObject({ id: ids[7] });
    expect(version.change.after).toBe(`${ids[7]} ${Date.UTC(2026, 0, 1) / 1000}`);
    expect(found(result, ids)).toEqual({ [PUSH]: "4", [version.change.summary]: "7" });
  });
});

describe("commits with which the flake does not evaluate", () => {
  const broken = { needed: 'throw "no words today"' };

  test("are passed over, where others tell as much", async () => {
    const all = history("...??....xxx?x", { x: { persona: "Bold." }, "?": broken });
    const { root, ids } = updated(all);
    const result = await bisected(root);
    expect(result.status).toBe(0);
    expect(found(result, ids)).toEqual({ [PERSONA]: "9" });
  });

  test("leave a range, which is said with the reason; that is no success", async () => {
    const all = history("...????xxx", { x: { persona: "Bold." }, "?": broken });
    const { root, ids } = updated(all);
    const result = await bisected(root);
    expect(result.status).toBe(3);
    expect(found(result, ids)).toEqual({ [PERSONA]: "3-7" });
    const [{ first }] = result.changes as [BisectResult["changes"][number]];
    expect(first).toMatchObject({
      kind: "range",
      commits: 5,
      because: expect.stringMatching(/no words today/),
    });
    const { stdout } = await bisect(root);
    expect(stdout).toMatch(/one of 5 commits, .{7} to .{7}/);
  });

  test("take no others with them, whatever ends the evaluation", async () => {
    const syntax = { needed: ")" };
    const all = history("...s???s..xx", { x: { persona: "Bold." }, s: syntax, "?": broken });
    const { root, ids } = updated(all);
    const result = await bisected(root);
    expect(result.status).toBe(0);
    expect(found(result, ids)).toEqual({ [PERSONA]: "10" });
  });

  test("at an end leave nothing to compare", async () => {
    const { root } = updated(history("?..x", { x: { persona: "Bold." }, "?": broken }));
    const { status, stderr } = await bisect(root);
    expect(status).toBe(3);
    expect(stderr).toMatch(/error\[evaluation-failed\].*input\s+"company"/s);
    expect(stderr).toContain("no words today");
  });
});

test("what comes, goes and comes back is said to, and what is gone at the end was seen", async () => {
  const push = ["Bash(git push *)"];
  const all = history("..aa....bBBBBBBB", {
    a: { allow: push },
    b: { allow: push },
    B: { allow: push, persona: "Bold." },
  });
  // Looked at on the way to the other changes.
  all[3] = { ...all[3], deny: ["Bash(curl *)"] };
  all[4] = { persona: "Odd." };
  const { root, ids } = updated(
    all.map((words, index) => ({ ...words, deny: index < 2 ? [] : ["Bash(rm *)"] })),
  );
  const result = await bisected(root);
  const push1 = result.changes.find(({ change }) => change.summary === PUSH)!;
  expect(push1.first).toMatchObject({ kind: "commit", id: ids[2] });
  expect(push1.stays).toMatchObject({ kind: "commit", id: ids[8] });
  const { stdout } = await bisect(root);
  expect(stdout.replace(/\s+/g, " ")).toContain(
    `it went away again, and is there to stay since ${ids[8]!.slice(0, 7)}`,
  );
});

test("a value that takes several steps is said to have been another before", async () => {
  const { root, ids } = updated(
    history("..aaaabbbb", { a: { persona: "Bold." }, b: { persona: "Reckless." } }),
  );
  const result = await bisected(root);
  expect(found(result, ids)).toEqual({ [PERSONA]: "6" });
  expect(result.changes[0]!.earlier).toMatchObject({ commit: ids[5], change: { after: "Bold." } });
});

test("a rule that approves nothing until another goes is laid on the commit at which it begins to", async () => {
  const all = history("...aaabbb", {
    ".": { deny: ["Bash(git push *)"] },
    a: { deny: ["Bash(git push *)"], allow: ["Bash(git push *)"] },
    b: { allow: ["Bash(git push *)"] },
  });
  const { root, ids } = updated(all);
  const result = await bisected(root);
  const push = result.changes.find(({ change }) => change.summary === PUSH)!;
  expect(push).toMatchObject({ change: { direction: "widens" }, first: { id: ids[6] } });
  expect(push.earlier).toMatchObject({
    commit: ids[5],
    change: { direction: "neutral", summary: `${PUSH}: nothing new is approved` },
  });
});

test("where the base does not evaluate with the new input, it is not told who else it takes", async () => {
  const { root, ids } = updated(history("..x", { ".": { allow: ["Bash(ls *)"] }, x: { persona: "Bold." } }));
  const flake = readFileSync(join(root.root, "flake.nix"), "utf8");
  root.git("reset", "-q", "--hard", "HEAD~1");
  root.write({
    "flake.nix": flake.replace(
      "inherit (company.words) persona;",
      "persona = builtins.seq (builtins.head company.words.allow) company.words.persona;",
    ),
  });
  root.commit("needs a rule");
  root.write({ "flake.nix": flake });
  nixFlake(root, "update", "company");
  const result = await bisected(root);
  expect(found(result, ids)[PERSONA]).toBe("2");
  expect(result.changes.map(({ alone }) => alone)).toEqual([null, null]);
  const { stdout } = await bisect(root);
  expect(stdout.replace(/\s+/g, " ")).toContain("could not be told: the base does not evaluate with it");
});

test("a change that the flake was edited for, too, is said to take both", async () => {
  const { root, ids, company } = updated(history("...x", { x: { persona: "Bold." } }));
  commitWords(company, [{ persona: "Bold.", allow: ["Bash(git push *)"] }], 4);
  const last = company.head();
  root.git("reset", "-q", "--hard", "HEAD~1");
  // Until now, the flake took no rules from its input.
  const flake = readFileSync(join(root.root, "flake.nix"), "utf8");
  root.write({ "flake.nix": flake.replace("inherit (company.words) allow deny;", "") });
  root.commit("own rules");
  root.write({ "flake.nix": flake.replace("persona;", 'persona; model = "opus";') });
  nixFlake(root, "update", "company");
  const result = await bisected(root);
  const alone = Object.fromEntries(result.changes.map(({ change, alone }) => [change.summary, alone]));
  expect(alone).toEqual({ [PERSONA]: true, [PUSH]: false });
  expect(found(result, [...ids, last])).toEqual({ [PERSONA]: "3", [PUSH]: "4" });
  expect(result.others.map(({ path }) => path)).toEqual(["model"]);
  const { stdout } = await bisect(root);
  expect(stdout).toContain("only together with what else differs between base and head");
  expect(stdout).toContain("not this input's doing");
});

test("merges count as one, and say how much they brought", async () => {
  const company = createRepository();
  const ids = commitWords(company, [{}]);
  const root = createRepository(contextFlake(`company.url = "git+file://${company.root}";`));
  nixFlake(root, "lock");
  company.git("checkout", "-q", "-b", "side");
  commitWords(company, [{ persona: "Bold." }, { persona: "Bold.", allow: ["Bash(git push *)"] }], 10);
  company.git("checkout", "-q", "main");
  company.write({ "README.md": "text" });
  ids.push(company.commit("Say more"));
  company.git("merge", "-q", "--no-ff", "-m", "Merge side", "side");
  ids.push(company.head());
  nixFlake(root, "update", "company");
  const result = await bisected(root);
  expect(result.history).toEqual({ commits: 2, merges: 1 });
  expect(found(result, ids)).toEqual({ [PUSH]: "2", [PERSONA]: "2" });
  expect(result.changes[0]!.first).toMatchObject({ subject: "Merge side", merged: 2 });
  expect((await bisect(root)).stdout).toContain("Merge side (a merge that brought 2 commits)");
});

test("inputs of the input are those of its own lock at each commit, but for what the flake overrides", async () => {
  const lib = createRepository(wordsFlake({ persona: "lib 1" }));
  const own = createRepository(wordsFlake({ allow: [] }));
  const company = createRepository({
    "flake.nix": `{
  inputs.lib.url = "git+file://${lib.root}";
  inputs.own.url = "git+file://${own.root}";
  outputs = { lib, own, ... }: { words = own.words // { inherit (lib.words) persona; }; };
}
`,
  });
  const ids = [nixFlake(company, "lock")];
  const root = createRepository(
    contextFlake(
      `own.url = "git+file://${own.root}"; company = { url = "git+file://${company.root}"; inputs.own.follows = "own"; };`,
    ),
  );
  nixFlake(root, "lock");
  commitWords(own, [{ allow: ["Bash(git push *)"] }]);
  // Changes the input's lock alone; the flake gives it another.
  ids.push(nixFlake(company, "update", "own"));
  lib.write(wordsFlake({ persona: "lib 2" }));
  lib.commit("lib 2");
  ids.push(nixFlake(company, "update", "lib"));
  company.write({ "README.md": "text" });
  ids.push(company.commit("Say more"));
  nixFlake(root, "update", "company");
  const result = await bisected(root);
  expect(found(result, ids)).toEqual({ [PERSONA]: "2" });
  expect(result.differentlyLocked).toEqual([]);

  const nested = await cli(
    ["bisect", "company/lib", "--base", "HEAD~1", "--head", "HEAD", "--format", "json"],
    { cwd: root.root, env: userEnvironment() },
  );
  const inLib = JSON.parse(nested.stdout) as BisectResult;
  expect(found(inLib, [lib.git("rev-parse", "HEAD~1"), lib.head()])).toEqual({ [PERSONA]: "1" });
});

describe("an input that is not on this machine", () => {
  const company = createRepository();
  const ids = commitWords(company, history("...xxx", { x: { allow: ["Bash(git push *)"] } }));
  const root = createRepository(contextFlake('company.url = "github:acme/standards";'));
  root.write({ "flake.lock": githubLock(ids[0]!) });
  root.commit("lock");
  root.write({ "flake.lock": githubLock(ids[5]!) });
  root.commit("update");

  test("is looked through in a clone, with links to its forge", async () => {
    const clone = join(createDirectory(), "clone");
    company.git("clone", "-q", "--bare", company.root, clone);
    const result = await bisected(root, ["--clone", clone]);
    expect(found(result, ids)).toEqual({ [PUSH]: "3" });
    expect(result.changes[0]!.first).toMatchObject({
      url: `https://github.com/acme/standards/compare/${ids[2]}...${ids[3]}`,
    });
    const { stdout } = await bisect(root, ["--clone", clone]);
    expect(stdout).toContain("input company (github:acme/standards): 1 change in 5 commits");
  });

  test.each<[string, string[], number, string, RegExp]>([
    ["no clone", [], 2, "clone-needed", /--clone DIR/],
    ["a directory that is none", ["--clone", createDirectory()], 3, "not-a-repository", /./],
    ["a directory that is not there", ["--clone", "/nonexistent"], 3, "not-a-repository", /./],
    ["an empty name", ["--clone", ""], 2, "empty-value", /./],
    [
      "another repository",
      ["--clone", createRepository({ a: "a" }).root],
      3,
      "wrong-clone",
      /acme\/standards/,
    ],
    ["a name that is not in it", ["--clone", company.root, "--to", "mian"], 3, "unknown-revision", /main/],
  ])("%s is an error that says what to do", async (_, args, status, code, text) => {
    const result = await bisect(root, args);
    expect(result).toMatchObject({ status, stdout: "" });
    expect(result.stderr).toContain(`error[${code}]`);
    expect(result.stderr).toMatch(text);
  });

  test("is an error where flake.nix asks for another, and so the lock is out of date", async () => {
    const flake = readFileSync(join(root.root, "flake.nix"), "utf8");
    root.write({ "flake.nix": flake.replace("acme/standards", "acme/elsewhere") });
    const args = ["bisect", "company", "--base", "HEAD~1", "--clone", company.root];
    const { status, stderr } = await cli(args, { cwd: root.root, env: userEnvironment() });
    root.write({ "flake.nix": flake });
    expect(status).toBe(3);
    expect(stderr).toContain("error[lock-stale]");
  });

  test("is looked through for an update that is not committed yet", async () => {
    root.git("branch", "--force", "updated", "HEAD");
    root.git("reset", "-q", "HEAD~1");
    const options = { cwd: root.root, env: userEnvironment() };
    const args = ["bisect", "company", "--clone", company.root, "--format", "json"];
    const inWorkTree = JSON.parse((await cli(args, options)).stdout) as BisectResult;
    root.git("add", "-A");
    const staged = JSON.parse((await cli([...args, "--staged"], options)).stdout) as BisectResult;
    root.git("reset", "-q", "--hard", "updated");
    expect([inWorkTree, staged].map((result) => found(result, ids))).toEqual([
      { [PUSH]: "3" },
      { [PUSH]: "3" },
    ]);
  });

  test("a shallow clone is an error", async () => {
    const clone = join(createDirectory(), "clone");
    company.git("clone", "-q", "--depth=2", `file://${company.root}`, clone);
    const { status, stderr } = await bisect(root, ["--clone", clone]);
    expect(status).toBe(3);
    expect(stderr).toContain("error[shallow-clone]");
    expect(stderr).toContain("--unshallow");
  });

  test("a clone that lacks files is an error, and no commit to pass over", async () => {
    const clone = join(createDirectory(), "clone");
    company.git("clone", "-q", company.root, clone, "--no-hardlinks");
    const blob = company.git("rev-parse", `${ids[3]}:flake.nix`);
    rmSync(join(clone, ".git/objects", blob.slice(0, 2), blob.slice(2)));
    // What is in the cache needs no files.
    const own = { XDG_CACHE_HOME: createDirectory() };
    const { status, stderr } = await bisect(root, ["--clone", clone], own);
    expect(status).toBe(3);
    expect(stderr).toContain("error[missing-object]");
  });
});

describe("what cannot be looked through", () => {
  const company = createRepository();
  const ids = commitWords(company, [{}, {}, { persona: "Bold." }]);
  const plain = createDirectory();
  writeFileSync(join(plain, "a.txt"), "a");
  const root = createRepository(
    contextFlake(
      `company.url = "git+file://${company.root}?rev=${ids[0]}"; alias.follows = "company"; data = { url = "path:${plain}"; flake = false; };`,
    ),
  );
  nixFlake(root, "lock");
  root.write({ "README.md": "text" });
  root.commit("say more");

  test.each<[string, string[], number, string, RegExp]>([
    ["an unknown input", ["compnay"], 2, "not-a-git-input", /Did you mean "company"\?[\s\S]*company, data/],
    ["an input that follows another", ["alias"], 2, "not-a-git-input", /nixclaude bisect company/],
    ["an input without commits", ["data"], 2, "not-a-git-input", /no commits/],
    ["no base", ["company", "--base", "none"], 2, "contradictory-flags", /--base/],
    ["a base without lock", ["company", "--base", "HEAD~2"], 2, "not-a-git-input", /is new/],
    ["two flakes", ["company", "--flake", "a", "--flake", "b"], 2, "contradictory-flags", /--flake/],
    ["a flake that is not there", ["company", "--flake", "a"], 2, "not-a-git-input", /no flake\.lock/],
    ["no input", [], 2, "missing-argument", /input/],
  ])("%s is an error", async (_, args, status, code, text) => {
    const result = await cli(["bisect", ...args], { cwd: root.root, env: userEnvironment() });
    expect(result).toMatchObject({ status, stdout: "" });
    expect(result.stderr).toContain(`error[${code}]`);
    expect(result.stderr).toMatch(text);
  });

  test("an input that did not move is no error", async () => {
    const { status, stdout } = await bisect(root);
    expect(status).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain("on both sides: there is nothing to look through.");
  });

  test("commits that change nothing of the context are no error", async () => {
    const { root } = updated([{}, {}, {}]);
    const { status, stdout } = await bisect(root);
    expect(status).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain("no change of the context in 2 commits");
  });

  test("a step back, and another line of history, are errors with a way on", async () => {
    const back = updated([{}, { persona: "Bold." }]);
    const backwards = await cli(["bisect", "company", "--base", "HEAD", "--head", "HEAD~1"], {
      cwd: back.root.root,
      env: userEnvironment(),
    });
    expect(backwards.status).toBe(3);
    expect(backwards.stderr).toMatch(/error\[not-a-descendant\][\s\S]*exchange --base and --head/);

    back.company.git("checkout", "-q", "--orphan", "other");
    commitWords(back.company, [{ persona: "Odd." }]);
    const sideways = await bisect(back.root, ["--to", "other"]);
    expect(sideways.status).toBe(3);
    expect(sideways.stderr).toMatch(/error\[not-a-descendant\][\s\S]*nixclaude diff/);
  });
});
