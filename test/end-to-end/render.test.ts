import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Report } from "../../src/model/report.ts";
import { defaultNix } from "../support/nix.ts";
import { nixclaude, userEnvironment } from "../support/program.ts";
import {
  createDirectory,
  createRepository,
  type Files,
  type TestRepository,
  writeFiles,
} from "../support/repository.ts";

const render = (repository: TestRepository, ...args: string[]) =>
  nixclaude(repository.root, ["render", ...args]);
const flake = (...lines: string[]) =>
  `{ outputs = _: { claudeContext = {\n  version = "2025-01";\n${lines.map((line) => `  ${line}\n`).join("")}}; }; }\n`;
const text = (repository: TestRepository, path: string) => readFileSync(join(repository.root, path), "utf8");
const json = (repository: TestRepository, path: string) => JSON.parse(text(repository, path)) as JsonObject;
const status = (repository: TestRepository) =>
  repository.git("status", "--porcelain", "--untracked-files=all").split("\n").filter(Boolean).sort();

const PERSONA = 'persona = "You keep the payment service.";';
const DENY = 'permissions.deny = [ "Read(.env)" ];';
const WHOLE = flake(
  PERSONA,
  DENY,
  'policies.commits = "Never use --no-verify without asking @lead.";',
  'mcpServers.tickets = { command = "npx"; args = [ "-y" "@acme/tickets@1.0.0" ]; };',
  "skills.review = ./skills/review;",
  'agents.helper = { description = "Helps"; text = "You help."; };',
  'commands.explain = "Explain $1.";',
  'outputStyles.terse = { description = "Short"; text = "One sentence."; };',
);
const SKILL: Files = {
  "skills/review/SKILL.md": "---\nname: review\ndescription: Reviews\n---\nRun scripts/look.sh.\n",
  "skills/review/scripts/look.sh": "#!/bin/sh\ngit diff\n",
  "skills/review/logo.png": new Uint8Array([0x89, 0x50, 0, 1, 2, 255]),
};
const FILES = [
  ".claude/agents/helper.md",
  ".claude/commands/explain.md",
  ".claude/output-styles/terse.md",
  ".claude/settings.json",
  ".claude/skills/review/SKILL.md",
  ".claude/skills/review/logo.png",
  ".claude/skills/review/scripts/look.sh",
  ".mcp.json",
  "CLAUDE.md",
];

/** A repository whose flake says something for every file; nothing is rendered yet. */
function wholeRepository(): TestRepository {
  const repository = createRepository({ "flake.nix": WHOLE, ...SKILL });
  chmodSync(join(repository.root, "skills/review/scripts/look.sh"), 0o755);
  repository.commit("executable");
  return repository;
}

/** A repository in which everything is rendered and committed. */
function renderedRepository(context = flake(PERSONA, DENY), files: Files = {}): TestRepository {
  const repository = createRepository({ "flake.nix": context, ...files });
  expect(render(repository).status).toBe(0);
  repository.commit("Render");
  return repository;
}

function narHashOf(directory: string): string {
  const args = ["hash", "path", "--extra-experimental-features", "nix-command", directory];
  return execFileSync(defaultNix().binary, args, { encoding: "utf8", env: userEnvironment() }).trim();
}

function drift(repository: TestRepository, ...args: string[]) {
  const { status, stdout, stderr } = nixclaude(repository.root, ["check", "--format", "json", ...args]);
  expect(stderr).toBe("");
  const { verdict, flakes } = JSON.parse(stdout) as Report;
  const found = flakes.flatMap(({ findings }) => findings).filter(({ rule }) => rule === "artifact-drift");
  return { status, verdict, found };
}

