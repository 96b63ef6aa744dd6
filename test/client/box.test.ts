import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterEach, expect, test } from "vitest";
import { runSession } from "../../src/client/session.ts";
import { createDirectory } from "../support/repository.ts";
import {
  commandsLeft,
  failure,
  looksAround,
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

test("the network of the box is its own loopback and nothing else", async () => {
  const lines = await looksAround(
    "sed -n 's/:.*//p' /proc/net/dev | tr -d ' '; cat /proc/net/route /proc/net/unix | wc -l",
  );
  expect(lines).toEqual(["lo", "2"]);
});

test("the client is an ordinary user without rights, and gets none from any program", async () => {
  const lines = await looksAround(
    "id -u; id -g; grep -E '^(CapPrm|CapEff|CapAmb|NoNewPrivs)' /proc/self/status | tr -d '\\t'",
  );
  expect(lines).toEqual([
    "1000",
    "1000",
    "CapPrm:0000000000000000",
    "CapEff:0000000000000000",
    "CapAmb:0000000000000000",
    "NoNewPrivs:1",
  ]);
});

test("only the home directory and directories for temporary things can be written", async () => {
  const places =
    "/ /usr /usr/bin /etc /etc/claude-code /opt /opt/client /run /run/nixclaude /dev /stub /old /proc /proc/sys/kernel";
  const lines = await looksAround(
    `for place in ${places} /home/u /home/u/proj /tmp /srv /dev/shm; do
  if (: > $place/x) 2>/dev/null; then echo $place; fi
done; true`,
    { files: [{ path: "/etc/claude-code/managed-settings.json", text: "{}" }] },
  );
  expect(lines).toEqual(["/home/u", "/home/u/proj", "/tmp", "/srv", "/dev/shm"]);
});

test("files that belong to the machine cannot be changed, nor their permissions", async () => {
  const files =
    "/usr/bin/env /dev/null /dev/urandom /run/nixclaude/node /run/nixclaude/model.sock /opt/client/*";
  const lines = await looksAround(
    `for file in ${files}; do chmod 777 $file 2>/dev/null && echo changed $file; done
for file in /usr/bin/env /run/nixclaude/node /opt/client/*; do (: >> $file) 2>/dev/null && echo opened $file; done
echo done`,
  );
  expect(lines).toEqual(["done"]);
});

test("the kernel's settings cannot be written, even when root started the box", async () => {
  const files =
    "/proc/sys/kernel/core_pattern /proc/sysrq-trigger /proc/self/oom_score_adj /proc/sys/user/max_user_namespaces";
  expect(
    await looksAround(`for file in ${files}; do (: >> $file) 2>/dev/null && echo $file; done; echo done`),
  ).toEqual(["done"]);
});

test("the client cannot make a namespace of its own to undo the box", async () => {
  const lines = await looksAround(
    "unshare --user true 2>/dev/null || echo refused; unshare --mount true 2>/dev/null || echo refused; umount -l /proc 2>/dev/null || echo refused",
  );
  expect(lines).toEqual(["refused", "refused", "refused"]);
});

test("the box shows no home, no process, no mount and no variable of the machine", async () => {
  process.env.NIXCLAUDE_TEST_SECRET = "secret";
  try {
    const lines = await looksAround(
      `ls -A / | tr '\\n' ' '; echo; ls /home /home/u/* /tmp /etc /run /run/nixclaude | tr '\\n' ' '; echo
ls /proc | grep -c '^[0-9]'; env | sed 's/=.*//' | sort | tr '\\n' ' '; echo; echo $PATH; hostname`,
    );
    const [root, seen, processes, variables, path, host] = lines;
    expect(root!.replace(/lib\w+ |nix /g, "")).toBe(
      "bin dev etc home lib old opt proc run sbin srv stub tmp usr ",
    );
    expect(seen!.replace("current-system ", "").replace(/ +/g, " ")).toBe(
      "/etc: hosts passwd /home: u /home/u/proj: /run: nixclaude /run/nixclaude: go model.sock named node /tmp: ",
    );
    // The relay, the shell that looks around, `ls` and `grep`.
    expect(Number(processes)).toBeLessThanOrEqual(6);
    expect(variables!.replace(/OLDPWD |SHLVL |_ /g, "")).toBe(
      "ANTHROPIC_API_KEY ANTHROPIC_BASE_URL CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC CLAUDE_CODE_SHELL DISABLE_AUTOUPDATER DISABLE_TELEMETRY HOME LANG PATH PWD SHELL TERM TMPDIR ",
    );
    expect(path).toBe("/usr/bin:/bin:/run/current-system/sw/bin");
    expect(host).toBe("box");
  } finally {
    delete process.env.NIXCLAUDE_TEST_SECRET;
  }
});

test("the first process of the box cannot be read, stopped, ended or debugged from inside", async () => {
  const lines = await looksAround(`cat /proc/1/environ 2>/dev/null || echo unreadable
readlink /proc/1/fd/1 || echo unreadable
kill -STOP 1; kill -KILL 1; kill -USR1 1; sleep 0.3
sed 1d /proc/net/tcp | wc -l`);
  // One listening port: the model's. Node's debugger would be another.
  expect(lines).toEqual(["unreadable", "unreadable", "1"]);
});

test("files that our parents left open are not open in the box", async () => {
  const directory = createDirectory();
  const script = join(directory, "run.mjs");
  buildSync({
    stdin: {
      contents: `import { runSession } from "./src/client/session.ts";
runSession({ binary: process.argv[2] }, ${JSON.stringify(session())}).catch((error) => console.log(error.details.join()));`,
      resolveDir: fileURLToPath(new URL("../../", import.meta.url)),
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: script,
  });
  const client = shellProgram("ls -l /proc/self/fd | grep -c run.mjs");
  // Node closes the first that it inherits itself, up to a gap: 60 is behind one.
  const child = spawn(
    "bash",
    ["-c", `exec 5<"$1" 60<"$1"; exec "$2" "$1" "$3"`, "bash", script, process.execPath, client.binary],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  await new Promise((done) => child.once("close", done));
  expect(said).toBe("0\n");
});

test("what is written in the box is bounded memory", async () => {
  const lines = await looksAround("stat -f -c '%b * %S' /home /home/u /tmp /srv /dev/shm");
  const bytes = lines.map((line) =>
    line
      .split(" * ")
      .map(Number)
      .reduce((one, other) => one * other),
  );
  expect(new Set(bytes)).toEqual(new Set([1024 ** 3]));
});

test("a client outside the system comes into the box alone, without what stands beside it", async () => {
  expect(await looksAround("ls /opt/client | wc -l")).toEqual(["1"]);
});

test("files stand where the session wants them, and belong to the client", async () => {
  const lines = await looksAround(
    "cat .claude/settings.json ~/notes.md /etc/claude-code/managed-settings.json /srv/data; pwd; echo more >> ~/notes.md && echo written",
    {
      files: [
        { path: ".claude/settings.json", text: "project\n" },
        { path: "~/notes.md", text: "home\n" },
        { path: "/etc/claude-code/managed-settings.json", text: "managed\n" },
        { path: "/srv/data", text: "elsewhere\n" },
      ],
    },
  );
  expect(lines).toEqual(["project", "home", "managed", "elsewhere", "/home/u/proj", "written"]);
});

test.each([
  "/usr/bin/x",
  "/etc/passwd",
  "/etc/hosts",
  "/stub/bash",
  "/run/nixclaude/node",
  "../../../etc/shadow",
  "~/../../root/.bashrc",
  "/home/user/x",
  "/home/u",
  "a\0b",
])("no file of a session stands at %j", async (path) => {
  const error = await failure(program(OBEDIENT), {}, session({ files: [{ path, text: "" }] }));
  expect([error.code, error.exitCode]).toEqual(["client-file-outside", 3]);
});

test.each([
  ["a name that no file can have", [{ path: "a".repeat(300), text: "" }]],
  [
    "a file where another needs a directory",
    [
      { path: "a", text: "" },
      { path: "a/b", text: "" },
    ],
  ],
])("%s is an error of its own", async (_, files) => {
  const error = await failure(program(OBEDIENT), {}, session({ files }));
  expect(error.code).toBe("client-file-impossible");
});

test("a session brings what the client decided, and what the model was told", async () => {
  const result = await runSession(
    program(OBEDIENT),
    session({
      calls: [
        { tool: "Bash", argument: "ls" },
        { tool: "Write", argument: "new.txt" },
      ],
    }),
  );
  expect(result).toMatchObject({
    version: "2.1.330",
    mode: "default",
    tools: ["Bash"],
    answers: [
      { kind: "runs", message: 'Bash {"command":"ls"}' },
      { kind: "runs", message: 'Write {"file_path":"/home/u/proj/new.txt","content":"nixclaude"}' },
    ],
    request: { model: "usual-model", system: ["s"], messages: ["go"] },
  });
});

test("a file of the session is read before a call writes to it, and the answers are those of the calls", async () => {
  const { answers, request } = await runSession(
    program(OBEDIENT),
    session({
      files: [{ path: "a.txt", text: "old" }],
      calls: [
        { tool: "Edit", argument: "a.txt" },
        { tool: "Read", argument: "a.txt" },
      ],
    }),
  );
  expect(answers.map(({ message }) => message)).toEqual([
    'Edit {"file_path":"/home/u/proj/a.txt","old_string":"old","new_string":"old\\n"}',
    'Read {"file_path":"/home/u/proj/a.txt"}',
  ]);
  expect(request.messages).toEqual(["go"]);
});
