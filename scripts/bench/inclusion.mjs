// What it costs to compare two rule sets as languages. `node scripts/bench/inclusion.mjs` prints this table alone.
import { fileURLToPath } from "node:url";
import { bundled } from "./bundled.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const STEPS = 1_000_000;
/** Small questions are asked often enough for the compiler to have seen them, as in a run with many rules. */
const rounds = (limitMs) => (limitMs > 100 ? { warm: 1, measured: 7 } : { warm: 20, measured: 21 });

/** Rows with the median of several comparisons, each of freshly made sets: parsing and compiling included. */
export async function* inclusionBenchmarks() {
  const { findNewlyApproved } = await bundled(root, "src/permissions/index.ts");
  for (const { name, before, after, expected, limitMs } of CASES) {
    const times = [];
    let outcome = "";
    const { warm, measured } = rounds(limitMs);
    for (let round = -warm; round < measured; round++) {
      const [b, a] = [setOf(before()), setOf(after())];
      const started = performance.now();
      outcome = findNewlyApproved(b, a, { client: "2.1.330", steps: STEPS }).kind;
      if (round >= 0) times.push(performance.now() - started);
    }
    const median = times.sort((x, y) => x - y)[Math.floor(times.length / 2)];
    const wrong = !expected.includes(outcome);
    yield {
      name: `inclusion: ${name}`,
      against: wrong ? `expected ${expected.join(" or ")}` : outcome,
      measured: `${median.toFixed(1)} ms`,
      limit: `${limitMs} ms`,
      ok: median <= limitMs && !wrong,
    };
  }
  yield memoryRow(findNewlyApproved);
}

