import { Readable, Writable } from "node:stream";
import type { Connection } from "../../mcp/protocol/serve.ts";
import { UsageError } from "../../model/errors.ts";
import type { Io } from "../io.ts";

/** `mcp serve FILE`: one case for each word that may follow. */
export async function run([what, ...words]: readonly string[], io: Io): Promise<number> {
  switch (what) {
    case "serve":
      return serve(words, io);
    default:
      throw new UsageError("no-command", "what is to be served?", {
        hint: "Name a file that describes tools: nixclaude mcp serve tools.json",
      });
  }
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
