import { describe, expect, test } from "vitest";
import type { ClientPort } from "../../../src/check/ports.ts";
import { chooseClients } from "../../../src/check/probe/choose-client.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { packageOf, snapshotOf } from "../../support/context.ts";

const NO_CONTEXT: Snapshot = { kind: "absent", reason: "no-base", revision: null, tree: null };

function contextWith(version: string | null): Snapshot {
  return snapshotOf(
    version === null ? {} : { tools: { claude: { pkg: packageOf(`claude-code-${version}`) } } },
  );
}

/** A door behind which clients say their versions, and that counts how often it was opened. */
function doorTo(versions: Record<string, string>): ClientPort & { opened: number } {
  const port = {
    opened: 0,
    ask: async (sessions: readonly { client: string }[]) => {
      port.opened += sessions.length;
      return sessions.map(({ client }) => ({
        version: versions[client]!,
        answers: [],
        mode: "default",
        tools: [],
        mcpServers: [],
        request: { model: "", system: [], messages: [], tools: [] },
        durationMs: 1,
      }));
    },
    rejected: async () => [],
  };
  return port;
}

describe("one client was named", () => {
  test.each([
    ["no package on either side", null, null],
    ["the same package on both sides", "2.1.330", "2.1.330"],
    ["a package that appears", null, "2.1.330"],
  ])("it is asked on both sides: %s", async (_, before, after) => {
    const port = doorTo({ a: "2.1.330" });
    const sides = { before: contextWith(before), after: contextWith(after) };
    expect(await chooseClients(["a"], sides, port)).toEqual({ before: "a", after: "a" });
  });

  test("its version is of no interest where the context names none", async () => {
    const port = doorTo({ a: "2.1.330" });
    await chooseClients(["a"], { before: contextWith(null), after: contextWith(null) }, port);
    expect(port.opened).toBe(0);
  });

  test.each([
    ["both sides", "2.1.197", "2.1.197"],
    ["the new side", null, "2.1.197"],
  ])("another version than %s bring along is not asked in its place", async (_, before, after) => {
    const sides = { before: contextWith(before), after: contextWith(after) };
    await expect(chooseClients(["a"], sides, doorTo({ a: "2.1.330" }))).rejects.toMatchObject({
      code: "client-missing",
    });
  });

  test("a side without a context is not asked", async () => {
    const sides = { before: NO_CONTEXT, after: contextWith(null) };
    expect(await chooseClients(["a"], sides, doorTo({ a: "2.1.330" }))).toEqual({ before: null, after: "a" });
  });

  test("when the change moves the client, one is not enough", async () => {
    const sides = { before: contextWith("2.1.197"), after: contextWith("2.1.330") };
    await expect(chooseClients(["a"], sides, doorTo({ a: "2.1.330" }))).rejects.toMatchObject({
      code: "client-missing",
      message: expect.stringContaining("before the change brings Claude Code 2.1.197"),
      details: ["named: a (2.1.330)"],
    });
  });
});

describe("several clients were named", () => {
  const port = doorTo({ old: "2.1.197", new: "2.1.330" });

  test("each side runs its own version", async () => {
    const sides = { before: contextWith("2.1.197"), after: contextWith("2.1.330") };
    expect(await chooseClients(["new", "old"], sides, port)).toEqual({ before: "old", after: "new" });
  });

  test("a context that names no version does not say which of them", async () => {
    const sides = { before: contextWith(null), after: contextWith(null) };
    await expect(chooseClients(["new", "old"], sides, port)).rejects.toMatchObject({
      code: "client-ambiguous",
    });
  });
});
