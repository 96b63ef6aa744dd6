import { expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { snapshotOf } from "../support/context.ts";
import { changesOf, inShort } from "./support.ts";

test.each<[string, JsonObject, JsonObject, string[]]>([
  [
    "a substituter more widens",
    {},
    { "extra-substituters": ["https://cache.example"] },
    ["widens nixConfig.extra-substituters added"],
  ],
  [
    "a hook is code that runs",
    {},
    { "post-build-hook": "./up.sh" },
    ["widens nixConfig.post-build-hook added"],
  ],
  ["a sandbox that is off widens", {}, { sandbox: false }, ["widens nixConfig.sandbox added"]],
  ["a prompt is neutral", {}, { "bash-prompt": "dev" }, ["neutral nixConfig.bash-prompt added"]],
  ["what nobody knows is undecided", {}, { "some-option": true }, ["undecided nixConfig.some-option added"]],
  ["the same is nothing", { sandbox: true }, { sandbox: true }, []],
])("%s", (_, before, after, changes) => {
  const found = changesOf(snapshotOf({}, { nixConfig: before }), snapshotOf({}, { nixConfig: after }));
  expect(inShort(found)).toEqual(changes);
});

test("nixConfig does not stand where the context stands", () => {
  const positions = { "": { file: "flake.nix", line: 9, column: 5 } };
  const [change] = changesOf(
    snapshotOf({}, { positions }),
    snapshotOf({}, { positions, nixConfig: { sandbox: false } }),
  );
  expect(change?.position).toBeUndefined();
});
