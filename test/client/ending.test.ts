import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterEach, expect, test } from "vitest";
import { runSessions } from "../../src/client/sessions.ts";
import { createDirectory } from "../support/repository.ts";
import { commandsLeft, OBEDIENT, program, session, shellProgram } from "./stand-in-client.ts";

const temporary = createDirectory();
const script = join(createDirectory(), "run.mjs");
buildSync({
  stdin: {
    contents: `import { runSession } from "./src/client/session.ts";
runSession({ binary: process.argv[2] }, ${JSON.stringify(session())}, { maxOutputBytes: 1e9 });`,
    resolveDir: fileURLToPath(new URL("../../", import.meta.url)),
  },
  bundle: true,
  platform: "node",
  format: "esm",
  outfile: script,
});

const DETACHED = "while true; do sleep 1; done";

/** A program of ours in the middle of a session whose client does not end, nor what it has started. */
async function inSession(): Promise<ChildProcess> {
  const client = shellProgram(
    `trap '' TERM INT HUP; setsid sh -c '${DETACHED}' $0 & while :; do sleep 1; done`,
  );
  const parent = spawn(process.execPath, [script, client.binary], {
    stdio: "ignore",
    env: { ...process.env, TMPDIR: temporary },
  });
  await until(() => commandsLeft().some((command) => command.startsWith(`sh -c ${DETACHED}`)));
  return parent;
}

async function until(probe: () => boolean): Promise<void> {
  while (!probe()) await new Promise((turn) => setTimeout(turn, 20));
}

function sessionDirectories(): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith("nixclaude-client-"));
}

afterEach(() => expect(commandsLeft()).toEqual([]));

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends the box, and leaves no process and no file",
  async (signal) => {
    const parent = await inSession();
    const ended = new Promise((done) => parent.once("exit", (_, by) => done(by)));
    parent.kill(signal);
    expect(await ended).toBe(signal);
    await until(() => commandsLeft().length === 0);
    expect(sessionDirectories()).toEqual([]);
  },
);

test("the box ends when whoever started it is killed; the next session removes the files", async () => {
  const parent = await inSession();
  const ended = new Promise((done) => parent.once("exit", (_, by) => done(by)));
  parent.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  await until(() => commandsLeft().length === 0);
  expect(sessionDirectories()).toHaveLength(1);
  const next = spawn(process.execPath, [script, program(OBEDIENT).binary], {
    stdio: "ignore",
    env: { ...process.env, TMPDIR: temporary },
  });
  expect(await new Promise((done) => next.once("exit", (status) => done(status)))).toBe(0);
  expect(sessionDirectories()).toEqual([]);
});

test("sessions run side by side, and answer in the order of the questions", async () => {
  const client = program(OBEDIENT);
  const commands = ["one", "two", "three", "four", "five"];
  const results = await runSessions(
    commands.map((argument) => ({ client, request: session({ calls: [{ tool: "Bash", argument }] }) })),
    { jobs: 3 },
  );
  expect(results.map(({ answers }) => answers[0]!.message)).toEqual(
    commands.map((command) => `Bash {"command":"${command}"}`),
  );
});

test("the first session that fails ends the run; those that have begun are waited for", async () => {
  const sessions = [shellProgram("exit 7"), program(OBEDIENT), program(OBEDIENT), program(OBEDIENT)];
  await expect(
    runSessions(
      sessions.map((client) => ({ client, request: session() })),
      { jobs: 2 },
    ),
  ).rejects.toMatchObject({ code: "client-crashed" });
});
