import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { SystemError } from "../model/errors.ts";
import type { Environment } from "./locate.ts";

/** Where Nix keeps what it fetches. */
export interface Store {
  arguments: readonly string[];
  /** In front of `/nix/store/…` for whoever opens a file: `""` for the system's own store. */
  physicalRoot: string;
}

const SYSTEM_STORE: Store = { arguments: [], physicalRoot: "" };

/**
 * The machine's store where it can be used: through a daemon, or because it is ours to write. Else one of our own
 * below the cache directory, which any user can have without a daemon. Nothing is created in `/nix`.
 * @throws SystemError when no directory can be made for it.
 */
export function chooseStore(env: Environment, cacheDirectory: string): Store {
  if (env.NIX_REMOTE || env.NIX_STORE_DIR) return SYSTEM_STORE;
  const hasDaemon = existsSync("/nix/var/nix/daemon-socket/socket");
  if (hasDaemon || (isWritable("/nix/store") && isWritable("/nix/var/nix/db"))) return SYSTEM_STORE;
  const directory = join(cacheDirectory, "store");
  makeDirectory(directory);
  return { arguments: ["--store", directory], physicalRoot: directory };
}

export function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    throw new SystemError("cache-unwritable", `cannot write to the cache directory ${directory}`, {
      hint: "Make it writable, or set XDG_CACHE_HOME to a directory that is.",
      cause,
    });
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