describe("nixclaude render", () => {
  test("writes every file that a client reads, scripts and pictures of a skill among them, and nothing else", () => {
    const repository = wholeRepository();
    const { status: code, stdout, stderr } = render(repository);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toBe(
      `${FILES.map((file) => `Wrote ${file}.\n`).join("")}9 of them are not in the work tree of Git yet: add with \`git add\`.\n`,
    );
    expect(status(repository)).toEqual(FILES.map((file) => `?? ${file}`));
    expect(render(repository, "--check").stdout).toContain(
      "CLAUDE.md is missing: it lies there, and Git does not know it yet.",
    );
    expect(text(repository, "CLAUDE.md")).toMatch(
      /^<!-- Written by nixclaude render .* sha256:[0-9a-f]{64} -->\n# /,
    );
    expect(text(repository, "CLAUDE.md")).toContain("without asking \\@lead.");
    expect(json(repository, ".claude/settings.json")).toMatchObject({
      permissions: { deny: ["Read(.env)"] },
    });
    const beside = (file: string) => readFileSync(join(repository.root, file));
    expect(beside(".claude/skills/review/logo.png")).toEqual(beside("skills/review/logo.png"));
    expect(statSync(join(repository.root, ".claude/skills/review/scripts/look.sh")).mode & 0o777).toBe(0o755);
    expect(statSync(join(repository.root, ".claude/skills/review/SKILL.md")).mode & 0o777).toBe(0o644);
  });

  test("writes nothing twice, and fits what was committed", () => {
    const repository = renderedRepository(WHOLE, SKILL);
    const state = repository.snapshotState();
    expect(render(repository)).toMatchObject({
      status: 0,
      stderr: "Every file fits: nothing was written.\n",
    });
    expect(render(repository, "--check")).toEqual({
      status: 0,
      stdout: "9 files fit the work tree.\n",
      stderr: "",
    });
    expect(repository.snapshotState()).toBe(state);
  });

  test("renders the same in every clone, with nothing of the machine in it", () => {
    const [one, other] = ["a", "b"].map((name) => {
      const repository = createRepository({ "flake.nix": WHOLE, ...SKILL }, { name });
      render(repository);
      return FILES.map((file) => text(repository, file)).join("\n");
    });
    expect(one).toBe(other);
    expect(one).not.toMatch(/\/nix\/store|\/tmp\//);
  });

  test("--target writes only that part, and takes only that part away", () => {
    const repository = wholeRepository();
    expect(render(repository, "--target", "settings", "--target", "mcp").status).toBe(0);
    expect(status(repository)).toEqual(["?? .claude/settings.json", "?? .mcp.json"]);
    render(repository);
    repository.commit();
    repository.write({ "flake.nix": flake() });
    expect(render(repository, "--target", "skills").stderr).toContain(
      "Removed .claude/skills/review/logo.png.\n",
    );
    expect(status(repository).filter((line) => line.includes("D "))).toHaveLength(3);
    expect(existsSync(join(repository.root, ".claude/skills/review"))).toBe(false);
    expect(existsSync(join(repository.root, "CLAUDE.md"))).toBe(true);
  });

  test("removes what it wrote and the context no longer says, and keeps what somebody changed or added", () => {
    const repository = renderedRepository(WHOLE, SKILL);
    repository.write({ ".claude/skills/review/mine.md": "mine", "flake.nix": flake(PERSONA) });
    repository.write({
      ".claude/commands/explain.md": `${text(repository, ".claude/commands/explain.md")}More.`,
    });
    const refused = render(repository);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(".claude/commands/explain.md was rendered and changed by hand since");
    expect(existsSync(join(repository.root, ".mcp.json"))).toBe(true);
    expect(render(repository, "--force").status).toBe(0);
    expect(readdirSync(join(repository.root, ".claude/skills/review"))).toEqual(["mine.md"]);
    expect(existsSync(join(repository.root, ".mcp.json"))).toBe(false);
    expect(existsSync(join(repository.root, ".claude/commands/explain.md"))).toBe(false);
  });

  test.each<[what: string, files: Files, because: string]>([
    ["CLAUDE.md", { "CLAUDE.md": "# Mine\n" }, "CLAUDE.md was written by hand."],
    [
      "a setting",
      { ".claude/settings.json": '{"permissions": {"deny": []}}' },
      ".claude/settings.json was written by hand: it says otherwise: permissions.",
    ],
    [
      "a file that is no JSON",
      { ".claude/settings.json": "{," },
      "it is no JSON that the client would read.",
    ],
    ["a directory", { "CLAUDE.md/x": "x" }, "CLAUDE.md is a directory."],
  ])("%s by hand is in the way of everything", (_, files, because) => {
    const repository = createRepository({ "flake.nix": flake(PERSONA, DENY), ...files });
    const state = repository.snapshotState();
    const { status: code, stdout, stderr } = render(repository);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^Nothing was written:\n/);
    expect(stderr).toContain(because);
    expect(repository.snapshotState()).toBe(state);
  });

  describe("a file whose header fits, and that nobody has rendered here", () => {
    /** As rendered from another context, in another place. */
    const forged = renderedRepository(
      flake(
        'persona = "Theirs.";',
        'permissions.deny = [ "Read(other)" ];',
        "skills.review = ./skills/review;",
      ),
      SKILL,
    );
    const SCRIPT = ".claude/skills/review/scripts/look.sh";
    const stranger = (...paths: string[]) =>
      Object.fromEntries(paths.map((path) => [path, text(forged, path)]));

    test.each<[what: string, files: Files, named: string]>([
      ["that would be replaced", stranger("CLAUDE.md"), "CLAUDE.md"],
      ["of settings", stranger(".claude/settings.json"), ".claude/settings.json"],
      ["that would be removed", stranger(".claude/skills/review/SKILL.md"), ".claude/skills/review/SKILL.md"],
      ["that claims another for its own", stranger(".claude/skills/review/SKILL.md", SCRIPT), SCRIPT],
    ])("%s is not, before Git has it", (_, files, named) => {
      const repository = createRepository({ "flake.nix": flake(PERSONA, DENY) });
      repository.write(files);
      const state = repository.snapshotState();
      const { status: code, stderr } = render(repository);
      expect(code).toBe(1);
      expect(stderr).toContain(`${named} has a header that fits, as anyone can write one, and neither Git`);
      expect(repository.snapshotState()).toBe(state);
      repository.git("add", "--all");
      expect(render(repository).status).toBe(0);
    });

    test("gives way to --force", () => {
      const repository = createRepository({ "flake.nix": flake(PERSONA, DENY) });
      repository.write(stranger("CLAUDE.md"));
      expect(render(repository, "--force").status).toBe(0);
      expect(text(repository, "CLAUDE.md")).toContain("payment");
    });
  });

  test("what was rendered here and is not committed yet is rendered anew", () => {
    const repository = createRepository({ "flake.nix": WHOLE, ...SKILL });
    expect(render(repository).status).toBe(0);
    repository.write({ "flake.nix": flake('persona = "Another.";') });
    expect(render(repository)).toMatchObject({ status: 0 });
    expect(text(repository, "CLAUDE.md")).toContain("Another.");
    expect(existsSync(join(repository.root, ".mcp.json"))).toBe(false);
  });

  test("--force replaces what was written by hand, and keeps keys that the context says nothing of", () => {
    const repository = createRepository({
      "flake.nix": flake(PERSONA, DENY),
      "CLAUDE.md": "# Mine\n",
      ".claude/settings.json": '{"permissions": {"allow": ["Bash"]}, "theme": "dark"}',
    });
    const { status: code, stderr } = render(repository, "--force");
    expect(code).toBe(0);
    expect(stderr).toContain(".claude/settings.json keeps what is not of the context: theme.\n");
    expect(json(repository, ".claude/settings.json")).toMatchObject({
      permissions: { deny: ["Read(.env)"] },
      theme: "dark",
    });
    expect(text(repository, ".claude/settings.json")).not.toContain("Bash");
    expect(text(repository, "CLAUDE.md")).not.toContain("Mine");
  });

  test("settings by hand that say nothing else are taken up, and said to be kept", () => {
    const repository = createRepository({
      "flake.nix": flake(DENY),
      ".claude/settings.json": '{"theme":"dark"}',
      ".mcp.json": '{"mcpServers": {"mine": {"command": "m"}}}',
    });
    expect(render(repository)).toMatchObject({ status: 0, stdout: "" });
    expect(json(repository, ".claude/settings.json").theme).toBe("dark");
    expect(text(repository, ".mcp.json")).toBe('{"mcpServers": {"mine": {"command": "m"}}}');
  });

  test.each<[what: string, link: (root: string, elsewhere: string) => void]>([
    ["a file", (root, elsewhere) => symlinkSync(join(elsewhere, "kept"), join(root, "CLAUDE.md"))],
    ["a directory", (root, elsewhere) => symlinkSync(elsewhere, join(root, ".claude"))],
  ])("nothing is written through a link in the place of %s, not even with --force", (_, link) => {
    const elsewhere = createDirectory();
    writeFileSync(join(elsewhere, "kept"), "kept");
    const repository = createRepository({ "flake.nix": flake(PERSONA, DENY) });
    link(repository.root, elsewhere);
    const { status: code, stderr } = render(repository, "--force");
    expect(code).toBe(1);
    expect(stderr).toContain("symbolic link");
    expect(readdirSync(elsewhere)).toEqual(["kept"]);
    expect(readFileSync(join(elsewhere, "kept"), "utf8")).toBe("kept");
    expect(lstatSync(join(repository.root, "CLAUDE.md"), { throwIfNoEntry: false })?.isFile() ?? false).toBe(
      false,
    );
  });

  test("what is not in the context is said, with 3: a package, and a link beside a skill's text", () => {
    const repository = createRepository({
      "flake.nix": flake(
        PERSONA,
        'skills.packed = derivation { name = "packed-1.0"; system = "x86_64-linux"; builder = "x"; };',
        "skills.linked = ./skills/linked;",
      ),
      "skills/linked/SKILL.md": "---\nname: linked\ndescription: d\n---\nx\n",
    });
    symlinkSync("/etc/passwd", join(repository.root, "skills/linked/passwd"));
    repository.commit();
    const { status: code, stderr } = render(repository);
    expect(code).toBe(3);
    expect(stderr.replace(/\s+/g, " ")).toContain(
      "Left out: skills.packed: it is a package, which is not built to look inside.",
    );
    expect(stderr.replace(/\s+/g, " ")).toContain("Left out: skills.linked: it is a symbolic link");
    expect(stderr).toContain("passwd.");
    expect(text(repository, ".claude/skills/linked/SKILL.md")).toContain("name: linked");
    repository.commit();
    expect(render(repository, "--check").status).toBe(3);
  });

  test("a skill of an input is written with its scripts; what is no text in it, and a hook of it, are left out", () => {
    const standards = createDirectory();
    writeFiles(standards, {
      "flake.nix": "{ outputs = _: { review = ./review; }; }",
      "review/SKILL.md": SKILL["skills/review/SKILL.md"]!,
      "review/look.sh": "#!/bin/sh\ngit diff\n",
      "review/logo.png": SKILL["skills/review/logo.png"]!,
    });
    chmodSync(join(standards, "review/look.sh"), 0o755);
    const source = { type: "path", path: standards };
    const locked = { ...source, narHash: narHashOf(standards), lastModified: 1767225600 };
    const repository = createRepository({
      "flake.nix": `{
        inputs.standards.url = "path:${standards}";
        outputs = { standards, ... }: { claudeContext = {
          version = "2025-01";
          skills.review = standards.review;
          hooks.Stop = [ { hooks = [ { type = "command"; command = "sh ${"$"}{standards}/guard.sh"; } ]; } ];
        }; };
      }`,
      "flake.lock": JSON.stringify({
        nodes: { root: { inputs: { standards: "standards" } }, standards: { locked, original: source } },
        root: "root",
        version: 7,
      }),
    });
    const { status: code, stderr } = render(repository);
    const said = stderr.replace(/\s+/g, " ");
    expect(code).toBe(3);
    expect(status(repository)).toEqual([
      "?? .claude/skills/review/SKILL.md",
      "?? .claude/skills/review/look.sh",
    ]);
    expect(statSync(join(repository.root, ".claude/skills/review/look.sh")).mode & 0o777).toBe(0o755);
    expect(said).toContain("a file of an input that is no text: logo.png.");
    expect(said).toContain("Left out: hooks.Stop[0].hooks[0]: it names <standards>");
  });

  test("a flake in a directory has its files beside it", () => {
    const repository = createRepository({ "tools/ai/flake.nix": flake(PERSONA) });
    expect(render(repository, "--flake", "tools/ai").status).toBe(0);
    expect(status(repository)).toEqual(["?? tools/ai/CLAUDE.md"]);
    repository.commit();
    repository.write({ "tools/ai/flake.nix": flake() });
    expect(render(repository, "--check", "--flake", "tools/ai").stdout).toContain(
      "To mend it: nixclaude render --flake tools/ai\n",
    );
  });

  test.each<[what: string, files: Files, code: string]>([
    ["no context", { "flake.nix": "{ outputs = _: { }; }" }, "no-claude-context"],
    ["no flake", { "CLAUDE.md": "x" }, "no-flake"],
    [
      "a value that does not fit the schema",
      { "flake.nix": flake('permissions.dney = [ "Bash" ];') },
      "context-invalid",
    ],
    ["a value that does not evaluate", { "flake.nix": flake('persona = throw "no";') }, "evaluation-failed"],
  ])("with %s, nothing is written", (_, files, code) => {
    const repository = createRepository(files);
    const { status: exit, stderr } = render(repository);
    expect(exit).toBe(3);
    expect(stderr).toContain(`error[${code}]`);
    expect(status(repository)).toEqual([]);
  });

  test("a bare repository has no files to write, and can be printed", () => {
    const source = createRepository({ "flake.nix": flake(PERSONA) });
    const bare = createDirectory();
    source.run(["clone", "-q", "--bare", source.root, join(bare, "b.git")]);
    const at = join(bare, "b.git");
    expect(nixclaude(at, ["render", "--head", "main"]).stderr).toContain("error[bare-repository]");
    const printed = nixclaude(at, ["render", "--head", "main", "--stdout"]);
    expect(printed).toMatchObject({ status: 0, stdout: expect.stringContaining("payment service") });
  });
});

