import { expect, test } from "vitest";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { snapshotOf } from "../support/context.ts";
import { ABSENT, changesOf, inShort } from "./support.ts";

const flake = snapshotOf({});
const files = snapshotOf({}, { from: "files" });

test.each<[string, Snapshot, Snapshot, string[]]>([
  ["a context that appears is neutral by itself", ABSENT, flake, ["neutral claudeContext added"]],
  ["a context that goes takes the gate with it", flake, ABSENT, ["widens claudeContext removed"]],
  ["plain files instead of a flake have no inputs", flake, files, ["widens claudeContext changed"]],
  ["a flake instead of plain files is neutral", files, flake, ["neutral claudeContext changed"]],
  ["none before and none after is nothing", ABSENT, ABSENT, []],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesOf(before, after))).toEqual(changes);
});
