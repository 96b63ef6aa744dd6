import { ClientError } from "../model/errors.ts";
import type { ProcessEnd } from "../system/process.ts";
import type { SessionOutput } from "./answers.ts";
import { BOX_READY } from "./box-script.ts";
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
  if (process.kind === "not-started") return notStarted(end, process.reason);
  if (boxed && process.kind === "exited" && !process.stdout.includes(BOX_READY)) return noBox(end);
  if (process.kind === "timeout") {
    return new ClientError("client-timeout", `${client.binary} did not finish within its time limit.`, {
      hint: `${requestsSaid(end)} A client that waits for a person or for a network hangs like this; --timeout gives it more time.`,
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

function notStarted({ boxed, client }: SessionEnd, reason: string): ClientError {
  return boxed
    ? new ClientError("client-no-box", `The closed box could not be built: unshare: ${reason}.`, {
        hint: `Install util-linux, or run with --allow-network where the client may see a network.`,
      })
    : new ClientError("client-not-started", `${client.binary} could not be started: ${reason}.`, {
        hint: "Check the path, and that the file is executable on this machine.",
      });
}

function noBox(end: SessionEnd): ClientError {
  const said = end.process.kind === "not-started" ? [] : end.process.stderr;
  return new ClientError(
    "client-no-box",
    `The closed box could not be built${said.length > 0 ? `: ${said.at(-1)}` : ""}.`,
    {
      hint: "The client is not run with a network. The box needs Linux with user namespaces, and unshare, mount, ip and pivot_root on the path (packages util-linux and iproute2). --allow-network runs the client without it, for a client and settings that you trust.",
      details: [
        "tried: unshare --user --map-root-user --net --mount --pid --fork, then unshare --user --map-user=1000",
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
  const how =
    process.kind === "signalled"
      ? `was ended by ${process.signal}`
      : process.kind === "exited" && process.status !== 0
        ? `ended with status ${process.status}`
        : "ended";
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
