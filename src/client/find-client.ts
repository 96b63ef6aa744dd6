import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { ClientError } from "../model/errors.ts";

/** A client that can be asked. */
export interface Client {
  /** Absolute, links followed. */
  binary: string;
}

/**
 * The client at a path, or the first `claude` of a search path.
 * @param name a path, or a bare name that is looked for in `searchPath`.
 * @throws ClientError `client-missing`
 */
export function findClient(name: string, searchPath: string = process.env.PATH ?? ""): Client {
  const bare = !name.includes("/");
  const candidates = bare
    ? searchPath
        .split(":")
        .filter((directory) => isAbsolute(directory))
        .map((directory) => `${directory}/${name}`)
    : [resolve(name)];
  for (const candidate of candidates) {
    const binary = executableAt(candidate);
    if (binary !== null) return { binary };
  }
  throw new ClientError(
    "client-missing",
    `No client was found ${bare ? `named ${name} on PATH` : `at ${name}`}.`,
    {
      hint: "Name the program of Claude Code, for example --with ~/.local/bin/claude.",
      details: candidates.map(
        (candidate) =>
          `tried: ${candidate} (${existsSync(candidate) ? "not an executable file" : "not there"})`,
      ),
    },
  );
}

function executableAt(path: string): string | null {
  try {
    accessSync(path, constants.X_OK);
    const real = realpathSync(path);
    return statSync(real).isFile() ? real : null;
  } catch {
    return null;
  }
}
