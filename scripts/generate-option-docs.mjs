/**
 * Writes docs/options.md: every option under `claude`, by evaluating nix/modules with Nix. `--check` writes nothing
 * and fails when the page differs. Run it after every change of schema/claude-context.schema.json or nix/modules.
 *
 * Nix is the newest that `node scripts/get-nix.mjs --all` fetched, or the one on PATH. The module system is the one of
 * test/nix-modules/module-system.nix, so that no nixpkgs is needed.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGE = join(ROOT, "docs/options.md");

const INTRODUCTION = `<!-- Made by scripts/generate-option-docs.mjs from nix/modules; do not edit. -->

# Options

What can be set under \`claude\` in a module, for NixOS, home-manager, flake-parts and \`lib.mkClaudeContext\`
([modules.md](modules.md)). They are the keys of a \`claudeContext\` ([claude-context.md](claude-context.md)), with the
same words. \`<name>\` stands for a name of your own, \`*\` for an element of a list. What has no default is not there
until it is set; lists of several modules add up, sets are merged by name.
`;

function options() {
  const expression = `import ${ROOT}nix/modules/documentation.nix { lib = import ${ROOT}test/nix-modules/module-system.nix; }`;
  const printed = execFileSync(
    nix(),
    [
      ...["--extra-experimental-features", "nix-command", "--store", "dummy://"],
      ...["eval", "--json", "--impure", "--expr", expression],
    ],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(printed);
}

function nix() {
  const directory = process.env.NIXCLAUDE_NIX_DIR || join(ROOT, ".cache/nix");
  const versions = (existsSync(directory) ? readdirSync(directory) : [])
    .filter((name) => /^\d/.test(name) && existsSync(join(directory, name, "nix")))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return versions.length === 0 ? "nix" : join(directory, versions.at(-1), "nix");
}

function page(all) {
  const sections = new Map();
  for (const option of all) {
    const key = option.path[1];
    sections.set(key, [...(sections.get(key) ?? []), option]);
  }
  const first = ["enable"];
  const keys = [...first, ...[...sections.keys()].filter((key) => !first.includes(key))];
  return [INTRODUCTION, ...keys.map((key) => section(sections.get(key)))].join("\n");
}

function section([own, ...below]) {
  const isTree = own.path.length > 2;
  const name = own.path.slice(0, 2).join(".");
  const rows = isTree ? [own, ...below] : below;
  return [
    `## \`${name}\``,
    "",
    ...(isTree ? [] : facts(own)),
    ...(rows.length === 0
      ? []
      : [
          "| option | shape | meaning | example |",
          "|---|---|---|---|",
          ...rows.map((row) => tableRow(row, name)),
          "",
        ]),
  ].join("\n");
}

function facts({ description, type, default: byDefault, example, module }) {
  return [
    where(module) + description,
    "",
    `- shape: ${type}`,
    ...(byDefault === undefined ? [] : [`- default: \`${inNix(byDefault)}\``]),
    ...(example === undefined ? [] : [`- example: \`${inNix(example)}\``]),
    "",
  ];
}

function tableRow({ path, description, type, default: byDefault, example, module }, section) {
  const name = path.join(".").slice(section.length + 1);
  const meaning =
    where(module) + description + (byDefault === undefined ? "" : ` Default: \`${inNix(byDefault)}\`.`);
  const cells = [`\`${name}\``, type, meaning, example === undefined ? "" : `\`${inNix(example)}\``];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function where(module) {
  return module === "nixos" ? "Only in NixOS. " : "";
}

/** As it would be written in a module. */
function inNix(value) {
  if (Array.isArray(value)) return value.length === 0 ? "[ ]" : `[ ${value.map(inNix).join(" ")} ]`;
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? quoted(value) : String(value);
  if (value._type === "literalExpression") return value.text;
  const entries = Object.entries(value).map(([key, item]) => `${attribute(key)} = ${inNix(item)};`);
  return entries.length === 0 ? "{ }" : `{ ${entries.join(" ")} }`;
}

function quoted(text) {
  return JSON.stringify(text).replaceAll("${", "\\${");
}

function attribute(key) {
  return /^[A-Za-z_][A-Za-z0-9_'-]*$/.test(key) ? key : quoted(key);
}

const made = page(options());
if (!process.argv.includes("--check")) {
  writeFileSync(PAGE, made);
} else if (!existsSync(PAGE) || readFileSync(PAGE, "utf8") !== made) {
  process.stderr.write(
    "docs/options.md is not what nix/modules say; run `node scripts/generate-option-docs.mjs`.\n",
  );
  process.exitCode = 1;
}
