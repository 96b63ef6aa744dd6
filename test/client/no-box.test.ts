import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { boxCommand } from "../../src/client/box.ts";
import { runSession } from "../../src/client/session.ts";
import { failureOf } from "../../src/client/session-failure.ts";
import { runProcess } from "../../src/system/process.ts";
import { createDirectory } from "../support/repository.ts";
import { commandsLeft, failure, OBEDIENT, program, session, shellProgram } from "./stand-in-client.ts";

const directory = createDirectory();
/** What a client that runs would leave: nothing here may. */
const started = join(directory, "started");
const client = shellProgram(`touch ${started}`);

/** What the door says when the programs that build the box are looked for on this path only. */
async function withTools(path: string) {
  const holder = createDirectory();
  const command = boxCommand({
    seed: holder,
    socket: join(holder, "socket"),
    mountPoint: holder,
    binary: client.binary,
    arguments: [],
    environment: {},
  });
  const end = await runProcess(
    { ...command, environment: { PATH: path }, timeoutMs: 20_000, maxOutputBytes: 1e6 },
    () => true,
  );
  const output = {
    init: null,
    result: null,
    toolResults: new Map(),
    denials: new Map(),
    otherLines: [],
  };
  return failureOf({ process: end, output, requests: 0, boxed: true, client });
}

/** A directory with links to these programs, and one with our own text. */
function toolsWith(programs: readonly string[], own: Record<string, string> = {}): string {
  const tools = createDirectory();
  for (const name of programs) {
    const found = spawnSync("sh", ["-c", `PATH=$PATH:/usr/sbin:/sbin command -v ${name}`], {
      encoding: "utf8",
    });
    symlinkSync(found.stdout.trim(), join(tools, name));
  }
  for (const [name, text] of Object.entries(own)) {
    writeFileSync(join(tools, name), text);
    chmodSync(join(tools, name), 0o755);
  }
  return tools;
}

test.each([
  ["no program at all", () => createDirectory(), "unshare: spawn unshare ENOENT"],
  ["no ip and no ifconfig", () => toolsWith(["unshare", "sh"]), "not found"],
  ["no mount", () => toolsWith(["unshare", "sh", "ip", "dirname", "readlink"]), "not found"],
  [
    "an unshare that the kernel refuses",
    () =>
      toolsWith([], {
        unshare: "#!/bin/sh\necho 'unshare: unshare failed: Operation not permitted' >&2; exit 1\n",
      }),
    "unshare: unshare failed: Operation not permitted",
  ],
])("with %s there is no box, and no client runs", async (_, tools, message) => {
  const error = await withTools(tools());
  expect([error.code, error.exitCode]).toEqual(["client-no-box", 3]);
  expect(error.message).toContain(message);
  expect(error.details[0]).toContain("tried: unshare --user --map-root-user --net");
  expect(error.hint).toContain("The client is not run with a network.");
  expect(existsSync(started)).toBe(false);
});

test("where the kernel allows no user namespace, a session is refused and nothing runs", () => {
  const script = join(directory, "run.mjs");
  buildSync({
    stdin: {
      contents: `import { runSession } from "./src/client/session.ts";
runSession({ binary: process.argv[2] }, ${JSON.stringify(session())}).catch((error) => console.log(error.code, error.exitCode, error.message));`,
      resolveDir: fileURLToPath(new URL("../../", import.meta.url)),
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: script,
  });
  const own = join(directory, "tmp");
  mkdirSync(own);
  const { stdout } = spawnSync(
    "unshare",
    [
      "--user",
      "--map-root-user",
      "sh",
      "-c",
      `echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"; ls "$TMPDIR"`,
      "sh",
      process.execPath,
      script,
      client.binary,
    ],
    { encoding: "utf8", env: { ...process.env, TMPDIR: own } },
  );
  expect(stdout).toBe(
    "client-no-box 3 The closed box could not be built: unshare: unshare failed: No space left on device.\n",
  );
  expect(existsSync(started)).toBe(false);
  expect(commandsLeft()).toEqual([]);
});

test("with the network allowed, the client runs on the machine itself, in a home of its own", async () => {
  const seen = join(directory, "seen");
  const error = await failure(
    shellProgram(
      `{ echo $HOME; pwd; cat .claude/settings.json; env | grep -c ^NIXCLAUDE_; } > ${seen}; echo no session; exit 1`,
    ),
    { allowNetwork: true },
    session({ files: [{ path: ".claude/settings.json", text: "{}\n" }] }),
  );
  expect(error.code).toBe("client-unreadable");
  const [home, project, settings] = spawnSync("cat", [seen], { encoding: "utf8" }).stdout.split("\n");
  expect(home).toMatch(/\/nixclaude-client-[^/]+\/seed\/home\/u$/);
  expect([project, settings]).toEqual([`${home}/proj`, "{}"]);
  expect(commandsLeft()).toEqual([]);
});

test("with the network allowed, the same session gives the same answers", async () => {
  const open = program(OBEDIENT.replace("/run/nixclaude/node", process.execPath));
  const { answers } = await runSession(open, session({ calls: [{ tool: "Bash", argument: "ls" }] }), {
    allowNetwork: true,
  });
  expect(answers).toEqual([{ kind: "runs", message: 'Bash {"command":"ls"}' }]);
});

test.each(["/etc/claude-code/managed-settings.json", "/tmp/x", "/srv/x"])(
  "without a box no file of the machine is written: %s",
  async (path) => {
    const error = await failure(client, { allowNetwork: true }, session({ files: [{ path, text: "{}" }] }));
    expect(error.code).toBe("client-file-outside");
  },
);

test("without a box a client that is not executable is said to be so", async () => {
  const error = await failure(program("#!/nowhere/at/all\n"), { allowNetwork: true });
  expect([error.code, error.exitCode]).toEqual(["client-not-started", 3]);
});
