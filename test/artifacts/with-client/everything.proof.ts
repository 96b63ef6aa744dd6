import { describe, expect, test } from "vitest";
import { mcpServerScript } from "../../../src/client/stand-ins.ts";
import type { Call } from "../../../src/model/permission.ts";
import { DEFAULT_CLIENT } from "../../../src/model/semantics.ts";
import { compilePermissions, permissionSetOf } from "../../../src/permissions/index.ts";
import { USUAL_SURROUNDINGS } from "../../../src/permissions/types.ts";
import { compare } from "../../conformance/compare.ts";
import { contextOf, type WritableSet } from "../../support/context.ts";
import { EVERYTHING, rendered } from "../support.ts";
import { CLIENT_VERSIONS, session, told } from "./session.ts";

/** The rules of `EVERYTHING`, call by call; `Write` runs by its mode. */
const DECIDED: [call: Call, answer: string][] = [
  [{ tool: "Bash", argument: "npm test" }, "runs"],
  [{ tool: "Bash", argument: "npm run build" }, "runs"],
  [{ tool: "Bash", argument: "rg -n TODO src" }, "runs"],
  [{ tool: "Bash", argument: "git push origin main" }, "prompts"],
  [{ tool: "Bash", argument: "npm publish" }, "prompts"],
  [{ tool: "Bash", argument: "curl https://example.com" }, "refused"],
  [{ tool: "Bash", argument: "cat .env" }, "refused"],
  [{ tool: "Write", argument: "/home/u/proj/new.txt" }, "runs"],
  [{ tool: "Write", argument: "/home/u/shared/new.txt" }, "runs"],
  [{ tool: "Write", argument: "/home/u/elsewhere.txt" }, "prompts"],
];
const GUARDED: Call = { tool: "Write", argument: "/home/u/proj/guarded.txt" };

/** Stands in for the hooks of `EVERYTHING`, which the box does not have. */
const GUARD = "if grep -q guarded; then echo kept away >&2; exit 2; fi\n";

const SERVER = "server.sh";

describe.each(CLIENT_VERSIONS)(
  "%s under the files of a context that says something everywhere",
  (version) => {
    /** What would be started is not there, so it has stand-ins. */
    const context: WritableSet = {
      ...EVERYTHING,
      sandbox: { enabled: false },
      hooks: {
        PreToolUse: [{ matcher: "Edit|Write", hooks: [{ type: "command", command: "sh hooks/guard.sh" }] }],
      },
      mcpServers: {
        ...(EVERYTHING.mcpServers as WritableSet),
        tickets: { command: "sh", args: [SERVER], env: { LOG_LEVEL: "warn" } },
      },
    };
    const { files, problems } = rendered(context);
    const script = mcpServerScript([{ name: "list" }]);
    const run = session(version, {
      files: [
        ...files,
        { path: SERVER, text: script },
        { path: "hooks/guard.sh", text: GUARD },
        { path: "~/shared/here.txt", text: "x" },
      ],
      calls: [...DECIDED.map(([call]) => call), GUARDED],
    });

    test("decides calls as the context says", async () => {
      expect(problems).toEqual([]);
      const { answers } = await run;
      expect(
        answers.slice(0, DECIDED.length).map(({ kind }, index) => [DECIDED[index]![0].argument, kind]),
      ).toEqual(DECIDED.map(([{ argument }, kind]) => [argument, kind]));
    });

    test("decides them as the engine says of the context", async () => {
      const { answers } = await run;
      const engine = compilePermissions(permissionSetOf(contextOf(context), { client: version }), {
        client: version,
        surroundings: USUAL_SURROUNDINGS,
      });
      const verdicts = DECIDED.map(([call], index) => [
        call.argument,
        compare(answers[index]!, engine.decide(call)),
      ]);
      expect(verdicts).toEqual(DECIDED.map(([{ argument }]) => [argument, "agree"]));
    });

    test("runs the hooks that the context says", async () => {
      const { answers } = await run;
      const guarded = answers.at(-1)!;
      expect(guarded.kind).not.toBe("runs");
      expect(guarded.message).toContain("kept away");
    });

    test("starts in the mode and with the model that the context says", async () => {
      const { mode, request } = await run;
      expect(mode).toBe("acceptEdits");
      expect(request.model).toBe("claude-sonnet-4-5");
    });

    test("knows its servers by their names, and their tools", async () => {
      const { mcpServers, tools } = await run;
      expect(mcpServers.map(({ name }) => name).sort()).toEqual(["docs", "events", "nix", "tickets"]);
      expect(mcpServers.find(({ name }) => name === "tickets")?.status).toBe("connected");
      expect(tools).toContain("mcp__tickets__list");
    });

    test("tells the model of every text", async () => {
      const text = told(await run);
      const { persona, policies } = contextOf(context);
      expect(text).toContain(persona!.trim());
      expect(text).toContain(policies.commits!);
      expect(text).toContain("Ask \\@platform before you touch `@example/billing`.");
      expect(text).toContain("Use it instead of `grep`, `ack`.\n\n```sh\nrg --files-with-matches TODO src\n");
      expect(text).toContain("- System: NixOS 24.11");
      expect(text).toContain("Answer in one sentence.");
      for (const listed of [
        "- review: Reviews a change",
        "- release-notes: Writes release notes",
        "- explain: Explain $1.",
        "- git:undo: Undoes",
        "- reviewer: Reviews code (Tools: Read",
        "- assistant: You help with small things.",
      ]) {
        expect(text).toContain(listed);
      }
    });

    test("tells the model nothing of the client's instructions on Git where the context switches them off", async () => {
      const { request } = await run;
      const bash = request.tools.find(({ name }) => name === "Bash");
      expect(bash?.description).not.toContain("Co-Authored-By");
    });
  },
);

test.each(["auto", "bypassPermissions"])(
  "a project cannot say that sessions start in %s",
  async (defaultMode) => {
    const { files, problems } = rendered({ permissions: { defaultMode } });
    expect(problems.map(({ path }) => path)).toEqual(["permissions.defaultMode"]);
    expect((await session(DEFAULT_CLIENT, { files })).mode).toBe("default");
  },
);

test.each(CLIENT_VERSIONS)(
  "%s starts a server with its arguments, its variables and those of the session",
  async (version) => {
    const { files } = rendered({
      env: { GREETING: "hello world" },
      mcpServers: { vars: { command: "sh", args: [SERVER, "a b", "*"], env: { OWN: "it's" } } },
    });
    const { tools } = await session(version, { files: [...files, { path: SERVER, text: SPELLING_SERVER }] });
    expect(tools.filter((name) => name.startsWith("mcp__"))).toEqual(["mcp__vars__hello_world-it_s-a_b-_"]);
  },
);

/** A server with one tool, whose name spells what the server was given. */
const SPELLING_SERVER = mcpServerScript([{ name: "x" }]).replace(
  /^tools=.*$/m,
  `name=$(printf '%s' "$GREETING-$OWN-$1-$2" | tr " '*" "___")
tools='{"tools":[{"name":"'"$name"'","description":"d","inputSchema":{"type":"object"}}]}'`,
);
