import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Matched, operationFor, requestProblems, responseProblems } from "./description.ts";
import {
  comment,
  labelEvent,
  membership,
  type PullRequestSample,
  pullRequest,
  type RunSample,
  review,
  workflowRun,
} from "./samples.ts";

export const BOT = "github-actions[bot]";

/** What the server knows; tests set it and read it. */
export interface GitHubState {
  comments: { id: number; login: string; body: string }[];
  /** Of one pull request, or of all. */
  reviews: { login: string; state: string; commit: string; pullRequest?: number }[];
  labels: { event: "labeled" | "unlabeled"; name: string; login: string; at: string }[];
  runs: RunSample[];
  /** Open ones into acme/shop. */
  pullRequests: PullRequestSample[];
  /** `org/team` → logins. */
  teams: Record<string, string[]>;
  /** Login behind the token. */
  tokenOwner: string;
  /** Operations that the token may not do. */
  forbidden: string[];
  /** Answers that come instead of the right one, once each, for an operation. */
  faults: { operation: string; fault: Fault }[];
  /** Longest body of a comment. */
  maxBodyCharacters: number;
}

export type Fault =
  | { kind: "status"; status: number; headers?: Record<string, string>; message?: string }
  | { kind: "reset" }
  /** The answer breaks off in the middle. */
  | { kind: "cut" }
  /** No answer comes, and the line stays open. */
  | { kind: "silence" }
  /** Something happens just before the answer, as if another run had done it. */
  | { kind: "meanwhile"; act: (state: GitHubState) => void };

export interface GitHubServer {
  url: string;
  state: GitHubState;
  /** Operations in the order they came, with what was sent and what came back; null: nothing whole. */
  calls: { operation: string; body: unknown; status: number | null }[];
  close(): Promise<void>;
}

/**
 * GitHub's API on loopback: it keeps state, answers in pages, fails on demand, and takes no request and gives no answer
 * that GitHub's own description does not know.
 */
export async function startGitHub(state: Partial<GitHubState> = {}): Promise<GitHubServer> {
  const full: GitHubState = {
    comments: [],
    reviews: [],
    labels: [],
    runs: [],
    pullRequests: [],
    teams: {},
    tokenOwner: BOT,
    forbidden: [],
    faults: [],
    maxBodyCharacters: 65_536,
    ...state,
  };
  const calls: GitHubServer["calls"] = [];
  const server = createServer((request, response) => {
    void answer(request, response, full, calls).catch((error: unknown) => {
      // What is not GitHub's way is a mistake of the test or of the program: both must see it.
      response.statusCode = 418;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ message: error instanceof Error ? error.message : String(error) }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, state: full, calls, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: GitHubState,
  calls: GitHubServer["calls"],
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const sent = await text(request);
  const body: unknown = sent === "" ? null : JSON.parse(sent);
  const matched = operationFor(request.method ?? "", url.pathname);
  if (matched === null) throw new Error(`GitHub has no ${request.method} ${url.pathname}`);
  const problems = requestProblems(matched, url.searchParams, body);
  if (problems.length > 0) throw new Error(`${matched.id}: ${problems.join("; ")}`);
  const call: GitHubServer["calls"][number] = { operation: matched.id, body, status: null };
  calls.push(call);
  const fault = takeFault(state, matched.id);
  if (fault?.kind === "silence") return;
  if (fault?.kind === "reset") {
    request.socket.destroy();
    return;
  }
  if (fault?.kind === "meanwhile") fault.act(state);
  const given =
    fault?.kind === "status"
      ? { status: fault.status, headers: fault.headers ?? {}, body: { message: fault.message ?? "a fault" } }
      : answerTo(matched, body, state);
  const page = paged(given, url);
  const wrong = responseProblems(matched, page.status, page.body);
  if (wrong.length > 0 && fault?.kind !== "status") {
    throw new Error(`${matched.id} would not answer so: ${wrong.slice(0, 5).join("; ")}`);
  }
  if (fault?.kind === "cut") {
    await breakOff(response, page);
    return;
  }
  call.status = page.status;
  response.statusCode = page.status;
  for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
  if (page.body === null) response.end();
  else {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(page.body));
  }
}

/** Half of the body reaches the client before the line is cut. */
async function breakOff(response: ServerResponse, { status, headers, body }: Given): Promise<void> {
  const whole = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(whole),
  });
  await new Promise<void>((sent) => response.write(whole.slice(0, whole.length / 2), () => sent()));
  response.destroy();
}

