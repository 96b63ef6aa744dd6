import { ClientError } from "../model/errors.ts";
import type { ProcessEnd } from "../system/process.ts";
import type { SessionOutput } from "./answers.ts";
import { BOX_READY, ENDED_BY } from "./box-script.ts";
import type { Client } from "./find-client.ts";

/** How a session ended that gave no answers. */
export interface SessionEnd {
  process: ProcessEnd;
  output: SessionOutput;
  /** How many requests the scripted model received. */
  requests: number;
  boxed: boolean;
  client: Client;
}

const MAX_SHOWN_LINES = 20;

/** Why there are no answers, as an error that says what was tried. */
export function failureOf(end: SessionEnd): ClientError {
  const { process, boxed, client } = end;
  if (process.kind === "not-started") {
    return boxed ? noBox(end) : clientNotStarted(client, process.reason);
  }
  if (boxed && "stdout" in process && !process.stdout.includes(BOX_READY)) return noBox(end);
  if (process.kind === "timeout") {
    return new ClientError("client-timeout", `${client.binary} did not finish within its time limit.`, {
      hint: `${requestsSaid(end)} A client that waits for a person or for a network hangs like this; --client-timeout gives it more time.`,
      details: tail(end),
    });
  }
  if (process.kind === "too-much-output") {
    return new ClientError("client-output-limit", `${client.binary} printed more than the limit allows.`, {
      hint: "This is no output of a session. Check that the program is the client.",
      details: tail(end),
    });
  }
  return crashed(end);
}

function clientNotStarted(client: Client, reason: string): ClientError {
  return new ClientError("client-not-started", `${client.binary} could not be started: ${reason}.`, {
    hint: "Check the path, and that the file is executable on this machine.",
  });
}

function noBox(end: SessionEnd): ClientError {
  const { process } = end;
  const said = process.kind === "not-started" ? `unshare: ${process.reason}` : process.stderr.at(-1);
  const why = said ?? (process.kind === "timeout" ? "it was not ready in time" : null);
  return new ClientError(
    "client-no-box",
    `The closed box could not be built${why === null ? "" : `: ${why.replace(/\.$/, "")}`}.`,
    {
      hint: "The client is not run with a network. The box needs Linux with user namespaces that may mount (on Ubuntu, kernel.apparmor_restrict_unprivileged_userns=0), and unshare, mount, pivot_root, setpriv and ip (packages util-linux and iproute2). --allow-network runs the client without it, for a client and settings that you trust.",
      details: [
        "tried: unshare --user --map-root-user --net --mount --pid --ipc --uts --cgroup, then mounts, pivot_root, and unshare --user --map-user=1000",
        ...tail(end),
      ],
    },
  );
}

/** Said by clients that have no account to work with. */
const LOGIN = /\/login|not logged in|invalid api key|authentication_error|oauth/i;
/** Said of settings that are refused as a whole. */
const SETTINGS =
  /settings?[^\n]{0,80}(?:invalid|error|malformed|not valid|could not be parsed)|invalid settings/i;

function crashed(end: SessionEnd): ClientError {
  const { client, process, output } = end;
  const shown = tail(end);
  const said = [...shown, typeof output.result?.result === "string" ? output.result.result : ""].join("\n");
  if (LOGIN.test(said)) {
    return new ClientError("client-wants-login", `${client.binary} wants to log in: ${oneLine(said)}`, {
      hint: "nixclaude gives the client a key that works with its own scripted model only. A version that insists on an account cannot be probed.",
      details: shown,
    });
  }
  if (SETTINGS.test(said)) {
    return new ClientError(
      "client-settings-rejected",
      `The client does not take these settings: ${oneLine(said)}`,
      {
        hint: "Mend the attribute that the client names; until then the whole file would be ignored.",
        details: shown,
      },
    );
  }
  if (neverStarted(end)) return clientNotStarted(client, shown.at(-1) ?? "no reason given");
  const how = howItEnded(process);
  if (output.init === null && output.result === null && output.otherLines.length > 0) {
    return new ClientError(
      "client-unreadable",
      `${client.binary} ${how} and printed something other than a session: ${oneLine(output.otherLines[0]!)}`,
      {
        hint: "Check that the program is the client, in a version that knows --output-format stream-json.",
        details: shown,
      },
    );
  }
  return new ClientError(
    "client-crashed",
    `${client.binary} ${how} before it had answered. ${requestsSaid(end)}`,
    {
      hint: "The lines below are the last that it printed. Run it by hand to see more.",
      details: shown,
    },
  );
}

/** What a shell says of a program that it cannot execute. */
function neverStarted({ process, output, requests }: SessionEnd): boolean {
  return (
    process.kind === "exited" &&
    (process.status === 126 || process.status === 127) &&
    output.init === null &&
    output.otherLines.length === 0 &&
    requests === 0
  );
}

function howItEnded(process: ProcessEnd): string {
  if (process.kind === "signalled") return `was ended by ${process.signal}`;
  if (process.kind !== "exited" || process.status === 0) return "ended";
  const [signal] = process.stderr.flatMap((line) =>
    line.startsWith(ENDED_BY) ? line.slice(ENDED_BY.length) : [],
  );
  return signal === undefined ? `ended with status ${process.status}` : `was ended by ${signal}`;
}

function requestsSaid({ requests }: SessionEnd): string {
  return requests === 0
    ? "It never asked the scripted model."
    : `It asked the scripted model ${requests === 1 ? "once" : `${requests} times`}.`;
}

function tail({ process, output }: SessionEnd): string[] {
  const stderr = process.kind === "not-started" ? [] : process.stderr;
  const others = output.otherLines.filter((line) => line !== "");
  return [...others, ...stderr].slice(-MAX_SHOWN_LINES);
}

function oneLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
