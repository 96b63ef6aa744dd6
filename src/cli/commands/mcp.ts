import { Readable, Writable } from "node:stream";
import type { Connection } from "../../mcp/protocol/serve.ts";
import { UsageError } from "../../model/errors.ts";
import type { Io } from "../io.ts";
import { parseOptions, type RawOptions } from "../parse-options.ts";
import { servedFlake } from "../served-flake.ts";
import { VERSION } from "../version.ts";

/** `mcp` serves the flake, `mcp serve FILE` a file: one case for each word that may follow. */
export async function run([what, ...words]: readonly string[], raw: RawOptions, io: Io): Promise<number> {
  switch (what) {
    case "serve":
      return serve(words, io);
    default:
      return serveFlake(raw, io);
  }
}

/** What the flake of the working directory declares, as long as the client listens. */
async function serveFlake(raw: RawOptions, io: Io): Promise<number> {
  const { serveContext } = await import("../../mcp/context/serve-context.ts");
  await serveContext(servedFlake(parseOptions(raw), io), {
    version: VERSION,
    connection: connection(io),
    warn: (line) => io.stderr.write(`warning: ${line}\n`),
    monotonicMs: () => performance.now(),
  });
  return 0;
}

async function serve([file]: readonly string[], io: Io): Promise<number> {
  if (file === undefined) {
    throw new UsageError("missing-argument", "which file describes the tools?", {
      hint: "Name it: nixclaude mcp serve tools.json",
    });
  }
  const { serveFile } = await import("../../mcp/serve-file.ts");
  await serveFile(file, connection(io), (line) => io.stderr.write(`warning: ${line}\n`));
  return 0;
}

/** The program's own streams; a client that reads no more ends the server. */
function connection({ stdin, stdout }: Io): Connection {
  const output = new Writable({
    decodeStrings: false,
    write: (text: string, _, done) => {
      stdout.write(text);
      void (stdout.ready?.() ?? Promise.resolve(true)).then((read) =>
        done(read ? null : new Error("nobody reads")),
      );
    },
  });
  return { input: Readable.from(stdin), output };
}