describe("nixclaude render --check", () => {
  test("shows what differs, how to mend it, and writes nothing", () => {
    const repository = renderedRepository();
    repository.write({ "flake.nix": flake(PERSONA, 'permissions.deny = [ "Read(.env)" "Bash(curl *)" ];') });
    const state = repository.snapshotState();
    const { status: code, stdout } = render(repository, "--check");
    expect(code).toBe(1);
    expect(stdout).toContain(
      ".claude/settings.json was rendered from another context.\n--- .claude/settings.json\n",
    );
    expect(stdout).toMatch(/^\+ +"Bash\(curl \*\)"$/m);
    expect(stdout).toMatch(/To mend it: nixclaude render\n$/);
    expect(repository.snapshotState()).toBe(state);
  });

  test("the command that mends it is one that does, and says what has to be moved first", () => {
    const repository = renderedRepository();
    repository.write({ "CLAUDE.md": "Somebody's own words.\n" });
    expect(render(repository, "--check").stdout).toMatch(/To mend it: nixclaude render --force\n$/);
    rmSync(join(repository.root, "CLAUDE.md"));
    symlinkSync("flake.nix", join(repository.root, "CLAUDE.md"));
    expect(render(repository, "--check").stdout).toMatch(
      /To mend it: move what is in the way, then nixclaude render\n$/,
    );
  });

  test("looks at the files of the revision, not at those that lie there", () => {
    const repository = renderedRepository();
    repository.write({ "CLAUDE.md": "changed" });
    expect(render(repository, "--check", "--head", "HEAD").status).toBe(0);
    expect(render(repository, "--check", "--staged")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+ files fit staged\.\n$/),
    });
    expect(render(repository, "--check").status).toBe(1);
    rmSync(join(repository.root, ".claude/settings.json"));
    expect(render(repository, "--check", "--target", "settings").stdout).toContain(
      "settings.json is missing.",
    );
  });

  test("takes a settings file that a formatter laid out otherwise for the same", () => {
    const repository = renderedRepository();
    const settings = json(repository, ".claude/settings.json");
    repository.write({ ".claude/settings.json": JSON.stringify(settings, null, 4) });
    expect(render(repository, "--check").status).toBe(0);
  });

  test("prints JSON for scripts", () => {
    const repository = renderedRepository();
    repository.write({ "CLAUDE.md": `${text(repository, "CLAUDE.md")}\nMore.\n` });
    const { status: code, stdout } = render(repository, "--check", "--format", "json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout) as Json).toMatchObject({
      schemaVersion: 1,
      tree: "work tree",
      exitCode: 1,
      written: false,
      files: [
        { path: ".claude/settings.json", state: "fits", losesWords: false, foreign: [] },
        { path: "CLAUDE.md", state: "edited", losesWords: true, diff: expect.arrayContaining(["-More."]) },
      ],
      problems: [],
      omitted: [],
      mend: "nixclaude render --force",
    });
  });

  test("shows nothing of a hostile file that a terminal would act on", () => {
    const repository = renderedRepository();
    repository.write({ "CLAUDE.md": "\u001b]0;owned\u0007\u202eevil\n::error::x\n" });
    const { stdout } = render(repository, "--check");
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]|^::/m);
  });
});

