import type { Random } from "./random.ts";

const DIRECTORIES = [
  "src",
  "docs",
  "secrets",
  "sub",
  "build",
  "node_modules",
  "config",
  "a b",
  ".github",
  "test",
];
const NAMES = [
  "a.ts",
  "b.md",
  "x.nix",
  ".env",
  ".env.local",
  "key.pem",
  "README.md",
  "flake.nix",
  "Makefile",
  "index.js",
  "c",
];

/** What stands between slashes in a rule about paths. */
const SEGMENTS: readonly string[] = [
  ...DIRECTORIES,
  ...DIRECTORIES,
  ...NAMES,
  ...NAMES,
  "*",
  "**",
  "*.ts",
  "*.md",
  ".env*",
  ".*",
  "?",
  "[ab].ts",
  "[!a]*",
  "s*",
  "*c",
  "s?c",
  "{src,docs}",
  "SRC",
  "..",
  ".",
  "a\\ b",
  "\\*",
  "!src",
  "#x",
  "deep",
];

const ANCHORS = [
  "",
  "",
  "",
  "./",
  "/",
  "/",
  "//home/u/proj/",
  "//home/u/",
  "//",
  "~/",
  "~/proj/",
  "**/",
  "/**/",
  "../",
  "!",
  "$HOME/",
];

/** The part of a path rule between its parentheses. */
export function pathPattern(random: Random): string {
  const segments = Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, () => random.pick(SEGMENTS));
  const end = random.pick(["", "", "", "", "/", "/*", "/**", "/**", "/**/*", "/**/*.ts", "*", " "]);
  return `${random.pick(ANCHORS)}${segments.join("/")}${end}`;
}

const PLACES: readonly (readonly [number, string])[] = [
  [12, "/home/u/proj"],
  [2, "/home/u"],
  [1, "/home/u/other"],
  [1, "/home/u/.config"],
  [1, "/home/u/.claude"],
  [1, "/tmp"],
  [1, "/srv"],
  [1, "/etc"],
  [0.5, "/opt"],
  [0.5, ""],
  [0.5, "/home"],
  [0.5, "/home/u/project"],
];

/** An absolute path in or around the project, or one that begins with `~/`. */
export function anyPath(random: Random): string {
  const place = random.weighted(...PLACES.map(([weight, path]) => [weight, () => path] as const));
  const directories = random.sample(
    [...DIRECTORIES, "deep", "x", "SRC", "proj"],
    random.pick([0, 0, 1, 1, 2, 3]),
  );
  const name = random.weighted(
    [6, () => random.pick(NAMES)],
    [2, () => random.pick(["x.ts", "y.txt", "A.TS", "src", "é.ts", "a b.md", ".hidden", "x"])],
  );
  const path = [place, ...directories, name].join("/");
  return random.chance(0.06) ? path.replace(/^\/home\/u\//, "~/") : path;
}

/** Now and then another directory is a working directory too. */
export function moreDirectories(random: Random): { additionalDirectories?: string[] } {
  if (!random.chance(0.12)) return {};
  return {
    additionalDirectories: [random.pick(["/srv", "/tmp", "../other", "~/other", "/home/u/other", "/etc"])],
  };
}

/** A path that the rule's text could cover: its stars and classes filled, its anchor put where the client may put it. */
export function pathOf(random: Random, pattern: string): string {
  const text = pattern.trim().replace(/^!/, "");
  const filled = text
    .replace(/\*\*/g, () => random.pick(["", "a", "deep", "x/y", "src", "sub/deep/z"]))
    .replace(/(?<!\\)\*/g, () => random.pick(["", "a", "x", "abc", ".env"]))
    .replace(/\?/g, () => random.pick(["a", "x", "b"]))
    .replace(/\[!?(\w)[^\]]*\]/g, (_, first: string) => random.pick([first, "z"]))
    .replace(/\\(.)/g, "$1")
    .replace(/\/+$/, random.chance(0.5) ? "" : "/inside");
  const below = random.chance(0.25) ? `${filled}/${random.pick(NAMES)}` : filled;
  return placed(random, below.replace(/\/{3,}/g, "/"));
}

function placed(random: Random, path: string): string {
  if (path.startsWith("//")) return clean(path.slice(1));
  if (path.startsWith("~/")) return random.chance(0.5) ? clean(`/home/u/${path.slice(2)}`) : path;
  const bare = path.replace(/^\.?\/+/, "").replace(/^\$HOME\//, "");
  const root = random.weighted(
    [10, () => "/home/u/proj"],
    [3, () => `/home/u/proj/${random.pick(["sub", "src", "deep/er"])}`],
    [1, () => "/home/u"],
    [1, () => "/home/u/.claude"],
    [1, () => ""],
    [1, () => "/tmp"],
  );
  return clean(`${root}/${bare}`);
}

function clean(path: string): string {
  return path.replace(/\/{2,}/g, "/") || "/";
}

/** Other spellings of a path, and paths close to it. */
export function pathEdit(random: Random, path: string): string {
  return random.weighted(
    [8, () => path],
    [1, () => path.replace(/[^/]+$/, (name) => name.toUpperCase())],
    [1, () => path.replace(/\/([^/]+)\//, (_, name: string) => `/${name}/../${name}/`)],
    [1, () => path.replace(/([^/]+)$/, "./$1")],
    [1, () => `${path}x`],
    [1, () => path.replace(/([^/]+)$/, "x$1")],
    [1, () => path.replace(/([^/]+)$/, "more/$1")],
    [0.5, () => path.replace("/proj/", "/proj/../")],
    [0.5, () => path.replace(/\/src\//i, "/SRC/")],
    [0.5, () => path.replace(/([^/]+)$/, "/$1")],
    [0.5, () => path.replace(/\.\w+$/, ".txt")],
    // Letters that become others when their case is folded, or that are two characters to some.
    [0.3, () => path.replace(/k(?=[^/]*$)/, "\u212a")],
    [0.3, () => path.replace(/s(?=[^/]*$)/, "\u017f")],
    [0.2, () => path.replace(/i(?=[^/]*$)/, "\u0130")],
    [0.2, () => path.replace("é", "e\u0301")],
    [0.2, () => `${path} `],
    [0.2, () => `${path}.`],
    [0.2, () => path.replace(/([^/]+)$/, "$1\\")],
  );
}