function takeFault(state: GitHubState, operation: string): Fault | null {
  const index = state.faults.findIndex((one) => one.operation === operation);
  return index < 0 ? null : state.faults.splice(index, 1)[0]!.fault;
}

interface Given {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

function given(status: number, body: unknown): Given {
  return { status, headers: {}, body };
}

const NOT_FOUND = given(404, { message: "Not Found" });

function answerTo({ id, parameters }: Matched, body: unknown, state: GitHubState): Given {
  if (state.forbidden.includes(id)) {
    return given(403, { message: "Resource not accessible by integration" });
  }
  switch (id) {
    case "issues/list-comments":
      return given(
        200,
        state.comments.map((one) => comment(one.id, one.login, one.body)),
      );
    case "issues/create-comment":
      return written(state, null, body);
    case "issues/update-comment":
      return written(state, Number(parameters.comment_id), body);
    case "issues/delete-comment": {
      const index = state.comments.findIndex((one) => one.id === Number(parameters.comment_id));
      if (index < 0) return NOT_FOUND;
      state.comments.splice(index, 1);
      return given(204, null);
    }
    case "pulls/list-reviews":
      return given(
        200,
        state.reviews
          .filter(({ pullRequest: of }) => of === undefined || String(of) === parameters.pull_number)
          .map(({ login, state: word, commit }, index) => review(index + 1, login, word, commit)),
      );
    case "issues/list-events-for-timeline":
      return given(
        200,
        state.labels.map(({ event, name, login, at }, index) =>
          labelEvent(index + 1, event, name, login, at),
        ),
      );
    case "pulls/list":
      return given(200, state.pullRequests.map(pullRequest));
    case "repos/list-pull-requests-associated-with-commit":
      return given(
        200,
        state.pullRequests
          .filter(({ sha, contains = [] }) => [sha, ...contains].includes(parameters.commit_sha ?? ""))
          .map(pullRequest),
      );
    case "actions/list-workflow-runs-for-repo":
      return given(200, { total_count: state.runs.length, workflow_runs: state.runs.map(workflowRun) });
    case "teams/get-membership-for-user-in-org": {
      const members = state.teams[`${parameters.org}/${parameters.team_slug}`] ?? [];
      return members.includes(parameters.username ?? "") ? given(200, membership("active")) : NOT_FOUND;
    }
    default:
      throw new Error(`nothing here answers ${id}`);
  }
}

function written(state: GitHubState, id: number | null, sent: unknown): Given {
  const { body } = sent as { body: string };
  if (body.length > state.maxBodyCharacters) {
    return given(422, {
      message: "Validation Failed",
      documentation_url: "https://docs.github.com/rest",
      errors: [{ code: "custom", message: "body is too long (maximum is 65536 characters)" }],
    });
  }
  if (id === null) {
    const next = 1 + Math.max(100, ...state.comments.map((one) => one.id));
    state.comments.push({ id: next, login: state.tokenOwner, body });
    return given(201, comment(next, state.tokenOwner, body));
  }
  const known = state.comments.find((one) => one.id === id);
  if (known === undefined) return NOT_FOUND;
  known.body = body;
  return given(200, comment(id, known.login, body));
}

/** Lists come in pages, with a link to the next. */
function paged(all: Given, url: URL): Given {
  const list = Array.isArray(all.body) ? all.body : null;
  if (list === null) return all;
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const page = Number(url.searchParams.get("page") ?? 1);
  const next = new URL(url);
  next.searchParams.set("page", String(page + 1));
  const hasNext = page * size < list.length;
  return {
    ...all,
    body: list.slice((page - 1) * size, page * size),
    headers: hasNext ? { link: `<${next.pathname}${next.search}>; rel="next"` } : {},
  };
}
