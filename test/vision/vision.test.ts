import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { createStore, stubPackages } from "../nix-library/support.ts";
import { defaultNix, nixVersions } from "../support/nix.ts";
import { nixclaude, PROGRAM, userEnvironment } from "../support/program.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";
import { makeVision, type Vision } from "./vision-world.ts";

type Example = Parameters<Vision["example"]>[0];

const page = readFileSync("docs/vision.md", "utf8");
let vision: Vision;
let examples: Record<Example, TestRepository>;
beforeAll(() => {
  vision = makeVision();
  examples = {
    "1-mcp-server": vision.example("1-mcp-server"),
    "2-modules": vision.example("2-modules"),
    "3-flake": vision.example("3-flake"),
  };
}, 120_000);

describe.each(nixVersions())("the vision, judged on Nix $version", (nix) => {
  /** The example as if nothing had been there before; that its inputs are on this machine is the test's doing. */
  const check = (name: Example, env: Record<string, string> = {}) => {
    const args = ["check", "--base", "none", "--head", "HEAD", "--format", "json"];
    const { stdout, stderr } = nixclaude(examples[name].root, args, { NIXCLAUDE_NIX: nix.binary, ...env });
    expect(stderr).toBe("");
    const report = JSON.parse(stdout) as Report;
    const { changes, findings } = report.flakes[0]!;
    return { report, changes, findings: findings.filter(({ rule }) => !rule.startsWith("lock-input-")) };
  };

  test("layer 1: the server that is made of tools is pinned, and its rule approves its tool", () => {
    const { changes, findings, report } = check("1-mcp-server");
    expect(changes.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["mcpServers.nix-tools", "autoApprove[0]"]),
    );
    expect(changes.flatMap(({ witness }) => witness?.call ?? [])).toEqual(["mcp__nix-tools__nix-search"]);
    expect(findings.map(({ rule }) => rule).sort()).toEqual(["approval-widened", "mcp-server-added"]);
    expect(report.verdict).toBe("warn");
  });

  test("layer 2: the person's persona wins over the team's, their tools stand side by side", () => {
    const { changes } = check("2-modules");
    const places = Object.fromEntries(changes.map(({ path, position }) => [path, position?.file]));
    expect(places).toMatchObject({
      persona: "person.nix",
      "tools.ripgrep": "team.nix",
      "tools.fd": "person.nix",
      "policies.commits": "team.nix",
      "mcpServers.tickets": "team.nix",
    });
    const after = Object.fromEntries(changes.map(({ path, after }) => [path, JSON.stringify(after)]));
    expect(after.persona).toContain("You answer in short sentences.");
    expect(after["tools.ripgrep"]).toContain('"alwaysApprove":true');
  });

  test("layer 3: everything counts, each in its file, and the policy that the rules do not keep is found", () => {
    const { changes, findings, report } = check("3-flake");
    const places = Object.fromEntries(changes.map(({ path, position }) => [path, position?.file]));
    expect(places).toMatchObject({
      persona: "flake.nix",
      "system.desktop": "flake.nix",
      "policies.commits": "flake.nix",
      "autoApprove[0]": "flake.nix",
      "constraints.nothing-leaves": "flake.nix",
      "tools.rg": "tools.nix",
      "tools.nix-search": "tools.nix",
      "skills.review": "skills/review.nix",
    });
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: "policy-not-enforced",
        message:
          "Policy `commits` restricts `--no-verify`, but `Bash(git commit --no-verify -m x)` runs without asking.",
      }),
    );
    expect(findings.filter(({ rule }) => rule === "schema-invalid")).toEqual([]);
    expect(report.verdict).toBe("warn");
  });

  test("layer 3: a changed skill is a change of skills, caused by its file; what it approves is said", () => {
    const repository = vision.example("3-flake");
    const skill = join("skills", "review.nix");
    const text = readFileSync(join(repository.root, skill), "utf8");
    repository.write({ [skill]: text.replace('"Read"', '"Read"\n    "Bash(curl *)"') });
    const args = ["check", "--format", "json"];
    const { stdout } = nixclaude(repository.root, args, { NIXCLAUDE_NIX: nix.binary });
    const { changes, findings } = (JSON.parse(stdout) as Report).flakes[0]!;
    expect(changes).toMatchObject([
      { surface: "skills", path: "skills.review", causes: [{ kind: "edit", file: skill }] },
    ]);
    // The constraint of the same flake.
    expect(findings).toContainEqual(expect.objectContaining({ rule: "nothing-leaves", severity: "error" }));
  });
});

