import type { ClaudeContext, Tool } from "../../model/context.ts";
import { visible } from "../../render/escape.ts";
import { type Connection, serve } from "../protocol/serve.ts";
import {
  type CallContext,
  type ChangingList,
  failed,
  type ServedResource,
  type ServedTool,
  type ServerDefinition,
} from "../protocol/served.ts";
import { CurrentFlake, type Known } from "./current.ts";
import type { FlakePort } from "./flake.ts";
import { isAsking, NOTHING, type Offer, offerOf } from "./offer.ts";
import { OWN_NAMES, ownTools } from "./own-tools.ts";
import { resourcesOf } from "./resources.ts";
import { watchFiles } from "./watch.ts";

/** Editors and Git write several files for one change. */
const QUIET_MS = 200;

const INSTRUCTIONS =
  "Tools that this repository declares in its flake (claudeContext), and what the flake says of Claude as resources. Both follow the flake: nixclaude://status says whether it evaluates.";

export interface ContextServer {
  version: string;
  connection: Connection;
  /** One line that is no message of the protocol, for standard error. */
  warn(line: string): void;
  monotonicMs(): number;
}

/** Serves what the flake declares now, until the client closes its side. */
export async function serveContext(
  port: FlakePort,
  { version, connection, warn, monotonicMs }: ContextServer,
): Promise<void> {
  const served = new ServedFlake(port, warn, monotonicMs);
  await serve(served.definition(version), connection);
}

/** What is offered at one state of the flake. */
interface View {
  known: Known;
  tools: ServedTool[];
  resources: ServedResource[];
  /** Equal for lists and texts that are. */
  marks: Record<ChangingList, string>;
}

class ServedFlake {
  readonly #port: FlakePort;
  readonly #warn: (line: string) => void;
  readonly #flake: CurrentFlake;
  readonly #watch = watchFiles(() => this.#changed());
  readonly #ownTools: ServedTool[];
  #view: View | null = null;
  /** Tools of the first evaluation; none when it failed. */
  #known: Readonly<Record<string, Tool>> | null = null;
  #announced: View["marks"] | null = null;
  #announce: (what: ChangingList) => void = () => {};
  #log: CallContext["log"] = () => {};
  #timer: NodeJS.Timeout | undefined;

  constructor(port: FlakePort, warn: (line: string) => void, monotonicMs: () => number) {
    this.#port = port;
    this.#warn = warn;
    this.#flake = new CurrentFlake({ evaluate: () => this.#evaluate() }, monotonicMs);
    this.#ownTools = ownTools(port);
  }

  definition(version: string): ServerDefinition {
    return {
      info: { name: "nixclaude", version, title: "Tools of this repository's flake" },
      instructions: INSTRUCTIONS,
      tools: async () => {
        const { known, tools } = await this.#now();
        // With every list and call, until it is mended.
        if (known.failure !== null) this.#log("warning", failureText(known));
        return tools;
      },
      resources: async () => (await this.#now()).resources,
      onChange: (announce, log) => {
        this.#announce = announce;
        this.#log = log;
        // Before the client asks: evaluating takes longer than it takes to connect.
        this.#refreshSoon(0);
        return () => {
          clearTimeout(this.#timer);
          this.#watch.close();
        };
      },
    };
  }

  /** Watching comes first: what changes while the flake is evaluated is noticed. */
  async #evaluate() {
    this.#watch.follow(await this.#port.watched());
    return this.#port.evaluate();
  }

  #changed(): void {
    this.#flake.changed();
    this.#refreshSoon(QUIET_MS);
  }

  #refreshSoon(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh().catch(() => {}), delayMs);
    this.#timer.unref();
  }

  async #refresh(): Promise<void> {
    const { marks } = await this.#now();
    const before = this.#announced;
    this.#announced = marks;
    if (before === null) return;
    for (const what of ["tools", "resources"] as const)
      if (before[what] !== marks[what]) this.#announce(what);
  }

  async #now(): Promise<View> {
    if (!this.#watch.isComplete) this.#flake.changed();
    const known = await this.#flake.now();
    if (this.#view?.known === known) return this.#view;
    if (known.failure !== null && known.failure.message !== this.#view?.known.failure?.message) {
      this.#warn(failureText(known));
    }
    const view = await this.#viewOf(known);
    this.#announced ??= view.marks;
    this.#view = view;
    return view;
  }

  /** What a client does not know of yet, it cannot ask a person about. */
  #listedFirst(tool: ServedTool): ServedTool {
    if (!isAsking(tool)) return tool;
    return {
      definition: tool.definition,
      call: async (args, context) => {
        const tools = this.#view?.marks.tools;
        if (this.#announced?.tools === tools) return tool.call(args, context);
        await this.#refresh();
        return failed(
          `Nothing was run: ${tool.definition.name} is not what was listed. List the tools anew.`,
        );
      },
    };
  }

  async #viewOf(known: Known): Promise<View> {
    this.#known ??= contextOf(known)?.tools ?? {};
    const offer = offered(known, this.#known);
    for (const { path, reason } of offer.leftOut) this.#warn(visible(`${path} is not offered: ${reason}`));
    const tools = isNothingHere(known)
      ? []
      : [...offer.tools.map((tool) => this.#listedFirst(tool)), ...this.#ownTools];
    const resources = resourcesOf(known, offer);
    const texts = await Promise.all(resources.map(async (resource) => (await resource.read()).text));
    return {
      known,
      tools,
      resources,
      marks: {
        tools: JSON.stringify(tools.map(({ definition }) => definition)),
        resources: JSON.stringify(texts),
      },
    };
  }
}

function contextOf({ state }: Known): ClaudeContext | null {
  return state?.snapshot.kind === "present" && state.snapshot.from === "flake"
    ? state.snapshot.context
    : null;
}

function offered(known: Known, atStart: Readonly<Record<string, Tool>>): Offer {
  const context = contextOf(known);
  if (context === null || known.state?.snapshot.kind !== "present") return NOTHING;
  const { root, snapshot } = known.state;
  const inputs = Object.keys(snapshot.placedInputs);
  return offerOf(context, { root, inputs, taken: OWN_NAMES, known: atStart });
}

/** A session in a directory that has nothing to do with all this. */
function isNothingHere({ state, failure }: Known): boolean {
  if (state !== null) return contextOf({ state, failure }) === null;
  return failure !== null && ["not-a-repository", "no-head"].includes(failure.code);
}

function failureText({ state, failure }: Known): string {
  const kept = state === null ? "nothing of it is offered" : "what it said before is still offered";
  return visible(`the flake could not be evaluated, so ${kept}: ${failure?.message ?? ""}`);
}
