// What it costs to find causes. `node scripts/bench/causes.mjs` prints these rows alone.

import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildProgram } from "../build.d/program.mjs";
import { pairedMedians, ratioRow, run } from "./pairs.mjs";
import { benchEnvironment, benchNix, commit, initRepository, program } from "./repositories.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

const CASES = [
  { name: "one moved input", inputs: 5, moved: 1, matter: [0], rounds: 21, limit: 1.05 },
  { name: "five moved inputs", inputs: 5, moved: 5, matter: [2], rounds: 15, limit: 1.5 },
  {
    name: "40 moved inputs, of which two matter",
    inputs: 40,
    moved: 40,
    matter: [7, 23],
    rounds: 9,
    limit: 3,
  },
  {
    name: "40 moved inputs, of which two matter together",
    inputs: 40,
    moved: 40,
    matter: [7, 23],
    together: true,
    rounds: 9,
    limit: 3,
  },
];

/** `check` of commits that nobody has seen, against the same program with nothing between the two sides. */
export async function* causesBenchmarks() {
  const without = mkdtempSync(join(root, ".bench-"));
  try {
    await buildProgram(without, [withoutCounterfactuals]);
    for (const oneCase of CASES) yield against(oneCase, join(without, "cli.js"));
  } finally {
    rmSync(without, { recursive: true, force: true });
  }
}

/** Whatever moved, there is nothing to be evaluated beside the sides: every change is laid at the edit's door. */
const withoutCounterfactuals = {
  name: "without-counterfactuals",
  setup(bundle) {
    bundle.onLoad({ filter: /src\/check\/counterfactuals\/index\.ts$/ }, () => ({
      contents:
        "export class Counterfactuals {}\nexport async function counterfactualsBetween() { return null; }",
      loader: "ts",
    }));
  },
};

function against({ name, inputs, moved, matter, together = false, rounds, limit }, without) {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "nixclaude-bench-")));
  try {
    const repository = initRepository(join(directory, "repository"), directory);
    const sources = Array.from({ length: inputs }, (_, index) =>
      initRepository(join(directory, `input-${index}`), directory),
    );
    writeFileSync(join(repository, "flake.nix"), flake(sources, matter, together));
    // Each round has two commits of its own: what is cached is cached for nobody.
    let number = 0;
    const revisions = [];
    const lockAll = (count) => {
      for (const [index, source] of sources.entries()) {
        if (index >= count) continue;
        writeFileSync(join(source, "flake.nix"), input(index, ++number));
        revisions[index] = commit(source, directory, "next");
      }
      writeFileSync(join(repository, "flake.lock"), lock(sources, revisions));
      return commit(repository, directory, "flake.lock: update");
    };
    const pairs = Array.from({ length: rounds + 1 }, () => {
      const base = lockAll(inputs);
      return { base, head: lockAll(moved) };
    });
    const nix = benchNix();
    const causes = [];
    const check = (entry, home) => (round) => {
      const { base, head } = pairs[round + 1];
      const printed = run(
        process.execPath,
        [entry, "check", "--base", base, "--head", head, "--format", "json"],
        {
          cwd: repository,
          env: benchEnvironment(join(directory, home), nix),
        },
      );
      causes.push({
        home,
        said: JSON.parse(printed).flakes[0].changes.map((change) => named(change.causes)),
      });
    };
    const medians = pairedMedians(rounds, check(program, "with"), check(without, "without"));
    const expected = (together ? [inWords(matter)] : matter.map((index) => inWords([index]))).sort();
    const right = causes
      .filter(({ home }) => home === "with")
      .every(({ said }) => said.sort().join(", ") === expected.join(", "));
    const row = {
      ...ratioRow(`causes: ${name}`, "`check` without them", medians, limit),
      limit: String(limit),
    };
    return right ? row : { ...row, against: `expected ${expected.join(", ")}`, ok: false };
  } finally {
    spawnSync("chmod", ["-R", "u+w", directory]);
    rmSync(directory, { recursive: true, force: true });
  }
}

const inWords = (indexes) =>
  indexes
    .map((index) => `input-${index}`)
    .sort()
    .join(" + ");

function named(causes) {
  return causes.map((cause) => (cause.of ?? [cause]).map(({ name }) => name).join(" + ")).join(", ");
}

/** Only what matters tells its number; all others have one as well. */
function flake(sources, matter, together) {
  const declared = sources.map((source, index) => `  inputs.input-${index}.url = "git+file://${source}";\n`);
  const texts = matter.map((index) => `"Revision \${toString inputs.input-${index}.number}."`);
  const policies = together
    ? `policies.both = ${texts.join(" + ")};`
    : matter.map((index, at) => `policies.of-${index} = ${texts[at]};`).join("\n      ");
  const rules = Array.from({ length: 20 }, (_, index) => `"Bash(npm run task-${index} *)"`);
  return `{
${declared.join("")}  outputs = inputs: {
    claudeContext = {
      version = "2025-01";
      persona = "Reviewer";
      permissions.allow = [ ${rules.join(" ")} ];
      ${policies}
    };
  };
}
`;
}

function input(index, number) {
  return `{ outputs = _: { number = ${number}; name = "input-${index}"; }; }\n`;
}

function lock(sources, revisions) {
  const nodes = sources.map((source, index) => {
    const original = { type: "git", url: `file://${source}` };
    return [
      `input-${index}`,
      { locked: { ...original, ref: "refs/heads/main", rev: revisions[index] }, original },
    ];
  });
  const inputs = Object.fromEntries(nodes.map(([name]) => [name, name]));
  return JSON.stringify({
    nodes: { ...Object.fromEntries(nodes), root: { inputs } },
    root: "root",
    version: 7,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for await (const row of causesBenchmarks()) {
    process.stdout.write(
      `${row.ok ? "  " : "! "}${row.name.padEnd(55)} ${row.measured.padStart(22)} (limit ${row.limit}; ${row.against})\n`,
    );
  }
}
