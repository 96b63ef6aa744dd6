import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize, relative } from "node:path";
import { expect, test } from "vitest";

/** Top to bottom: a folder may import from those above it, and from itself. The order of the design, section 2. */
const LAYERS = [
  ["model"],
  ["permissions"],
  ["context"],
  ["lock"],
  ["diff"],
  ["causes"],
  ["rules"],
  ["constraints"],
  ["report"],
  ["render"],
  ["artifacts"],
  ["check"],
  ["system"],
  ["nix", "git", "github", "files", "client", "messages"],
  ["mcp"],
  ["cli"],
  ["action"],
];
/** The same within `src/permissions`: its folders, and the files that stand beside them. */
const PERMISSION_LAYERS = [
  "types.ts",
  "client-facts",
  "rules",
  "sets",
  "shell",
  "commands",
  "files",
  "read-only",
  "bash",
  "tools",
  "decide.ts",
  "layers.ts",
  "parse-call.ts",
  "probes",
  "inclusion",
  "index.ts",
];
const DOORS = new Set([
  "system",
  "nix",
  "git",
  "github",
  "files",
  "client",
  "messages",
  "mcp",
  "cli",
  "action",
]);
/** Pure parts of Node that any layer may use. */
const PURE_MODULES = new Set(["node:crypto", "node:path/posix", "node:util"]);

const rank = new Map(LAYERS.flatMap((folders, index) => folders.map((folder) => [folder, index] as const)));
const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => join("src", file));
const imports = files.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => ({
    file,
    target: match[1]!,
  })),
);

test("every folder of src is a layer", () => {
  const folders = new Set(files.map((file) => file.split("/")[1]!));
  expect([...folders].filter((folder) => !rank.has(folder))).toEqual([]);
});

test("imports run one way, down the list of layers", () => {
  const wrong = imports.filter(({ file, target }) => {
    if (!target.startsWith(".")) return false;
    const from = file.split("/")[1]!;
    const to = relative("src", normalize(join(dirname(file), target))).split("/")[0]!;
    return to !== from && (rank.get(to) ?? -1) >= rank.get(from)!;
  });
  expect(wrong).toEqual([]);
});

test("so they do within the meaning of permissions", () => {
  const place = (path: string): number => {
    const [, folder, part] = path.split("/");
    return folder === "permissions" ? PERMISSION_LAYERS.indexOf(part!) : -2;
  };
  const wrong = imports.filter(({ file, target }) => {
    const from = place(file);
    const to = target.startsWith(".") ? place(normalize(join(dirname(file), target))) : -2;
    return from === -1 || to === -1 || (from !== -2 && to > from);
  });
  expect(wrong).toEqual([]);
});

test("only the doors know processes, files, network, environment and clock", () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      !DOORS.has(file.split("/")[1]!) &&
      (target.startsWith("node:") || builtinModules.includes(target)) &&
      !PURE_MODULES.has(target),
  );
  expect(wrong).toEqual([]);
  const impure = files.filter(
    (file) =>
      !DOORS.has(file.split("/")[1]!) &&
      /\bprocess\.|\bDate\.now\(|new Date\(\)|\bfetch\(|Math\.random\(/.test(
        withoutComments(readFileSync(file, "utf8")),
      ),
  );
  expect(impure).toEqual([]);
});

test("each mandated package has one home", () => {
  const homes: Record<string, string[]> = {
    diff: ["diff", "render"],
    micromatch: ["constraints"],
    ajv: ["context", "constraints", "report", "mcp"],
    "@modelcontextprotocol/sdk": ["mcp"],
    "simple-git": ["git"],
    "@actions/github": ["github"],
    "@actions/core": ["action"],
    unbash: ["permissions"],
    commander: ["cli"],
  };
  const wrong = imports.filter(({ file, target }) => {
    const name = target.startsWith("@") ? target.split("/").slice(0, 2).join("/") : target.split("/")[0]!;
    return homes[name] !== undefined && !homes[name].includes(file.split("/")[1]!);
  });
  expect(wrong).toEqual([]);
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}
