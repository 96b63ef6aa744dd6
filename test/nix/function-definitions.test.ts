import { describe, expect, test } from "vitest";
import type { RawSet } from "../../src/model/raw-value.ts";
import { definitionAt } from "../../src/nix/function-definitions.ts";
import { nixVersions } from "../support/nix.ts";
import { createRepository } from "../support/repository.ts";
import { evaluate, presentSide } from "./support.ts";

const at = (source: string) => definitionAt(source, { file: "flake.nix", line: 1, column: 1 });
const definitionOf = (value: string) => at(`check = ${value}; other = 1; }`);

test.each([
  ["{ before, after, changes }: [ ]", "{ before, after, changes }: [ ] # empty\n"],
  ["{ before, after, changes }: [ ]", "{\n  before, after,\n changes\n}: /* nothing */ [ ]"],
  ["_: [ (let a = 1; in a) ]", "_: [ (let a = 1; in\ta) ]"],
])("%j and %j are the same function", (one, other) => {
  expect(definitionOf(one)).not.toBeNull();
  expect(definitionOf(one)?.digest).toEqual(definitionOf(other)?.digest);
});

test.each([
  ["_: [ ]", "_: [ 1 ]"],
  ['_: [ { message = "a"; } ]', '_: [ { message = "b"; } ]'],
  ["_: ''a  b''", "_: ''a b''"],
  ["_: assert 1 == 1; [ 1 ]", "_: assert 1 == 1; [ 2 ]"],
  ["_: let a = 1; in [ a ]", "_: let a = 2; in [ a ]"],
  ["_: with builtins; [ 1 ]", "_: with builtins; [ 2 ]"],
])("%j and %j are not", (one, other) => {
  expect(definitionOf(one)?.digest).not.toBe(definitionOf(other)?.digest);
});

test.each([
  "_: [ ]",
  "{ before, after, changes }: [ ]",
  "{ after, ... }@args: if args ? before && after.env ? A.b then [ args ] else builtins.filter (x: x != null) [ ]",
  "args@{ after, limit ? 3 + 4, ... }: [ limit args after ]",
  '{ after, ... }: map (name: { message = "${name} is ${toString after.${name}}"; }) (builtins.attrNames after)',
  "{ after, ... }: let inherit (after) env; n = builtins.length env; in [ { message = toString n; path = null; } ]",
  "{ after, ... }: let found = rec { a = 1; b = a; }; in [ found.b or 2 ]",
  "before: after: [ before after ]",
  "_: ''''${no} ''\\n '''''",
])("%j names nothing from around it", (value) => {
  expect(definitionOf(value)).toMatchObject({ closed: value });
});

test.each([
  "helper",
  "helper { a = 1; }",
  "import ./check.nix",
  "_: helper",
  "{ after, ... }: lib.filter (x: x) after",
  "_: [ { message = text; } ]",
  '_: [ { message = "${text}"; } ]',
  "{ limit ? most }: limit",
  "_: import ./x.nix",
  "_: import <nixpkgs>",
  "_: builtins.fromJSON (builtins.readFile ./limits.json)",
  '_: builtins.readFile "${./limits.json}"',
  "_: { inherit helper; }",
  "_: with helper; [ ]",
  "_: { a = 1; b = a; }",
  "_: [ x.${name} ]",
])("%j may mean something else in another place", (value) => {
  expect(definitionOf(value)).toMatchObject({ closed: null });
});

test.each([
  ["an inherited name", "check; other = 1; }"],
  ["the name in a list of names and values", 'name = "check"; value = _: [ ]; }'],
  ["another attribute", "checks = _: [ ]; }"],
  ["a text without end", 'check = "'],
  ["a definition without end", "check = _: [ "],
  ["more brackets closed than opened", "check = _: ] ;"],
])("%s is no definition that is written out", (_, source) => {
  expect(at(source)).toBeNull();
});

describe.each(nixVersions())("on Nix $version", (nix) => {
  test.each([
    ["in a set", "constraints = { c = {\n  check = { after, ... }: [ after ];\n}; };"],
    ["by its path", "constraints.c.check = { after, ... }: [ after ];"],
    ["with a quoted name", 'constraints."c"."check" = { after, ... }: [ after ];'],
  ])("a function that stands %s has its definition", async (_, text) => {
    const repository = createRepository({
      "flake.nix": `{\n  outputs = _: {\n    claudeContext = { ${text} };\n  };\n}\n`,
    });
    const { value } = presentSide(await evaluate(nix, repository));
    const constraints = (value as RawSet).entries.constraints as RawSet;
    expect((constraints.entries.c as RawSet).entries.check).toMatchObject({
      kind: "function",
      definition: {
        closed: "{ after, ... }: [ after ]",
        digest: definitionOf("{ after, ... }: [ after ]")!.digest,
      },
    });
  });
});
