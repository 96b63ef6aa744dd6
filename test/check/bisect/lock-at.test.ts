import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lockAt, overridesOf } from "../../../src/check/bisect/lock-at.ts";
import { inputsAt, type LockFile, parseLock, resolveLock } from "../../../src/lock/index.ts";
import { github, lock, REV } from "../../lock/support.ts";
import { defaultNix } from "../../support/nix.ts";
import {
  cleanGitEnvironment,
  createDirectory,
  createRepository,
  type TestRepository,
} from "../../support/repository.ts";

const LOCKED = { type: "git", url: "file:///clone", rev: "c".repeat(40), shallow: true };

/** Revision, or what is followed, by path. */
function described(lockFile: LockFile): Record<string, string> {
  return Object.fromEntries(
    [...inputsAt(lockFile)].map(([path, { edge, node }]) => [
      path,
      typeof edge === "string" ? String(node.locked?.rev).slice(0, 1) : `= ${edge.join("/")}`,
    ]),
  );
}

function made(onto: LockFile, path: string, own: LockFile | null, overrides: string[] = []) {
  const hybrid = lockAt(onto, path, { locked: LOCKED, own }, overrides);
  return hybrid.kind === "hybrid" ? described(hybrid.lock) : hybrid.because;
}

describe("the lock with an input at another commit", () => {
  const own = lock(
    { lib: "lib", words: ["lib", "words"] },
    { lib: github("lib", REV.two, { words: "words" }), words: github("words", REV.two) },
  );

  test("has below the input what the input's own lock has, with paths that start at the input", () => {
    const onto = lock(
      { company: "company", lib: "lib_2" },
      {
        company: github("company", REV.one, { lib: "lib" }),
        lib: github("lib", REV.one),
        lib_2: github("lib", REV.one),
      },
    );
    expect(made(onto, "company", own)).toEqual({
      company: "c",
      "company/lib": "2",
      "company/lib/words": "2",
      "company/words": "= company/lib/words",
      lib: "1",
    });
  });

  test("keeps what the flake overrides, where the input has it at that commit", () => {
    const onto = lock(
      { company: "company", lib: "lib" },
      {
        company: github("company", REV.one, { lib: ["lib"], gone: ["lib"] }),
        lib: github("lib", REV.one, { words: "words" }),
        words: github("words", REV.one),
      },
    );
    expect(made(onto, "company", own, ["company/lib", "company/gone"])).toEqual({
      company: "c",
      "company/lib": "= lib",
      "company/words": "= company/lib/words",
      lib: "1",
      "lib/words": "1",
    });
    // Without a lock of its own, the input has whatever the flake gives it.
    expect(made(onto, "company", null, ["company/lib"])).toMatchObject({
      company: "c",
      "company/lib": "= lib",
    });
  });

  test("can be that of an input of an input", () => {
    const onto = lock(
      { company: "company" },
      { company: github("company", REV.one, { lib: "lib" }), lib: github("lib", REV.one) },
    );
    const words = lock({ words: "words" }, { words: github("words", REV.three) });
    expect(made(onto, "company/lib", words)).toEqual({
      company: "1",
      "company/lib": "c",
      "company/lib/words": "3",
    });
  });

  test("gives an input that is no flake no inputs", () => {
    const onto = lock({ data: "data" }, { data: github("data", REV.one, {}, { flake: false }) });
    expect(made(onto, "data", own)).toEqual({ data: "c" });
  });

  test("is refused, with the reason, where another input follows what the commit does not have", () => {
    const onto = lock(
      { company: "company", lib: ["company", "lib"] },
      { company: github("company", REV.one, { lib: "lib" }), lib: github("lib", REV.one) },
    );
    expect(made(onto, "company", lock({}, {}))).toMatch(/would lead to "company\/lib", which is not there/);
  });

  test("keeps the directory of relative inputs of the input", () => {
    const onto = lock({ company: "company" }, { company: github("company", REV.one) });
    const relative = { locked: { type: "path", path: "./lib" }, original: { type: "path", path: "./lib" } };
    const hybrid = lockAt(
      onto,
      "company",
      { locked: LOCKED, own: lock({ lib: "lib" }, { lib: { ...relative, parent: [] } }) },
      [],
    );
    if (hybrid.kind === "refused") throw new Error(hybrid.because);
    expect(hybrid.lock.nodes.get("lib")?.parent).toEqual(["company"]);
    const resolution = resolveLock(hybrid.lock);
    if (resolution.kind === "refused") throw new Error(resolution.message);
    const { graph } = resolution;
    const company = graph.nodes.get(graph.inputs.get("company")!)!;
    expect(graph.nodes.get(company.inputs.get("lib")!)).toMatchObject({ dir: "lib", from: company.from });
  });
});

