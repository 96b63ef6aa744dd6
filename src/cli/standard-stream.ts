import type { Output } from "./io.ts";

/** Exit status when the report did not reach anyone: as if nothing had been decided. */
const LOST = 3;

/**
 * A standard stream that may break under the program. A reader that has seen enough (`| head`) is no error: the
 * rest goes nowhere, and the exit status stays what the verdict says. Output that is lost otherwise (a full disk)
 * is never a pass.
 */
export function standardStream(name: "stdout" | "stderr"): Output & { statusOr(status: number): number } {
  let opened: NodeJS.WriteStream | undefined;
  let broken = false;
  let lost = false;
  const onError = (error: NodeJS.ErrnoException) => {
    if (broken) return;
    broken = true;
    if (error.code === "EPIPE" || name === "stderr") return;
    lost = true;
    process.stderr.write(
      `error[output-failed]: standard output could not be written (${error.code ?? error.message})\n` +
        "  = help: Free some space, or send the report somewhere else, and run again.\n",
    );
    if (process.exitCode === 0) process.exitCode = LOST;
  };
  return {
    write: (text) => {
      // Node makes the stream when it is first asked for: a hook that has nothing to say need not pay for it.
      opened ??= process[name].on("error", onError);
      if (!broken) opened.write(text);
    },
    ready: async () => {
      if (opened?.writableNeedDrain === true && !broken) await drained(opened);
      return !broken;
    },
    statusOr: (status) => (lost && status === 0 ? LOST : status),
  };
}

/** Also when it breaks, since then nothing is taken any more. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      for (const event of ["drain", "error", "close"]) stream.off(event, end);
      resolve();
    };
    for (const event of ["drain", "error", "close"]) stream.on(event, end);
  });
}
