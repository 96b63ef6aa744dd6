import { describe, expect, test } from "vitest";
import { toldDifferences } from "../../../src/check/probe/told.ts";
import type { CapturedRequest, SessionResult } from "../../../src/model/client-session.ts";
import { DEFAULT_LIMITS } from "../../../src/model/limits.ts";

function sessionWith(request: Partial<CapturedRequest>, tools: readonly string[] = []): SessionResult {
  return {
    version: "2.1.330",
    answers: [],
    mode: "default",
    tools,
    mcpServers: [],
    request: { model: "m", system: [], messages: [], tools: [], ...request },
    durationMs: 1,
  };
}

const tool = (name: string, description = "") => ({ name, description, inputSchema: {} });

describe("what the model is told differently", () => {
  test("nothing, when only the client's own accounting differs", () => {
    const before = sessionWith({ system: ["x-anthropic-billing-header: cch=1", "You are Claude."] });
    const after = sessionWith({ system: ["x-anthropic-billing-header: cch=2", "You are Claude."] });
    expect(toldDifferences(before, after, DEFAULT_LIMITS)).toEqual([]);
  });

  test("tools that come, go, or are described otherwise", () => {
    const before = sessionWith({ tools: [tool("Bash", "runs"), tool("Read")] }, [
      "Bash",
      "Read",
      "mcp__a__x",
    ]);
    const after = sessionWith({ tools: [tool("Bash", "runs anything")] }, ["Bash", "mcp__b__y"]);
    expect(toldDifferences(before, after, DEFAULT_LIMITS)).toEqual([
      { kind: "tool-changed", name: "Bash" },
      { kind: "tool-removed", name: "Read" },
      { kind: "tool-removed", name: "mcp__a__x" },
      { kind: "tool-added", name: "mcp__b__y" },
    ]);
  });

  test("words of memory files and of the system prompt", () => {
    const before = sessionWith({ system: ["Be brief."], messages: ["Ask first."] });
    const after = sessionWith({ system: ["Be bold."], messages: ["Ask first."] });
    expect(toldDifferences(before, after, DEFAULT_LIMITS)).toEqual([
      {
        kind: "text",
        where: "system prompt",
        diff: expect.arrayContaining([{ kind: "added", text: expect.stringContaining("bold") }]),
      },
    ]);
  });

  test("a text that is too long to compare is still said to differ", () => {
    const limits = { ...DEFAULT_LIMITS, textDiffLines: 1 };
    const before = sessionWith({ messages: ["a\nb\nc"] });
    const after = sessionWith({ messages: ["a\nb\nd"] });
    expect(toldDifferences(before, after, limits)).toEqual([{ kind: "long-text", where: "messages" }]);
  });
});
