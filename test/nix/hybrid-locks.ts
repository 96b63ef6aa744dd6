import { execFileSync } from "node:child_process";
import type { Json } from "../../src/model/json.ts";
import type { RawValue } from "../../src/model/raw-value.ts";
import { narHash, treeOf } from "../../src/nix/nar.ts";
import type { TestNix } from "../support/nix.ts";
import { createDirectory, type Files, writeFiles } from "../support/repository.ts";
import { lock, pathInput } from "./path-inputs.ts";

/** What `flake.nix` says of an input: the same for every version of it, as for a branch. */
const declared = (name: string) => ({ type: "path", path: `/declared/${name}` });

function version(name: string, flake: string) {
  const { node } = pathInput({ "flake.nix": flake });
  return { ...node, original: declared(name) };
}

/** company → standards → words, all of which follow one library, in two versions each. */
export function threeLevels(): { source: string; old: string; fresh: string } {
  const lockOf = (v: string) => {
    const says = (inputs: string, word: string) =>
      `{ ${inputs} outputs = inputs: { words = builtins.concatLists (map (i: i.words or [ ]) (builtins.attrValues (removeAttrs inputs [ "self" ]))) ++ [ "${word}${v}" ]; }; }`;
    const input = (name: string) => `inputs.${name}.url = "path:/declared/${name}";`;
    const nodes = {
      library: version("library", says("", "library")),
      words: {
        ...version("words", says(input("library"), "words")),
        inputs: { library: ["company", "library"] },
      },
      standards: {
        ...version("standards", says(`${input("library")} ${input("words")}`, "standards")),
        inputs: { library: ["company", "library"], words: "words" },
      },
      company: {
        ...version("company", says(`${input("library")} ${input("standards")}`, "company")),
        inputs: { library: ["library"], standards: "standards" },
      },
    };
    return lock({ library: "library", company: "company" }, nodes);
  };
  const source = `{
  inputs.library.url = "path:/declared/library";
  inputs.company = {
    url = "path:/declared/company";
    inputs.library.follows = "library";
  };
  outputs = { company, library, ... }: { claudeContext = { skills = company.words; persona = builtins.head library.words; }; };
}
`;
  return { source, old: lockOf("1"), fresh: lockOf("2") };
}

interface Circle<Source> {
  source: Source;
  old: string;
  fresh: string;
}

/** Two inputs that need each other. With `differentPlaces`, each version is declared to come from elsewhere. */
export function circle(): Circle<string>;
export function circle(options: { differentPlaces: true }): Circle<(version: string) => string>;
export function circle(options?: { differentPlaces: true }): Circle<unknown> {
  const input = (name: string, other: string, v: string, words: string) => {
    const made = pathInput({
      "flake.nix": `{ inputs.${other}.url = "path:/declared/${other}"; outputs = { self, ${other} }: { word = "${name}${v}"; words = "${words}"; }; }`,
    });
    return options === undefined ? { ...made.node, original: declared(name) } : made.node;
  };
  const nodes = (v: string) => ({
    a: { ...input("a", "b", v, ""), inputs: { b: ["b"] } },
    b: { ...input("b", "a", v, `b${v} \${a.word}`), inputs: { a: ["a"] } },
  });
  const [first, second] = [nodes("1"), nodes("2")];
  const source = (v: string) => {
    const { a, b } = v === "1" ? first : second;
    return `{
  inputs.a = { url = "path:${a.original.path}"; inputs.b.follows = "b"; };
  inputs.b = { url = "path:${b.original.path}"; inputs.a.follows = "a"; };
  outputs = { b, ... }: { claudeContext.persona = b.words; };
}
`;
  };
  const lockOf = (made: typeof first) => lock({ a: "a", b: "b" }, made);
  return {
    source: options === undefined ? source("1") : source,
    old: lockOf(first),
    fresh: lockOf(second),
  };
}

/** `claudeContext` of a tree, as Nix evaluates it without us. */
export function evaluateNatively(nix: TestNix, files: Files): Json {
  const directory = createDirectory("nixclaude-native-");
  writeFiles(directory, files);
  const tree = treeOf(
    Object.entries(files).map(([path, text]) => [path, { kind: "file", bytes: Buffer.from(text) }] as const),
  );
  const reference = `path:${directory}?narHash=${encodeURIComponent(narHash(tree))}`;
  const home = createDirectory("nixclaude-home-");
  const output = execFileSync(
    nix.binary,
    [
      ...[
        "eval",
        "--json",
        "--extra-experimental-features",
        "nix-command flakes",
        "--store",
        `${home}/store`,
      ],
      ...["--offline", "--option", "substitute", "false"],
      ...["--expr", `(builtins.getFlake "${reference}").claudeContext`],
    ],
    { env: { PATH: process.env.PATH, HOME: home }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
  );
  return JSON.parse(output) as Json;
}

/** Sets, lists and scalars as JSON. */
export function plain(value: RawValue): Json {
  switch (value.kind) {
    case "scalar":
      return value.value;
    case "list":
      return value.items.map(plain);
    case "set":
      return Object.fromEntries(Object.entries(value.entries).map(([name, each]) => [name, plain(each)]));
    default:
      throw new Error(`a ${value.kind} has no JSON`);
  }
}
