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
import { isSameTool, NOTHING, type Offer, offerOf, runsFiles } from "./offer.ts";
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

/** Tools as a context has them, by name: their commands as well, which no list shows. */
type Declared = Readonly<Record<string, Tool>>;

/** What is offered at one state of the flake. */
interface View {
  known: Known;
  declared: Declared;
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
  #known: Declared | null = null;
  /** Tools as the client was shown them last; null when it never asked. */
  #listed: Declared | null = null;
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
      tools: async (askedFor) => {
        const { known, declared, tools } = await this.#now();
        if (askedFor === "list") this.#listed = declared;
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

  /**
   * A call means the tool that the client was shown: what it does not know of, it cannot ask a person about. That it was
   * told of a change does not say that it has looked.
   */
  #asListed(tool: ServedTool, declared: Declared): ServedTool {
    const { definition } = tool;
    return {
      definition,
      call: async (args, context) => {
        // A call may have waited for its turn while the flake changed.
        if (this.#view?.known.failure != null && runsFiles(declared, definition.name)) {
          return failed(
            `Nothing was run: the flake does not evaluate now, so what the files of ${definition.name} are is not known. Mend the flake first.`,
          );
        }
        const shown = [this.#listed ?? this.#known ?? {}, this.#view?.declared ?? {}];
        if (shown.every((one) => isSameTool(one, declared, definition.name))) return tool.call(args, context);
        await this.#refresh();
        return failed(`Nothing was run: ${definition.name} is not what was listed. List the tools anew.`);
      },
    };
  }

  async #viewOf(known: Known): Promise<View> {
    const declared = contextOf(known)?.tools ?? {};
    this.#known ??= declared;
    const offer = offered(known, this.#known);
    for (const { path, reason } of offer.leftOut) this.#warn(visible(`${path} is not offered: ${reason}`));
    const tools = isNothingHere(known)
      ? []
      : [...offer.tools.map((tool) => this.#asListed(tool, declared)), ...this.#ownTools];
    const resources = resourcesOf(known, offer);
    const texts = await Promise.all(resources.map(async (resource) => (await resource.read()).text));
    return {
      known,
      declared,
      tools,
      resources,
      marks: {
        tools: JSON.stringify([tools.map(({ definition }) => definition), declared]),
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

function offered(known: Known, atStart: Declared): Offer {
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
