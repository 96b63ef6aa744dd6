import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SessionRequest } from "../model/client-session.ts";
import { ClientError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import { codeOf, temporaryFilesFailed } from "../system/failures.ts";
import { absoluteIn, BOX_PLACE, isWithin, MANAGED_DIRECTORY, type Place } from "./place.ts";
import { mcpServerScript, SHELL } from "./stand-ins.ts";

/** Where a session's files stand before it begins. */
export interface Ground {
  place: Place;
  /** Directory that becomes the root of the box; without a box, the files stand in it under their full paths. */
  seed: string;
  boxed: boolean;
}

export function boxedGround(seed: string): Ground {
  return { place: BOX_PLACE, seed, boxed: true };
}

/** Without a box the same tree stands in the temporary directory itself. */
export function openGround(seed: string): Ground {
  const home = join(seed, BOX_PLACE.home);
  return { place: { home, project: join(home, "proj") }, seed, boxed: false };
}

/** The shell as the client sees it. Its name must be that of a shell the client knows. */
export function shellOf({ seed, boxed }: Ground): string {
  return join(boxed ? "/" : seed, "stub/bash");
}

/**
 * Writes everything that exists before the session.
 * @returns the files that the client finds, by absolute path.
 * @throws ClientError `client-file-outside`, `client-file-impossible`
 */
export function plant(request: SessionRequest, ground: Ground): ReadonlyMap<string, string> {
  const { place, seed, boxed } = ground;
  const planted = new Map<string, string>();
  const write = (path: string, text: string, executable = false): void => {
    const target = join(boxed ? seed : "/", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    if (executable) chmodSync(target, 0o755);
    else planted.set(path, text);
  };
  const shell = shellOf(ground);
  try {
    mkdirSync(join(boxed ? seed : "/", place.project), { recursive: true });
    for (const file of request.files)
      plantAsked(file.path, () => write(checkedPath(file.path, ground), file.text));
    write(join(place.home, ".claude.json"), JSON.stringify(clientState(place, request.trusted)));
    write(shell, SHELL, true);
    const servers = Object.entries(request.mcpServers).map(([name, tools], index) => {
      const command = join(dirname(shell), `mcp-${index}`);
      write(command, mcpServerScript(tools), true);
      return [name, { command }] as const;
    });
    if (servers.length > 0) {
      write(join(place.project, ".mcp.json"), JSON.stringify({ mcpServers: Object.fromEntries(servers) }));
    }
    if (!boxed) return planted;
    write("/etc/passwd", `u:x:1000:1000::${place.home}:${shell}\n`);
    // An allowed fetch asks these hosts first whether the address is safe: refused at once, not after ten seconds.
    write("/etc/hosts", "127.0.0.1 localhost api.anthropic.com claude.ai\n");
    return planted;
  } catch (cause) {
    if (cause instanceof ClientError) throw cause;
    throw temporaryFilesFailed(seed, cause);
  }
}

/** What the file system says of a name or a tree that it cannot hold. */
const IMPOSSIBLE = new Set(["ENAMETOOLONG", "ENOTDIR", "EISDIR", "EEXIST", "EILSEQ", "EINVAL"]);

function plantAsked(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === undefined || !IMPOSSIBLE.has(code)) throw cause;
    throw new ClientError(
      "client-file-impossible",
      `A session cannot hold the file ${JSON.stringify(path)}: ${code}.`,
      {
        hint: "Its name is too long, or another file of the session stands where it needs a directory.",
        cause,
      },
    );
  }
}

function checkedPath(path: string, { place, boxed }: Ground): string {
  const absolute = absoluteIn(place, path);
  const roots = boxed ? [place.home, MANAGED_DIRECTORY, "/tmp", "/srv"] : [place.home];
  if (roots.some((root) => absolute !== root && isWithin(root, absolute)) && !/[\0\n]/.test(absolute)) {
    return absolute;
  }
  throw new ClientError("client-file-outside", `A session cannot hold the file ${JSON.stringify(path)}.`, {
    hint: boxed
      ? "Files of a session stand in the project, in the home directory or among managed settings."
      : "Without the closed box, only files of the project and the home directory can stand there.",
  });
}

/** What the client remembers from earlier sessions: that it was set up, and whether this project is trusted. */
function clientState(place: Place, trusted: boolean): JsonObject {
  return {
    hasCompletedOnboarding: true,
    projects: { [place.project]: { hasTrustDialogAccepted: trusted } },
  };
}
