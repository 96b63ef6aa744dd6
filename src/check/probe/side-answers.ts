import { clientServerName } from "../../context/client-server-name.ts";
import type { ClientAnswer, SessionResult } from "../../model/client-session.ts";
import { ClientError } from "../../model/errors.ts";
import type { Call } from "../../model/permission.ts";
import type { ProbeOutcome, ProbeSide } from "../../model/probe.ts";
import { expectedOutcomes, knownVersion } from "./expected.ts";
import type { SideSession } from "./session-request.ts";

/** A client says a line or two; one that says more may be hostile. */
const MESSAGE_MAX_CHARACTERS = 500;

/**
 * What the client did with each call, beside what the engine says of it.
 * @throws ClientError `client-unknown-version`; `client-unanswered` when most answers say nothing about permission:
 *   such a comparison would look like one in which nothing differs.
 */
export function sideAnswers(
  result: SessionResult | null,
  session: SideSession | null,
  calls: readonly Call[],
): ProbeSide[] | null {
  if (result === null || session === null) return null;
  const expected = expectedOutcomes(session.settings, calls, knownVersion(result.version));
  const unconnected = prefixesOfUnconnected(result);
  // Asked in another order than they are listed in.
  const answers = new Map(session.request.calls.map((call, index) => [call, result.answers[index]]));
  const sides = calls.map((call, index): ProbeSide => {
    const answer = aboutPermission(answers.get(call), call, unconnected);
    return {
      client: OUTCOMES[answer.kind],
      expected: expected[index]!,
      message: answer.kind === "runs" ? "" : shortened(answer.message),
    };
  });
  const unclear = sides.filter(({ client }) => client === "unclear");
  if (unclear.length * 2 > sides.length) throw unanswered(result, unclear, sides.length);
  return sides;
}

const OUTCOMES: Readonly<Record<ClientAnswer["kind"], ProbeOutcome>> = {
  runs: "runs",
  prompts: "asks",
  refused: "refuses",
  "not-offered": "not-offered",
  unclear: "unclear",
};

/** A tool may be missing because the stand-in of its server was not ready, which says nothing about permission. */
function aboutPermission(
  answer: ClientAnswer | undefined,
  { tool }: Call,
  unconnected: readonly string[],
): ClientAnswer {
  if (answer === undefined) return { kind: "unclear", message: "the client gave no answer to this call" };
  if (answer.kind !== "not-offered" || !unconnected.some((prefix) => tool.startsWith(prefix))) return answer;
  return { kind: "unclear", message: "the stand-in of its server was not connected" };
}

function prefixesOfUnconnected({ mcpServers }: SessionResult): string[] {
  return mcpServers
    .filter(({ status }) => status !== "connected")
    .map(({ name }) => `mcp__${clientServerName(name)}__`);
}

function unanswered({ version }: SessionResult, unclear: readonly ProbeSide[], asked: number): ClientError {
  return new ClientError(
    "client-unanswered",
    `Claude Code ${version} gave no usable answer to ${unclear.length} of ${asked} calls.`,
    {
      hint: "What it would run is not known. Try again on a machine that is less busy; if it stays, a setting of the context keeps the client from answering.",
      details: [...new Set(unclear.map(({ message }) => message))].slice(0, 5).map((said) => `said: ${said}`),
    },
  );
}

function shortened(text: string): string {
  return text.length <= MESSAGE_MAX_CHARACTERS ? text : `${text.slice(0, MESSAGE_MAX_CHARACTERS)}…`;
}