describe("what a flake overrides", () => {
  const own = lock(
    { lib: "lib", words: ["lib", "words"], other: "other" },
    {
      lib: github("lib", REV.two, { words: "words" }),
      words: github("words", REV.two),
      other: github("other", REV.two),
    },
  );
  const flake = (inputs: Record<string, string | string[]>, nodes: Record<string, object>) =>
    lock(
      { company: "company", top: "top" },
      { company: github("company", REV.one, inputs), top: github("top", REV.one), ...nodes },
    );

  test("is nothing where its lock has what the input's own lock has", () => {
    const lib = github("lib", REV.two, { words: "words" });
    const same = flake(
      { lib: "lib", words: ["company", "lib", "words"], other: "other" },
      { lib, words: github("words", REV.two), other: github("other", REV.two) },
    );
    expect(overridesOf(same, "company", own)).toEqual([]);
  });

  test("is not that an input of the input was updated by itself", () => {
    const updated = flake(
      { lib: "lib", words: ["company", "lib", "words"], other: "other" },
      {
        lib: github("lib", REV.three, { words: "words" }),
        words: github("words", REV.one),
        other: github("other", REV.two),
      },
    );
    expect(overridesOf(updated, "company", own)).toEqual([]);
  });

  test("is what follows something else, comes from elsewhere, or is not in the input's lock", () => {
    const overridden = flake(
      { lib: "lib", words: ["top"], other: "fork", more: ["top"] },
      { lib: github("lib", REV.two, { words: ["top"] }), fork: github("fork", REV.two) },
    );
    expect(overridesOf(overridden, "company", own).sort()).toEqual([
      "company/lib/words",
      "company/more",
      "company/other",
      "company/words",
    ]);
  });
});

test("is what Nix itself makes of an update, commit by commit", () => {
  const nix = defaultNix();
  const home = createDirectory("nixclaude-lock-");
  const run = (cwd: string, ...args: string[]) =>
    execFileSync(nix.binary, ["--extra-experimental-features", "nix-command flakes", ...args], {
      cwd,
      stdio: "pipe",
      env: { ...cleanGitEnvironment(), HOME: home, NIX_REMOTE: join(home, "store"), NIX_CONF_DIR: home },
    });
  const update = (repository: TestRepository, ...args: string[]) => {
    repository.git("add", "-A");
    run(repository.root, "flake", ...args);
    return repository.commit(args.join(" "));
  };
  const flake = (inputs: string) => ({ "flake.nix": `{ inputs = { ${inputs} }; outputs = _: { }; }\n` });
  const leaf = createRepository(flake(""));
  const lib = createRepository(flake(`leaf.url = "git+file://${leaf.root}";`));
  update(lib, "lock");
  const company = createRepository(
    flake(
      `lib.url = "git+file://${lib.root}"; leaf.follows = "lib/leaf"; own.url = "git+file://${leaf.root}";`,
    ),
  );
  update(company, "lock");
  const root = createRepository(
    flake(
      `leaf.url = "git+file://${leaf.root}";
       company = { url = "git+file://${company.root}"; inputs.own.follows = "leaf"; };
       uses.follows = "company/lib";`,
    ),
  );
  update(root, "lock");
  const lockOf = (repository: TestRepository) => parseLock(repository.git("show", "HEAD:flake.lock"));
  const first = lockOf(root);
  const ownFirst = lockOf(company);
  const graphOf = (lockFile: LockFile) => {
    const resolution = resolveLock(lockFile);
    if (resolution.kind === "refused") throw new Error(resolution.message);
    return resolution.graph.inputs;
  };

  const edits: (() => void)[] = [
    () => {
      leaf.commit("another leaf");
      update(lib, "update");
      update(company, "update");
    },
    () => {
      company.write(
        flake(
          `lib.url = "git+file://${lib.root}"; lib.inputs.leaf.follows = "own"; own.url = "git+file://${leaf.root}";`,
        ),
      );
      update(company, "lock");
    },
    () => {
      company.write(flake(`lib.url = "git+file://${lib.root}"; more.url = "git+file://${lib.root}";`));
      update(company, "lock");
    },
  ];
  expect(overridesOf(first, "company", ownFirst)).toEqual(["company/own"]);
  for (const edit of edits) {
    edit();
    update(root, "update", "company");
    const now = lockOf(root);
    const { locked } = inputsAt(now).get("company")!.node;
    const hybrid = lockAt(first, "company", { locked: locked!, own: lockOf(company) }, ["company/own"]);
    if (hybrid.kind === "refused") throw new Error(hybrid.because);
    expect(graphOf(hybrid.lock)).toEqual(graphOf(now));
  }
});
