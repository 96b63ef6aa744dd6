import { spawnSync } from "node:child_process";
import type { Environment } from "./locate.ts";
import type { Store } from "./store.ts";

/**
 * `trusted`: the user's own checkout, with the user's tokens and stores. `fetch`: foreign lock file, vetted; network,
 * but no foreign code. `sealed`: foreign code; no network and nothing of the user's.
 */
export type Mode = "trusted" | "fetch" | "sealed";

export interface Session {
  mode: Mode;
  offline: boolean;
  memoryBytes: number;
  store: Store;
  /** A fresh directory: home of untrusted runs. */
  scratch: string;
  /** What sealed runs may open: flake references or prefixes of them. */
  allowedUris: readonly string[];
  cacheDirectory: string;
}

/** What `git rev-parse --local-env-vars` lists, and what else would lead Git or Nix elsewhere. */
const SCRUBBED = [
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_CONFIG",
  "GIT_CONFIG_PARAMETERS",
  "GIT_CONFIG_COUNT",
  "GIT_OBJECT_DIRECTORY",
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_GRAFT_FILE",
  "GIT_INDEX_FILE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_REPLACE_REF_BASE",
  "GIT_PREFIX",
  "GIT_SHALLOW_FILE",
  "GIT_COMMON_DIR",
  "GIT_NAMESPACE",
  "GIT_QUARANTINE_PATH",
  "NIX_PATH",
  "NIX_SHOW_STATS",
];

/** A proxy that nobody answers: every fetcher fails at once, on every platform. */
const DEAD_PROXY = "http://127.0.0.1:1";
const NETWORK_VARIABLES = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"];

/** The complete environment of a Nix process. */
export function nixEnvironment(env: Environment, session: Session): Record<string, string> {
  const base = session.mode === "trusted" ? trustedBase(env, session) : untrustedBase(env, session);
  const dead = session.mode === "sealed" || session.offline ? deadNetwork() : {};
  return { ...base, ...dead, ...heapLimit(session.memoryBytes), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" };
}

function trustedBase(env: Environment, session: Session): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !SCRUBBED.includes(entry[0]) &&
      !/^GIT_(CONFIG_(KEY|VALUE)_|TRACE)/.test(entry[0]),
  );
  // Entries of Nix's fetch cache name paths of one store: with a store of our own it is ours as well.
  const ownCache =
    session.store.physicalRoot !== "" ? { XDG_CACHE_HOME: `${session.cacheDirectory}/fetched` } : {};
  const home = env.HOME ? {} : { HOME: session.scratch };
  return { ...Object.fromEntries(kept), ...home, ...ownCache };
}

function untrustedBase(env: Environment, { mode, scratch }: Session): Record<string, string> {
  const wanted = ["PATH", "TMPDIR", ...(mode === "fetch" ? FETCH_VARIABLES : [])];
  const kept = wanted.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return {
    ...Object.fromEntries(kept),
    HOME: scratch,
    XDG_CACHE_HOME: `${scratch}/cache`,
    XDG_CONFIG_HOME: `${scratch}/config`,
    XDG_DATA_HOME: `${scratch}/data`,
    XDG_STATE_HOME: `${scratch}/state`,
    NIX_CONF_DIR: `${scratch}/conf`,
    NIX_USER_CONF_FILES: "/dev/null",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_SSH_COMMAND: KEYLESS_SSH,
  };
}

/** OpenSSH takes the home directory from the user database, not from HOME: keys there would be offered to anyone. */
const KEYLESS_SSH =
  "ssh -F none -o BatchMode=yes -o PubkeyAuthentication=no -o GSSAPIAuthentication=no -o IdentityAgent=none";

const FETCH_VARIABLES = [
  ...NETWORK_VARIABLES,
  ...NETWORK_VARIABLES.map((name) => name.toUpperCase()),
  "SSL_CERT_FILE",
  "NIX_SSL_CERT_FILE",
];

function deadNetwork(): Record<string, string> {
  const entries = NETWORK_VARIABLES.flatMap((name) => {
    const value = name === "no_proxy" ? "" : DEAD_PROXY;
    return [
      [name, value],
      [name.toUpperCase(), value],
    ];
  });
  return { ...Object.fromEntries(entries), GIT_ALLOW_PROTOCOL: "file" };
}

/** The collector's own cap works everywhere; Nix asks for a large first heap, which must lie below it. */
function heapLimit(bytes: number): Record<string, string> {
  const first = bytes < 1024 ** 3 ? { GC_INITIAL_HEAP_SIZE: String(Math.floor(bytes / 4)) } : {};
  return { GC_MAXIMUM_HEAP_SIZE: String(bytes), ...first };
}

/** Everything in front of `--expr`. Each option wins over every configuration file. */
export function evalArguments(session: Session): string[] {
  const options: Record<string, string> = {
    "pure-eval": "true",
    "eval-cache": "false",
    "accept-flake-config": "false",
    "allow-import-from-derivation": "false",
    "use-registries": "false",
    "flake-registry": "",
    "allow-unsafe-native-code-during-evaluation": "false",
    "warn-dirty": "false",
    "download-attempts": "1",
    "connect-timeout": "5",
    // Determinate Nix would print paths that are new in every run.
    "lazy-trees": "false",
    ...(session.mode === "sealed"
      ? { "restrict-eval": "true", "allowed-uris": session.allowedUris.join(" "), substitute: "false" }
      : { "restrict-eval": "false" }),
  };
  return [
    "eval",
    "--json",
    "--show-trace",
    ...logAndFeatures(),
    ...(session.offline ? ["--offline"] : []),
    ...session.store.arguments,
    ...Object.entries(options).flatMap(([name, value]) => ["--option", name, value]),
  ];
}

/** For commands other than `eval`. */
export function logAndFeatures(): string[] {
  return ["--log-format", "internal-json", "--extra-experimental-features", "nix-command flakes"];
}

/** `unshare` with no network at all, where the system allows it; nothing otherwise (the dead proxies remain). */
export function networkNamespace(env: Environment): readonly string[] {
  const asRoot = process.getuid?.() === 0 ? ["unshare", "-n", "--"] : null;
  for (const prefix of [asRoot, ["unshare", "-rn", "--"]]) {
    if (prefix === null) continue;
    const options = { env: { PATH: env.PATH }, stdio: "ignore", timeout: 5_000 } as const;
    if (spawnSync(prefix[0]!, [...prefix.slice(1), "true"], options).status === 0) return prefix;
  }
  return [];
}
