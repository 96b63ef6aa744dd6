// What it costs to understand a large flake.lock. `node scripts/bench/lock.mjs` prints this alone.
import { fileURLToPath } from "node:url";
import { bundled } from "./bundled.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const NODES = 500;
const LIMIT_MS = 50;

/** Both locks parsed, compared, and made into a hybrid of which half the inputs come from either side. */
export async function* lockBenchmarks() {
  const lock = await bundled(root, "src/lock/index.ts");
  const [before, after] = [lockText("1"), lockText("2")];
  const chosen = topInputs().filter((_, index) => index % 2 === 0);
  const times = [];
  let answer = "";
  // The first round only warms up.
  for (let round = -1; round < 9; round++) {
    const started = performance.now();
    const [old, now] = [lock.parseLock(before), lock.parseLock(after)];
    const moved = lock.compareInputs(old, now).length + lock.compareFollows(old, now).length;
    const hybrid = lock.hybridLock(old, now, chosen);
    if (round >= 0) times.push(performance.now() - started);
    const graphs = [old, now].map((one) => lock.resolveLock(one).kind);
    answer = `${moved} moved, ${hybrid.kind}, ${graphs.join(" and ")}`;
  }
  const median = times.sort((x, y) => x - y)[Math.floor(times.length / 2)];
  const expected = `${NODES} moved, hybrid, resolved and resolved`;
  yield {
    name: `a lock of ${NODES} nodes parsed, compared and made hybrid`,
    against: answer === expected ? answer : `expected ${expected}, not ${answer}`,
    measured: `${median.toFixed(1)} ms`,
    limit: `${LIMIT_MS} ms`,
    ok: median <= LIMIT_MS && answer === expected,
  };
}

/** What others follow: an input that needs nothing itself. */
const FOLLOWED = NODES - 1;
const parentOf = (index) => (index < 40 || index === FOLLOWED ? null : Math.floor((index - 40) / 4) % 120);
const topInputs = () => Array.from({ length: 40 }, (_, index) => `input-${index}`);

/** 40 inputs with some ten each below them, two levels deep; every second one follows one of the flake's own. */
function lockText(revision) {
  const inputs = Array.from({ length: NODES }, () => ({}));
  const top = {};
  for (let index = 0; index < NODES; index++) {
    const parent = parentOf(index);
    (parent === null ? top : inputs[parent])[`input-${index}`] = `input-${index}`;
    if (index > 0 && index % 2 === 0) inputs[index].nixpkgs = [`input-${FOLLOWED}`];
  }
  const nodes = inputs.map((below, index) => {
    const original = { owner: "acme", repo: `repository-${index}`, type: "github" };
    const locked = {
      lastModified: 1_760_000_000 + Number(revision),
      narHash: `sha256-${revision.repeat(43)}=`,
      ...original,
      rev: revision.repeat(40),
    };
    return [`input-${index}`, { inputs: below, locked, original }];
  });
  return JSON.stringify(
    { nodes: { ...Object.fromEntries(nodes), root: { inputs: top } }, root: "root", version: 7 },
    null,
    2,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for await (const row of lockBenchmarks()) {
    process.stdout.write(
      `${row.ok ? "  " : "! "}${row.name}: ${row.measured} (limit ${row.limit}; ${row.against})\n`,
    );
  }
}
