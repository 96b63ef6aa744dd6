import { createHash } from "node:crypto";
import { memoryMarkdown } from "../../artifacts/memory.ts";
import { RenderNotes } from "../../artifacts/rendered.ts";
import { canonicalJson, type Json } from "../../model/json.ts";
import type { PresentSnapshot } from "../../model/snapshot.ts";
import { printableJson } from "../../render/escape.ts";
import type { ServedResource } from "../protocol/served.ts";
import type { Known } from "./current.ts";
import type { Offer } from "./offer.ts";

/** What a client can read of the flake; whatever happens, how the evaluation went. */
export function resourcesOf(known: Known, offer: Offer): ServedResource[] {
  const snapshot = known.state?.snapshot;
  const isThere = snapshot?.kind === "present" && snapshot.from === "flake";
  return [...(isThere ? contextResources(snapshot) : []), statusResource(known, offer)];
}

function contextResources(snapshot: PresentSnapshot): ServedResource[] {
  const { context, revision, tree } = snapshot;
  const { permissions } = context;
  return [
    json("context", "All of claudeContext in its normal form.", {
      digest: digestOf(snapshot),
      revision,
      tree,
      context: context as unknown as Json,
    }),
    markdown("instructions", "Persona, policies, tools and system as Claude is told them.", () =>
      memoryMarkdown(context, new RenderNotes()),
    ),
    markdown("persona", "What claudeContext says of Claude's role.", () => context.persona),
    markdown("policies", "What Claude is to keep to.", () =>
      Object.entries(context.policies)
        .map(([id, text]) => `## ${id}\n\n${text.trim()}\n`)
        .join("\n"),
    ),
    json("permissions", "Which calls run without asking, are asked for, or are refused.", {
      defaultMode: permissions.defaultMode,
      rules: permissions.rules.map(({ list, text, path }) => ({ list, text, path })),
    }),
  ];
}

function statusResource({ state, failure }: Known, { tools, leftOut }: Offer): ServedResource {
  const snapshot = state?.snapshot;
  return json("status", "How the last evaluation went, and which tools could not be offered.", {
    upToDate: failure === null,
    failure: failure === null ? null : { code: failure.code, message: failure.message, hint: failure.hint },
    evaluated:
      snapshot === undefined
        ? null
        : snapshot.kind === "absent"
          ? { there: false, reason: snapshot.reason, tree: snapshot.tree }
          : {
              there: true,
              from: snapshot.from,
              digest: digestOf(snapshot),
              tree: snapshot.tree,
              problems: snapshot.problems.map(({ path, found, expected }) => ({ path, found, expected })),
            },
    tools: tools.map(({ definition }) => definition.name),
    leftOut: leftOut.map(({ path, reason }) => ({ path, reason })),
  });
}

/** The same for the same context on every machine. */
export function digestOf({ context }: PresentSnapshot): string {
  const text = canonicalJson(context as unknown as Json);
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

function json(name: string, description: string, value: Json): ServedResource {
  const text = () => `${printableJson(JSON.stringify(value, null, 2))}\n`;
  return resource(name, description, "application/json", text);
}

function markdown(name: string, description: string, text: () => string | null): ServedResource {
  return resource(name, description, "text/markdown", () => text() ?? "");
}

function resource(name: string, description: string, mimeType: string, text: () => string): ServedResource {
  return {
    definition: { uri: `nixclaude://${name}`, name, description, mimeType },
    read: async () => ({ text: text() }),
  };
}
