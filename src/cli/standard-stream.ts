import type { Output } from "./io.ts";

/**
 * A standard stream that may break under the program. A reader that has seen enough (`| head`) is no error: the
 * rest goes nowhere, and the exit status stays what the verdict says. Output that is lost otherwise (a full disk)
 * is never a pass.
 */
export function standardStream(stream: NodeJS.WriteStream, name: string): Output {
  let broken = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (broken) return;
    broken = true;
    if (error.code === "EPIPE") return;
    if (stream !== process.stderr) {
      process.stderr.write(
        `error[output-failed]: ${name} could not be written (${error.code ?? error.message})\n` +
          "  = help: Free some space, or send the report somewhere else, and run again.\n",
      );
    }
    process.exitCode = process.exitCode === 0 || process.exitCode === undefined ? 3 : process.exitCode;
  });
  return {
    write: (text) => {
      if (!broken) stream.write(text);
    },
  };
}