test("all versions of Nix give the same digest, and the page shows what is found", () => {
  const digests = nixVersions().map(({ binary }) => {
    const { stdout } = nixclaude(
      examples["3-flake"].root,
      ["check", "--base", "none", "--head", "HEAD", "--format", "json", "--no-cache"],
      { NIXCLAUDE_NIX: binary },
    );
    return (JSON.parse(stdout) as Report).digest;
  });
  expect(new Set(digests).size).toBe(1);
  const { stdout } = nixclaude(examples["3-flake"].root, ["check", "--base", "none", "--head", "HEAD"]);
  const [found = ""] = /note\[policy-not-enforced\][\s\S]*?(?=\n {2}= cause)/.exec(stdout) ?? [];
  expect(page).toContain(found);
});

test.each<[Example, string[]]>([
  ["1-mcp-server", [".claude/settings.json", ".mcp.json"]],
  ["2-modules", [".claude/settings.json", ".mcp.json", "CLAUDE.md"]],
  ["3-flake", [".claude/settings.json", ".claude/skills/review/SKILL.md", "CLAUDE.md"]],
])("%s is rendered, as the page shows", (name, expected) => {
  const copy = createRepository();
  copy.run(["fetch", "-q", examples[name].root, "main"]);
  copy.git("reset", "-q", "--hard", "FETCH_HEAD");
  expect(nixclaude(copy.root, ["render"])).toMatchObject({ status: 0, stdout: "" });
  const written = copy.git("ls-files", "--others").split("\n");
  expect(written).toEqual(expected);
  copy.git("add", "-A");
  expect(nixclaude(copy.root, ["render", "--check"]).status).toBe(0);
  if (name !== "3-flake") return;
  for (const file of written) {
    expect(page).toContain(readFileSync(join(copy.root, file), "utf8"));
  }
});

test("what the page quotes of the examples stands in them", () => {
  const files = readdirSync("examples/vision", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => unindented(readFileSync(join(parentPath, name), "utf8")));
  const quoted = [...page.matchAll(/```nix\n([\s\S]*?)```/g)].map(([, block]) => unindented(block!));
  expect(quoted).toHaveLength(4);
  for (const block of quoted) {
    const parts = block.split("{ … };");
    expect(files.filter((file) => parts.every((part) => file.includes(part)))).toHaveLength(1);
  }
});

function unindented(text: string): string {
  return text.replace(/^ +/gm, "");
}

describe("served to the official client", () => {
  const env = () => ({ ...userEnvironment(), PATH: `${vision.bin}:${process.env.PATH}` });
  const connected = async <Answer>(
    command: string,
    args: string[],
    cwd: string,
    use: (client: Client) => Answer,
  ) => {
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StdioClientTransport({ command, args, cwd, env: env(), stderr: "ignore" }));
    try {
      return await use(client);
    } finally {
      await client.close();
    }
  };
  const search = { name: "nix-search", arguments: { query: "ripgrep; id" } };
  const answer = { content: [{ type: "text", text: "[search][nixpkgs][ripgrep; id]" }] };

  test("layer 1: the package that the example builds is the server, with its tool", async () => {
    const nix = defaultNix();
    const store = createStore(nix);
    const { root } = examples["1-mcp-server"];
    const inputs = `{ nixpkgs.legacyPackages.x86_64-linux = ${stubPackages(nix)}; nixclaude.lib = import ${process.cwd()}/nix/lib; }`;
    const built = store.build(`((import ${root}/flake.nix).outputs ${inputs}).packages.x86_64-linux.default`);
    await connected(join(built, "bin/nix-tools"), [], root, async (client) => {
      expect((await client.listTools()).tools).toMatchObject([{ name: "nix-search" }]);
      expect(await client.callTool(search)).toMatchObject(answer);
    });
  });

  test("layer 3: `nixclaude mcp` serves the tool of the flake", async () => {
    await connected(process.execPath, [PROGRAM, "mcp"], examples["3-flake"].root, async (client) => {
      const names = (await client.listTools()).tools.map(({ name }) => name);
      expect(names).toEqual(["nix-search", "nixclaude_why", "nixclaude_check"]);
      expect(await client.callTool(search)).toMatchObject(answer);
    });
  });
});
