import { spawnSync } from "node:child_process";

/** Runs `a` and `b` in turn and returns both medians in ms: the ratio holds when the machine's speed drifts. */
export function pairedMedians(runs, a, b) {
  const times = { a: [], b: [] };
  for (let run = -1; run < runs; run++) {
    const timeA = timed(() => a(run));
    const timeB = timed(() => b(run));
    // The first pair only warms up.
    if (run >= 0) {
      times.a.push(timeA);
      times.b.push(timeB);
    }
  }
  return { a: median(times.a), b: median(times.b) };
}

/** Runs a program; throws with its output when it ends with another status than expected. */
export function run(command, args, { status = 0, ...options } = {}) {
  const result = spawnSync(command, args, { encoding: "utf8", ...options });
  if (result.status !== status) {
    throw new Error(
      `${command} ${args.join(" ")} ended with ${result.status}: ${result.stdout}${result.stderr}`,
    );
  }
  return result.stdout;
}

function timed(work) {
  const started = performance.now();
  work();
  return performance.now() - started;
}

export function median(values) {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)];
}

export function ratioRow(name, against, { a, b }, limit) {
  const ratio = a / b;
  return {
    name,
    against,
    measured: `${ratio.toFixed(2)} (${a.toFixed(0)} / ${b.toFixed(0)} ms)`,
    limit: limit.toFixed(1),
    ok: ratio <= limit,
  };
}