describe("nixclaude render --stdout, --output, --context", () => {
  test("--stdout prints one file with its header", () => {
    const repository = wholeRepository();
    const { status: code, stdout } = render(repository, "--target", "mcp", "--stdout");
    expect(code).toBe(0);
    expect(JSON.parse(stdout) as Json).toMatchObject({ mcpServers: { tickets: { command: "npx" } } });
    expect(render(repository, "--stdout").stderr).toContain("error[several-files]");
    expect(status(repository)).toEqual([]);
  });

  test("managed settings are printed, and never written into the project", () => {
    const repository = createRepository({
      "flake.nix": flake(PERSONA, DENY, 'permissions.defaultMode = "bypassPermissions";'),
    });
    const { status: code, stdout, stderr } = render(repository, "--target", "managed");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout) as Json).toMatchObject({
      permissions: { deny: ["Read(.env)"], defaultMode: "bypassPermissions" },
      claudeMd: "# Claude in this repository\n\nYou keep the payment service.\n",
    });
    expect(status(repository)).toEqual([]);
    expect(render(repository).stderr).toContain("is passed over in the settings of a project");
  });

  test("--output writes all of it elsewhere, by the same rules", () => {
    const repository = wholeRepository();
    const output = join(createDirectory(), "a/b");
    const wanted = ["--output", output, "--target", "managed", "--target", "claude-md", "--target", "skills"];
    expect(render(repository, ...wanted).status).toBe(0);
    expect(readdirSync(output).sort()).toEqual([".claude", "CLAUDE.md", "managed-settings.json"]);
    expect(render(repository, ...wanted).stderr).toBe("Every file fits: nothing was written.\n");
    writeFileSync(join(output, "managed-settings.json"), "{}");
    writeFileSync(join(output, "CLAUDE.md"), "mine");
    expect(render(repository, ...wanted).status).toBe(1);
    expect(readFileSync(join(output, "managed-settings.json"), "utf8")).toBe("{}");
    expect(status(repository)).toEqual([]);
  });

  test("the body of a request is printed as the API takes it", () => {
    const { status: code, stdout } = render(wholeRepository(), "--target", "request");
    expect(code).toBe(0);
    const body = JSON.parse(stdout) as JsonObject;
    expect(Object.keys(body)).not.toContain("$nixclaude");
    expect(JSON.stringify(body.system)).toContain("You keep the payment service.");
  });

  test("--context takes what nix eval prints, and needs neither Nix nor a repository", () => {
    const directory = createDirectory();
    const context = { version: "2025-01", persona: "You help.", permissions: { allow: ["Bash(ls)"] } };
    writeFileSync(join(directory, "context.json"), JSON.stringify(context));
    const run = (...args: string[]) =>
      nixclaude(directory, ["render", "--context", "context.json", ...args], {
        NIXCLAUDE_NIX: "/nonexistent",
        PATH: "/nonexistent",
      });
    expect(run("--output", "out")).toMatchObject({
      status: 0,
      stderr: "Wrote .claude/settings.json.\nWrote CLAUDE.md.\n",
    });
    expect(run("--stdout", "--target", "claude-md").stdout).toContain("You help.");
    writeFileSync(join(directory, "context.json"), JSON.stringify({ ...context, permisions: {} }));
    expect(run("--stdout")).toMatchObject({ status: 3, stderr: expect.stringContaining("context-invalid") });
    writeFileSync(join(directory, "context.json"), "[1]");
    expect(run("--stdout")).toMatchObject({ status: 3, stderr: expect.stringContaining("context-not-json") });
    rmSync(join(directory, "context.json"));
    expect(run("--stdout")).toMatchObject({ status: 2, stderr: expect.stringContaining("context-not-read") });
  });

  test.each([
    ["--check", "--stdout"],
    ["--stdout", "--output", "x"],
    ["--check", "--target", "managed"],
    ["--target", "managed", "--target", "skills"],
    ["--context", "x.json"],
    ["--context", "x.json", "--check"],
    ["--context", "x.json", "--stdout", "--head", "main"],
    ["--flake", "a", "--flake", "b"],
  ])("%s %s %s %s is refused", (...args) => {
    const result = nixclaude(createDirectory(), ["render", ...args]);
    expect(result.status).toBe(2);
    expect(result.stderr).toContain("error[contradictory-flags]");
  });
});

