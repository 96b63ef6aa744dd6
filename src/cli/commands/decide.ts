import { inspect } from "../../check/inspect.ts";
import { noContext } from "../../check/no-context.ts";
import { NixclaudeError, SystemError } from "../../model/errors.ts";
import type { ClientVersion } from "../../model/semantics.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";
import {
  type CompiledPermissions,
  compilePermissions,
  type PermissionSet,
  permissionSetOf,
} from "../../permissions/index.ts";
import { checkRequest } from "../check-request.ts";
import { type DecideRequest, parseDecideRequest } from "../decide-request.ts";
import { createPorts, currentProgram } from "../doors.ts";
import type { Io } from "../io.ts";
import { linesOf } from "../json-lines.ts";
import type { CheckOptions } from "../options.ts";
import { printError } from "../print.ts";

/**
 * Decides about many calls: one JSON value a line in, one a line out, in the same order. Returns 0 whatever was
 * decided. What could not be understood or evaluated ends it, when the answers before it have been written.
 */
export async function run(options: CheckOptions, io: Io): Promise<number> {
  const engines = new Engines(options, io);
  let answers = "";
  const flush = async (): Promise<boolean> => {
    if (answers !== "") io.stdout.write(answers);
    answers = "";
    return (await io.stdout.ready?.()) ?? true;
  };
  try {
    for await (const lines of linesOf(readable(io.stdin))) {
      for (const { number, text } of lines) {
        const request = parseDecideRequest(text, number);
        // Evaluating takes its time: what is known already need not wait for it.
        if (engines.mustEvaluate(request)) await flush();
        answers += `${JSON.stringify(answer(await engines.engineFor(request), request))}\n`;
      }
      // Nobody reads any more: what is left to say has no use.
      if (!(await flush())) return 0;
    }
    return 0;
  } catch (error) {
    await flush();
    if (error instanceof NixclaudeError) return printError(error, options, io);
    throw error;
  }
}

function answer({ decide }: CompiledPermissions, { calls, runs }: DecideRequest): object {
  const results = calls.map((call) => decide(call));
  const decisions = results.map(({ decision }) => decision);
  return runs ? { decisions, runs: results.map((result) => result.runs) } : { decisions };
}

/** Many lines ask about the same rules: sets are compiled once, and the context is evaluated when first asked for. */
class Engines {
  private readonly compiled = new Map<string, CompiledPermissions>();
  private own: PresentSnapshot | null = null;

  constructor(
    private readonly options: CheckOptions,
    private readonly io: Io,
  ) {}

  mustEvaluate({ permissions }: DecideRequest): boolean {
    return permissions === null && this.own === null;
  }

  async engineFor(request: DecideRequest): Promise<CompiledPermissions> {
    const client = request.client ?? this.options.client;
    const key = `${client} ${request.mode} ${request.key}`;
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const set = request.permissions ?? (await this.ownSet(client));
    const engine = compilePermissions({ ...set, mode: request.mode ?? set.mode }, { client });
    if (this.compiled.size === MOST_ENGINES) this.compiled.delete(this.compiled.keys().next().value!);
    this.compiled.set(key, engine);
    return engine;
  }

  private async ownSet(client: ClientVersion): Promise<PermissionSet> {
    const { options, io } = this;
    if (this.own === null) {
      const snapshot = await inspect(checkRequest(options, io), createPorts(io.env), currentProgram());
      if (snapshot.kind === "absent") throw noContext(snapshot, options.flakes[0] ?? "");
      this.own = snapshot;
    }
    return permissionSetOf(this.own.context, { client });
  }
}

/** Few, since a line may hold thousands of rules. */
const MOST_ENGINES = 8;

/** A standard input that cannot be read (a directory, closed) could not tell what was asked. */
async function* readable(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield* input;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new SystemError("input-failed", `standard input could not be read (${code ?? message})`, {
      hint: "Send one JSON value a line: nixclaude decide < calls.jsonl",
      cause,
    });
  }
}
