import { afterEach, expect, test } from "vitest";
import { findClient } from "../../src/client/find-client.ts";
import { runSession } from "../../src/client/session.ts";
import {
  commandsLeft,
  failure,
  OBEDIENT,
  ownTemporaryDirectory,
  program,
  session,
  shellProgram,
} from "./stand-in-client.ts";

const temporary = ownTemporaryDirectory();
afterEach(() => {
  expect(commandsLeft()).toEqual([]);
  expect(temporary()).toEqual([]);
});

const INIT = '{"type":"system","subtype":"init","claude_code_version":"2.1.330","tools":[]}';
const RESULT = '{"type":"result","subtype":"success","result":"ok"}';
const LOGIN = '{"type":"result","is_error":true,"result":"Invalid API key · Please run /login"}';

test.each([
  ["crashes", "exit 3", "client-crashed", "ended with status 3 before it had answered"],
  ["is ended by a signal", "kill -SEGV $$", "client-crashed", "was ended by SIGSEGV before it had answered"],
  [
    "prints nothing",
    "exit 0",
    "client-crashed",
    "ended before it had answered. It never asked the scripted model.",
  ],
  [
    "prints something else",
    "echo usage: thing FILE; exit 1",
    "client-unreadable",
    "printed something other than a session: usage: thing FILE",
  ],
  ["prints a beginning without a result", `echo '${INIT}'`, "client-crashed", "before it had answered"],
  [
    "asks the model nothing",
    `echo '${INIT}'; echo '${RESULT}'`,
    "client-crashed",
    "It never asked the scripted model.",
  ],
  [
    "wants to log in, in its result",
    `echo '${INIT}'; echo '${LOGIN}'; exit 1`,
    "client-wants-login",
    "wants to log in",
  ],
  [
    "wants to log in, on standard error",
    "echo 'Not logged in · Please run /login' >&2; exit 1",
    "client-wants-login",
    "Not logged in",
  ],
  [
    "refuses its settings",
    "echo '/etc/claude-code/managed-settings.json: Managed settings document could not be parsed as a JSON object; none of its settings are in effect.' >&2; exit 1",
    "client-settings-rejected",
    "/etc/claude-code/managed-settings.json: Managed settings document could not be parsed",
  ],
])("a client that %s is an error that says so", async (_, lines, code, message) => {
  const error = await failure(shellProgram(lines));
  expect([error.code, error.exitCode]).toEqual([code, 3]);
  expect(error.message).toContain(message);
  expect(error.hint).not.toBe("");
});

test("the last lines that a client printed come with the error", async () => {
  const { details } = await failure(shellProgram("echo one; echo two >&2; exit 1"));
  expect(details).toEqual(["one", "two"]);
});

test("a client that hangs is killed with all that it started, deaf or detached", async () => {
  const client = shellProgram(`trap '' TERM INT HUP
(trap '' TERM INT HUP; while :; do sleep 1; done) &
setsid sh -c 'while :; do sleep 1; done' $0 &
while :; do sleep 1; done`);
  const started = performance.now();
  const error = await failure(client, { timeoutMs: 1500 });
  expect(error.code).toBe("client-timeout");
  expect(error.hint).toContain("It never asked the scripted model.");
  expect(performance.now() - started).toBeLessThan(15_000);
});

test.each([
  ["standard output", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done"],
  ["standard error", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >&2; done"],
])("a client that prints without end on %s is stopped", async (_, lines) => {
  const error = await failure(shellProgram(lines), { maxOutputBytes: 100_000 });
  expect(error.code).toBe("client-output-limit");
});

test("a client that leaves a child behind does not keep the session open", async () => {
  const error = await failure(shellProgram("sleep 60 & exit 4"));
  expect(error.message).toContain("ended with status 4");
});

test.each([
  ["an interpreter that is not there", "#!/nowhere/at/all\n"],
  ["bytes of another machine", "\x7fELF\x02\x01\x01 and nothing else\0"],
])("a client with %s is one that cannot be started", async (_, text) => {
  const error = await failure(program(text));
  expect(["client-not-started", "client-crashed"]).toContain(error.code);
  expect(error.exitCode).toBe(3);
});

test("a client that does not say its version is none whose decisions can be compared", async () => {
  const error = await failure(program(OBEDIENT.replace('"2.1.330"', "7")));
  expect(error.code).toBe("client-unknown-version");
});

test("a client of a version that nobody has measured is asked all the same, and named", async () => {
  const { version } = await runSession(program(OBEDIENT.replace("2.1.330", "9.8.7")), session());
  expect(version).toBe("9.8.7");
});

test("a client that is not there, or not executable, is told with every place that was tried", () => {
  const plain = program("#!/bin/sh\n", 0o644).binary;
  const codeOf = (find: () => unknown): unknown => {
    try {
      return find();
    } catch (error) {
      return error;
    }
  };
  expect(codeOf(() => findClient("/nowhere/claude"))).toMatchObject({
    code: "client-missing",
    exitCode: 3,
    details: ["tried: /nowhere/claude (not there)"],
  });
  expect(codeOf(() => findClient(plain))).toMatchObject({
    code: "client-missing",
    details: [`tried: ${plain} (not an executable file)`],
  });
  expect(codeOf(() => findClient("claude", "/nowhere:relative:/also/nowhere"))).toMatchObject({
    message: "No client was found named claude on PATH.",
    details: ["tried: /nowhere/claude (not there)", "tried: /also/nowhere/claude (not there)"],
  });
});

test("a session whose rules leave no tool to the model is an answer: none is offered", async () => {
  const toolless = OBEDIENT.replace('tools: ["Bash"]', "tools: []").replace(
    /const tools = .*;/,
    "const tools = [];",
  );
  const calls = [{ tool: "Bash", argument: "git push" }];
  const { answers, request } = await runSession(program(toolless), session({ calls }));
  expect(answers).toEqual([{ kind: "not-offered", message: "the session has no tools" }]);
  expect(request.tools).toEqual([]);
});

test("a session that says it has tools, and offers none to the model, is no answer", async () => {
  const silent = OBEDIENT.replace(/const tools = .*;/, "const tools = [];");
  expect((await failure(program(silent))).code).toBe("client-crashed");
});

test.each(["2.1.330\\u001b[2J", "2.1", `2.1.330-${"x".repeat(10_000)}`])(
  "what is no version is not repeated: %j",
  async (version) => {
    const error = await failure(program(OBEDIENT.replace("2.1.330", version)));
    expect(error.code).toBe("client-unknown-version");
    expect(error.message).not.toContain("2.1");
  },
);
