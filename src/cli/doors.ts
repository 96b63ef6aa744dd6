import { userInfo } from "node:os";
import { join } from "node:path";
import type { Program } from "../check/identity.ts";
import type { ClientPort, Ports } from "../check/ports.ts";
import { createRevisionPort } from "../git/index.ts";
import { createEvaluator } from "../nix/index.ts";
import { createCache } from "./cache.ts";
import type { CheckOptions } from "./options.ts";
import { BUILD, VERSION } from "./version.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The real outside: Git, Nix, the client's files, the cache and the clock. */
export function createPorts(env: Environment, probe: Partial<CheckOptions["probe"]> = {}): Ports {
  const cacheDirectory = cacheDirectoryOf(env);
  return {
    revisions: createRevisionPort({ env }),
    evaluator: createEvaluator({ env, cacheDirectory }),
    clientFiles: {
      // Only repositories without a flake need the parsers behind it.
      read: async (...of) => (await import("../files/index.ts")).createClientFiles().read(...of),
    },
    client: clientPort(probe),
    cache: createCache(join(cacheDirectory, "results")),
    clock: {
      today: () => new Date().toISOString().slice(0, 10),
      nowSeconds: () => Math.floor(Date.now() / 1000),
      monotonicMs: () => performance.now(),
    },
  };
}

/** Nobody who does not ask the real client waits for its door to be loaded. */
function clientPort(options: Partial<CheckOptions["probe"]>): ClientPort {
  const port = async () => (await import("../client/index.ts")).createClientPort(options);
  return {
    ask: async (sessions) => (await port()).ask(sessions),
    rejected: async (session) => (await port()).rejected(session),
  };
}

/** The program that runs. */
export function currentProgram(): Program {
  return { version: VERSION, build: BUILD };
}

/** `$XDG_CACHE_HOME/nixclaude`; a relative one counts for nothing, as the specification of these variables says. */
export function cacheDirectoryOf(env: Environment): string {
  const caches = env.XDG_CACHE_HOME?.startsWith("/") ? env.XDG_CACHE_HOME : join(homeOf(env), ".cache");
  return join(caches, "nixclaude");
}

/** A relative home would put the cache wherever this runs: into the repository that is checked. */
function homeOf(env: Environment): string {
  if (env.HOME?.startsWith("/")) return env.HOME;
  try {
    return userInfo().homedir;
  } catch {
    // A user id without an account, as containers have them: nobody's home, which says so when it is written to.
    return "/nonexistent";
  }
}