/** Ten comparisons of large sets must leave no more behind than one. */
function memoryRow(findNewlyApproved) {
  const compare = () => {
    const [b, a] = [setOf(many(10_000, wide)), setOf(many(10_000, narrow))];
    findNewlyApproved(b, a, { client: "2.1.330", steps: STEPS });
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const first = compare();
  let last = first;
  for (let i = 0; i < 10; i++) last = compare();
  return {
    name: "inclusion: memory kept by ten more comparisons of 10,000 rules",
    against: globalThis.gc === undefined ? "without --expose-gc" : "after collection",
    measured: `${(last - first).toFixed(0)} MiB`,
    limit: "100 MiB",
    ok: last - first <= 100,
  };
}

function setOf({ allow = [], deny = [] }) {
  return {
    allow,
    ask: [],
    deny,
    mode: null,
    additionalDirectories: [],
    bypassDisabled: false,
    sandboxApprovesBash: false,
    other: {},
  };
}

function many(count, rule) {
  return { allow: Array.from({ length: count }, (_, i) => rule(i)) };
}

const PROGRAMS = [
  "npm run",
  "git",
  "cargo",
  "make -C",
  "terraform",
  "kubectl get",
  "aws s3",
  "docker build",
  "nix build",
  "go test",
];
const stem = (i) => `${PROGRAMS[i % PROGRAMS.length]} task-${(i * 7919) % 100_003}`;
const wide = (i) => `Bash(${stem(i)} *)`;
const narrow = (i) => `Bash(${stem(i)} --check *)`;
const paths = (i, suffix) => `Edit(src/module-${i}/${suffix})`;

const reversed = ({ allow }) => ({ allow: [...allow].reverse() });
const letters = "abcdefghijkl".split("");
const pairsOfWords = letters.map((letter) => `Bash(* w${letter} * x${letter} *)`);

const CASES = [
  {
    name: "300 rules, each one narrowed",
    before: () => many(300, wide),
    after: () => many(300, narrow),
    expected: ["none"],
    limitMs: 10,
  },
  {
    name: "300 rules, each one widened",
    before: () => many(300, narrow),
    after: () => many(300, wide),
    expected: ["found"],
    limitMs: 10,
  },
  {
    name: "300 rules and 300 denies, one deny lifted",
    before: () => ({ ...many(300, wide), deny: many(300, narrow).allow }),
    after: () => ({ ...many(300, wide), deny: many(299, narrow).allow }),
    expected: ["found"],
    limitMs: 10,
  },
  {
    name: "300 path rules, each one narrowed",
    before: () => many(300, (i) => paths(i, "**")),
    after: () => many(300, (i) => paths(i, "*.ts")),
    expected: ["none"],
    limitMs: 10,
  },
  {
    name: "10,000 rules, moved and spelt otherwise",
    before: () => many(10_000, wide),
    after: () => reversed(many(10_000, (i) => `Bash(${stem(i)}:*)`)),
    expected: ["none"],
    limitMs: 1000,
  },
  {
    name: "10,000 rules, each one narrowed",
    before: () => many(10_000, wide),
    after: () => many(10_000, narrow),
    expected: ["none"],
    limitMs: 1000,
  },
  {
    name: "10,000 rules, one added",
    before: () => many(10_000, wide),
    after: () => ({ allow: [...many(10_000, wide).allow, "Bash(ssh *)"] }),
    expected: ["found"],
    limitMs: 1000,
  },
  {
    name: "10,000 rules, each one widened",
    before: () => many(10_000, narrow),
    after: () => many(10_000, wide),
    expected: ["found"],
    limitMs: 1000,
  },
  {
    name: "12 globs of the shape `* wI * xI *`, two joined",
    before: () => ({ allow: pairsOfWords }),
    after: () => ({ allow: letters.map((l, i) => `Bash(* w${l} * x${l} * w${letters[(i + 5) % 12]} *)`) }),
    expected: ["none", "undecided"],
    limitMs: 100,
  },
  {
    name: "12 globs of the shape `* wI * xI *`, all words in one",
    before: () => ({ allow: pairsOfWords }),
    after: () => ({ allow: [`Bash(* ${letters.map((l) => `w${l} *`).join(" ")} xa *)`] }),
    expected: ["none", "undecided"],
    limitMs: 100,
  },
  {
    name: "12 globs of the shape `* wI * xI *`, other way round",
    before: () => ({ allow: pairsOfWords }),
    after: () => ({ allow: letters.map((l) => `Bash(* x${l} * w${l} *)`) }),
    expected: ["found", "undecided"],
    limitMs: 100,
  },
  {
    name: "ambiguous stars, `*a*a*…*b` in `*a*…*b`",
    before: () => ({ allow: [`Bash(x ${"*a".repeat(20)}*b)`] }),
    after: () => ({ allow: [`Bash(x ${"*a".repeat(30)}*b)`] }),
    expected: ["none", "undecided"],
    limitMs: 100,
  },
  {
    name: "ambiguous stars, `*a*…*b` in `*a*a*…*b`",
    before: () => ({ allow: [`Bash(x ${"*a".repeat(30)}*b)`] }),
    after: () => ({ allow: [`Bash(x ${"*a".repeat(20)}*b)`] }),
    expected: ["found", "undecided"],
    limitMs: 100,
  },
  {
    name: "long chains of 5,000 letters",
    before: () => ({ allow: [`Bash(x ${"ab".repeat(2500)} *)`, `Bash(* ${"ba".repeat(2500)})`] }),
    after: () => ({ allow: [`Bash(x ${"ab".repeat(2500)} y *)`, `Bash(y ${"ba".repeat(2500)})`] }),
    expected: ["none", "undecided"],
    limitMs: 100,
  },
  {
    name: "paths with `?` behind `**`",
    before: () => ({ allow: [`Edit(**/a${"?".repeat(16)})`] }),
    after: () => ({ allow: [`Edit(**/a${"?".repeat(15)}b)`, `Edit(**/*a${"?".repeat(17)})`] }),
    expected: ["found", "undecided"],
    limitMs: 100,
  },
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for await (const row of inclusionBenchmarks()) {
    process.stdout.write(
      `${row.ok ? "  " : "! "}${row.name.padEnd(75)} ${row.against.padEnd(10)} ${row.measured.padStart(11)}  (limit ${row.limit})\n`,
    );
  }
}
