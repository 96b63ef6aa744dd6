import {
  Approvals,
  bodyOfTurn,
  type Credential,
  converse,
  openMessagesDoor,
  previewRequest,
  type Usage,
  withoutKeys,
} from "../../messages/index.ts";
import { ContextError, NixclaudeError, UsageError } from "../../model/errors.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";
import { printableJson, visible } from "../../render/escape.ts";
import type { Io } from "../io.ts";
import { type EvaluatedRequest, evaluatedRequest, requestNotes } from "../messages/evaluated-request.ts";
import { ModelText } from "../messages/model-text.ts";
import { baseUrlOf, isOpen, type MessagesFlags, requestOptions, wholeNumber } from "../messages/options.ts";
import { promptOf } from "../messages/prompt.ts";
import { confirmAtTerminal } from "../messages/question.ts";
import { useTool } from "../messages/tool-calls.ts";
import { usageLine } from "../messages/usage-line.ts";
import type { CheckOptions } from "../options.ts";
import { parseOptions, type RawOptions } from "../parse-options.ts";
import { printError } from "../print.ts";

interface AskOptions extends CheckOptions {
  request: ReturnType<typeof requestOptions>;
  baseUrl: string;
  maxTurns: number;
}

/** Sends the prompt with the context; the answer on standard output, all else on standard error. */
export async function run(
  words: readonly string[],
  raw: RawOptions & MessagesFlags,
  io: Io,
): Promise<number> {
  const options: AskOptions = {
    ...parseOptions(raw),
    request: requestOptions(raw),
    baseUrl: baseUrlOf(raw.baseUrl, io.env),
    maxTurns: wholeNumber("--max-turns", raw.maxTurns ?? "20"),
  };
  try {
    const credential = raw.dryRun === true ? null : credentialOf(io.env);
    const prompt = await promptOf(words, io);
    const evaluated = await evaluatedRequest(prompt, options, io);
    io.stderr.write(requestNotes(evaluated.request));
    if (credential === null) await preview(evaluated, options, io);
    else await ask(evaluated, options, credential, io);
    return 0;
  } catch (error) {
    if (error instanceof NixclaudeError) return printError(error, options, io);
    throw error;
  }
}

async function preview(
  { request }: EvaluatedRequest,
  { baseUrl, request: { cache } }: AskOptions,
  io: Io,
): Promise<void> {
  const body = bodyOfTurn(request.body, cache);
  const shown = { ...(await previewRequest(body, baseUrl)), body: { ...body, stream: true } };
  io.stdout.write(`${printableJson(JSON.stringify(shown, null, 2))}
`);
}

async function ask(
  { request: { body }, snapshot, directory, tools }: EvaluatedRequest,
  options: AskOptions,
  credential: Credential,
  io: Io,
): Promise<void> {
  rejectUnclearContext(snapshot);
  const say = (line: string) => io.stderr.write(`${visible(line)}\n`);
  if (isOpen(options.baseUrl)) say(`warning: the key goes to ${options.baseUrl} unencrypted`);
  const text = new ModelText((shown) => io.stdout.write(shown));
  const requests: Usage[] = [];
  const approvals = new Approvals(snapshot.context, {
    client: options.client,
    home: io.env.HOME?.startsWith("/") ? io.env.HOME : "/nonexistent",
    directory,
    trusted: !options.untrusted,
  });
  const { baseUrl, maxTurns, request } = options;
  try {
    const door = await openMessagesDoor({ credential, baseUrl, onRetry: say });
    await converse(
      body,
      { maxTurns, cache: request.cache },
      {
        door,
        useTool: async (use) => {
          const outcome = await useTool(use, { tools, approvals, confirm: confirmAtTerminal, say });
          // A program finds it when it looks for it, as in `/proc` on Linux; what it prints goes to the model.
          return { ...outcome, text: withoutKeys(outcome.text, keysIn(io.env)) };
        },
        onText: (piece) => text.add(piece),
        onAnswer: (usage) => {
          requests.push(usage);
          text.end();
        },
      },
    );
  } finally {
    text.end();
    if (requests.length > 0) io.stderr.write(usageLine(body.model, requests));
  }
}

/** Where a list of rules is not read as it was meant, nobody knows what it would have refused. */
function rejectUnclearContext({ problems }: PresentSnapshot): void {
  if (problems.length === 0) return;
  throw new ContextError("context-invalid", "the context does not say clearly what may run", {
    hint: "nixclaude check --base none explains each; nixclaude request prints the request nevertheless.",
    details: problems.map(({ path, found, expected }) => `${path}: found ${found}, expected ${expected}`),
  });
}

function keysIn({ ANTHROPIC_API_KEY = "", ANTHROPIC_AUTH_TOKEN = "" }: Io["env"]): string[] {
  return [ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN];
}

function credentialOf(env: Io["env"]): Credential {
  const { ANTHROPIC_API_KEY: key, ANTHROPIC_AUTH_TOKEN: token } = env;
  if (key !== undefined && key !== "") return { kind: "api-key", secret: key };
  if (token !== undefined && token !== "") return { kind: "token", secret: token };
  throw new UsageError("no-api-key", "there is no key for the API", {
    hint: "Set ANTHROPIC_API_KEY, or look at what would be sent with --dry-run.",
  });
}
