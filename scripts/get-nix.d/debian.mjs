import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { SUITE_FILE, usableVersion } from "./present.mjs";

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
const INSTALL_IT =
  "Install Nix 2.8 or later (https://nixos.org/download), or name one with NIXCLAUDE_NIX=/path/to/nix.";

/** The archive that this machine's own package sources name for its own suite, as apt spells it. */
export function debianMirror() {
  if (process.platform !== "linux" || !existsSync("/etc/apt") || !existsSync(KEYRING)) {
    throw new Error(`No Nix found, and it can be fetched by itself only on Debian. ${INSTALL_IT}`);
  }
  const suite = /^VERSION_CODENAME=(\S+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1];
  for (const text of sourceFiles()) {
    const mirror = fromStanzas(text, suite) ?? fromLines(text, suite);
    if (mirror !== null) return mirror;
  }
  throw new Error(
    `No Nix found, and apt's sources name no archive for ${suite ?? "this system"}. ${INSTALL_IT}`,
  );
}

/** Unpacks `nix-bin` of a suite with the shared libraries it needs; returns the path of a program that starts it. */
export function fetchNix({ mirror, suite, directory }) {
  mkdirSync(directory, { recursive: true });
  const work = mkdtempSync(join(directory, "partial-"));
  try {
    process.stderr.write(`get-nix: fetching Nix from Debian ${suite}\n`);
    const apt = privateApt(work, mirror, suite);
    apt("apt-get", ["-qq", "update"]);
    const packages = libraryClosure(apt("apt-cache", ["depends", "--recurse", "--important", "nix-bin"]));
    const debs = join(work, "debs");
    mkdirSync(debs);
    apt("apt-get", ["-qq", "download", ...packages], debs);

    const tree = join(work, "tree");
    mkdirSync(tree);
    for (const deb of readdirSync(debs)) run("dpkg-deb", ["-x", join(debs, deb), tree], debs);
    for (const unneeded of ["usr/share", "share"])
      rmSync(join(tree, unneeded), { recursive: true, force: true });
    writeStarter(tree);
    const version = usableVersion(join(tree, "nix"));
    if (version === null) throw new Error(`Nix from Debian ${suite} does not start here.`);
    writeFileSync(join(tree, SUITE_FILE), `${suite}\n`);
    return moveIntoPlace(tree, join(directory, version));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Two runs at once both fetch; the first to arrive stays, and the other's copy is dropped. */
function moveIntoPlace(tree, home) {
  if (existsSync(home) && !existsSync(join(home, SUITE_FILE))) rmSync(home, { recursive: true, force: true });
  try {
    renameSync(tree, home);
  } catch (error) {
    if (!existsSync(join(home, SUITE_FILE))) throw error;
  }
  return join(home, "nix");
}

/** apt over a list of sources, an index and a cache of its own; archives must be signed by Debian's keys. */
export function privateApt(work, mirror, suite) {
  for (const folder of ["lists/partial", "cache/archives/partial"])
    mkdirSync(join(work, folder), { recursive: true });
  writeFileSync(join(work, "sources.list"), `deb [signed-by=${KEYRING}] ${mirror} ${suite} main\n`);
  writeFileSync(join(work, "status"), "");
  const settings = [
    `Dir::Etc::SourceList=${join(work, "sources.list")}`,
    "Dir::Etc::SourceParts=/dev/null",
    `Dir::State::Lists=${join(work, "lists")}`,
    `Dir::State::status=${join(work, "status")}`,
    `Dir::Cache=${join(work, "cache")}`,
    "Acquire::Languages=none",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
    "Acquire::AllowInsecureRepositories=false",
    // The folder belongs to whoever runs this; apt's own user could not write to it.
    "APT::Sandbox::User=",
  ];
  const options = settings.flatMap((setting) => ["-o", setting]);
  return (program, args, cwd = work) => run(program, [...options, ...args], cwd);
}

/**
 * `nix-bin` and, through shared libraries only, everything below it. Perl, curl and other programs that the package
 * names are not needed to evaluate.
 */
function libraryClosure(dependencies) {
  const needs = new Map();
  let current = [];
  for (const line of dependencies.split("\n")) {
    if (/^[a-z0-9]/.test(line)) {
      current = [];
      needs.set(line.trim(), current);
    } else {
      current.push(/^\s+(?:Pre)?Depends: ([a-z0-9.+-]+)$/.exec(line)?.[1] ?? "");
    }
  }
  const chosen = new Set(["nix-bin"]);
  for (const name of chosen) {
    for (const need of needs.get(name) ?? []) {
      if (/^z?lib/.test(need) && !/perl|-common$|-data$|-base$|-runtime$/.test(need)) chosen.add(need);
    }
  }
  return [...chosen].sort();
}

/** The program needs its own C library, newer or older than the system's: it is started through its own loader. */
function writeStarter(tree) {
  const libraries = ["usr/lib", "lib"].flatMap((folder) =>
    list(join(tree, folder))
      .filter((name) => name.includes("-linux-gnu"))
      .map((name) => `${folder}/${name}`),
  );
  const loader = [...libraries, "lib64", "usr/lib64", "lib", "usr/lib"]
    .flatMap((folder) => list(join(tree, folder)).map((name) => `${folder}/${name}`))
    .find((file) => /\/ld-linux[\w-]*\.so\.\d+$/.test(file));
  if (loader === undefined) throw new Error("The unpacked packages hold no dynamic loader.");
  const path = [...libraries, "usr/lib/nix"].map((folder) => `$here/${folder}`).join(":");
  const script = [
    "#!/bin/sh",
    // Each program that is started here costs as much as a small evaluation.
    "file=$0",
    '[ ! -h "$file" ] || file=$(readlink -f "$file")',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    "here=${file%/*}",
    `exec "$here/${loader}" --library-path "${path}" "$here/usr/bin/nix" "$@"`,
    "",
  ].join("\n");
  writeFileSync(join(tree, "nix"), script);
  chmodSync(join(tree, "nix"), 0o755);
}

function sourceFiles() {
  const parts = list("/etc/apt/sources.list.d").filter((name) => /\.(list|sources)$/.test(name));
  return ["/etc/apt/sources.list", ...parts.sort().map((name) => join("/etc/apt/sources.list.d", name))]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"));
}

function fromStanzas(text, suite) {
  for (const stanza of text.split(/\n\s*\n/)) {
    const field = (name) =>
      new RegExp(`^${name}:\\s*(.+)$`, "im").exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    if (
      field("Types").includes("deb") &&
      field("Suites").includes(suite) &&
      field("Components").includes("main")
    ) {
      return field("URIs")[0] ?? null;
    }
  }
  return null;
}

function fromLines(text, suite) {
  for (const line of text.split("\n")) {
    const words = line
      .replace(/\[[^\]]*\]/, " ")
      .trim()
      .split(/\s+/);
    if (words[0] === "deb" && words[2] === suite && words.includes("main", 3)) return words[1];
  }
  return null;
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export function run(program, args, cwd) {
  try {
    const options = { cwd, encoding: "utf8", maxBuffer: 64 * 1024 ** 2, stdio: ["ignore", "pipe", "pipe"] };
    return execFileSync(program, args, { ...options, env: { ...process.env, LC_ALL: "C" } });
  } catch (error) {
    const reason =
      String(error.stderr ?? "")
        .trim()
        .split("\n")
        .slice(-3)
        .join(" ") || error.message;
    throw new Error(`${program} failed: ${reason}`, { cause: error });
  }
}