describe("check", () => {
  test("says nothing where nothing was rendered, or all of it fits", () => {
    expect(
      drift(createRepository({ "flake.nix": flake(PERSONA), "CLAUDE.md": "mine" }), "--base", "none").found,
    ).toEqual([]);
    const repository = renderedRepository(WHOLE, SKILL);
    expect(drift(repository, "--head", "HEAD").found).toEqual([]);
    repository.write({ ".claude/rules/mine.md": "mine", ".claude/agents/mine.md": "mine" });
    repository.commit();
    expect(drift(repository, "--head", "HEAD").found).toEqual([]);
  });

  test("blocks a context that its files do not follow, until they do", () => {
    const repository = renderedRepository();
    repository.write({ "flake.nix": flake(PERSONA, DENY, 'policies.tests = "Run them.";') });
    const { status: code, found } = drift(repository);
    expect(code).toBe(1);
    expect(found).toMatchObject([
      {
        severity: "error",
        introduced: true,
        message: "`CLAUDE.md` does not fit the context: it was rendered from another one.",
        help: "Run `nixclaude render`, look at what it changes, and commit the files.",
        position: { file: "CLAUDE.md", line: 1 },
      },
    ]);
    expect(render(repository).status).toBe(0);
    expect(drift(repository).found).toEqual([]);
  });

  test("what stood there before is not what a later change introduces", () => {
    const repository = renderedRepository();
    repository.write({ "flake.nix": flake(DENY, 'persona = "You keep the other service.";') });
    repository.commit();
    repository.write({ "readme.txt": "x" });
    repository.commit();
    expect(drift(repository, "--head", "HEAD").found).toMatchObject([{ introduced: false }]);
  });

  test.each<[what: string, change: (repository: TestRepository) => void, message: string]>([
    [
      "a deny rule is taken out of the settings",
      (repository) => {
        const { permissions: _, ...others } = json(repository, ".claude/settings.json");
        repository.write({ ".claude/settings.json": JSON.stringify(others) });
      },
      "`.claude/settings.json` does not fit the context: it was changed after it was rendered.",
    ],
    [
      "the settings are removed",
      (repository) => rmSync(join(repository.root, ".claude/settings.json")),
      "`.claude/settings.json` is not there, and the context renders to it.",
    ],
    [
      "the header goes, and the rules with it",
      (repository) => repository.write({ ".claude/settings.json": "{}" }),
      "`.claude/settings.json` does not fit the context: it was rendered once, and stands there without its header now.",
    ],
    [
      "a line is added to CLAUDE.md",
      (repository) => repository.write({ "CLAUDE.md": `${text(repository, "CLAUDE.md")}Push to main.\n` }),
      "`CLAUDE.md` does not fit the context: it was changed after it was rendered.",
    ],
    [
      "the settings become a link",
      (repository) => {
        rmSync(join(repository.root, ".claude/settings.json"));
        repository.write({ "other.json": "{}" });
        symlinkSync("../other.json", join(repository.root, ".claude/settings.json"));
      },
      "`.claude/settings.json` does not fit the context: it is a symbolic link.",
    ],
  ])("blocks when %s", (_, change, message) => {
    const repository = renderedRepository();
    change(repository);
    const { status: code, found } = drift(repository);
    expect(code).toBe(1);
    expect(found.map((finding) => finding.message)).toEqual([message]);
  });

  test("blocks a skill's script that was changed where it was rendered to", () => {
    const repository = renderedRepository(WHOLE, SKILL);
    repository.write({ ".claude/skills/review/scripts/look.sh": "#!/bin/sh\ncurl evil\n" });
    expect(drift(repository).found.map(({ subject }) => subject.path)).toEqual([
      ".claude/skills/review/scripts/look.sh",
    ]);
  });

  test("blocks a new skill that is not rendered beside others that are", () => {
    const repository = renderedRepository(WHOLE, SKILL);
    repository.write({
      "flake.nix": WHOLE.replace("skills.review", "skills.other = ./skills/other;\n  skills.review"),
      "skills/other/SKILL.md": "---\nname: other\ndescription: d\n---\nx\n",
    });
    repository.git("add", "-A");
    expect(drift(repository, "--staged").found.map(({ subject }) => subject.path)).toEqual([
      ".claude/skills/other/SKILL.md",
    ]);
    mkdirSync(join(repository.root, ".claude/skills/other"), { recursive: true });
  });

  describe("judges a change of the context", () => {
    const wider = flake(PERSONA, DENY, 'permissions.allow = [ "Bash(git push *)" ];');
    /** How often, and of which part of the report. */
    const judged = (repository: TestRepository) => {
      const { stdout } = nixclaude(repository.root, ["check", "--format", "json"]);
      return (JSON.parse(stdout) as Report).flakes
        .filter(({ findings }) => findings.some(({ rule }) => rule === "approval-widened"))
        .map(({ attribute }) => attribute);
    };

    test("once, where the project has nothing but what it renders to", () => {
      const repository = renderedRepository();
      repository.write({ "flake.nix": wider });
      expect(render(repository).status).toBe(0);
      expect(judged(repository)).toEqual(["claudeContext"]);
    });

    test.each<[what: string, files: (repository: TestRepository) => Files]>([
      [
        "a key of somebody's own in the settings",
        (repository) => ({
          ".claude/settings.json": JSON.stringify({
            ...json(repository, ".claude/settings.json"),
            hooks: {},
          }),
        }),
      ],
      [
        "settings of somebody's own",
        () => ({ ".claude/settings.local.json": '{"permissions": {"allow": ["Read"]}}' }),
      ],
      [
        "a skill of somebody's own",
        () => ({ ".claude/skills/mine/SKILL.md": "---\nname: mine\ndescription: d\n---\n" }),
      ],
    ])("for the files as well, where they have %s", (_, files) => {
      const repository = renderedRepository();
      repository.write(files(repository));
      repository.commit();
      repository.write({ "flake.nix": wider });
      expect(render(repository).status).toBe(0);
      expect(judged(repository)).toEqual(["claudeContext", "client-files"]);
    });

    test("for the files as well, where they were not rendered before", () => {
      const repository = createRepository({
        "flake.nix": flake(DENY),
        ".claude/settings.json": '{"permissions": {"deny": ["Read(.env)"]}}',
      });
      repository.write({ "flake.nix": flake(DENY, 'permissions.allow = [ "Bash(git push *)" ];') });
      expect(render(repository, "--force").status).toBe(0);
      expect(judged(repository)).toEqual(["claudeContext", "client-files"]);
    });
  });

  test("the header in a settings file is no setting", () => {
    const repository = createRepository({ "flake.nix": flake(DENY) });
    render(repository);
    repository.git("add", "-A");
    const { stdout } = nixclaude(repository.root, ["check", "--staged", "--format", "json"]);
    expect(stdout).not.toContain("$nixclaude");
  });
});
