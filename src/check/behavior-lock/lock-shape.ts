import { SEVERITIES } from "../../model/finding.ts";
import type { JsonObject } from "../../model/json.ts";
import { PERMISSION_MODES } from "../../model/permission.ts";
import { type Member, type Shape, schemaOf } from "./shape.ts";

/** Of the shape below. A lock of another version is not read. */
export const LOCK_VERSION = 1;

const text: Shape = { kind: "text" };
const optionalText: Shape = { kind: "or-null", of: text };
const texts: Shape = { kind: "list", of: text };
const flag: Shape = { kind: "flag" };
const free: Shape = { kind: "object-of-anything" };
const sha256: Shape = { kind: "text", pattern: "^[0-9a-f]{64}$" };
const names = (of: Shape): Shape => ({ kind: "names", of });
const members = (of: Record<string, Member>): Shape & { kind: "members" } => ({
  kind: "members",
  members: of,
});
const member = (shape: Shape, description: string): Member => ({ shape, description });

const unit = members({
  attributes: member(free, "Its front matter."),
  description: member(optionalText, "What its front matter says of it."),
  digest: member(sha256, "SHA-256 over the names and contents of all its files."),
  files: member(names(text), "SHA-256 of each file, by path in the unit."),
  text: member(
    { kind: "or-null", of: texts },
    "The lines of its main file; null where they are not compared.",
  ),
});

const tool = members({
  alwaysApprove: member(flag, "Whether its program runs unasked."),
  command: member(
    { kind: "or-null", of: texts },
    "What serves it as a tool of its own; null when nothing does.",
  ),
  description: member(optionalText, "What Claude is told of it."),
  examples: member(texts, "Examples that Claude is shown."),
  inputSchema: member({ kind: "or-null", of: free }, "The JSON Schema of its input."),
  package: member(optionalText, "Name and version of its package."),
  preferOver: member(texts, "What it is to be used instead of."),
  program: member(text, "The program it runs."),
});

const server: Shape = {
  kind: "by-member",
  member: "kind",
  cases: [
    members({
      args: member(texts, "Arguments of the command."),
      command: member(text, "The program that is the server."),
      env: member(names(text), "Variables that it gets."),
      kind: member({ kind: "exactly", value: "stdio" }, "A program on this machine."),
      other: member(free, "All that is known of it besides."),
      package: member(optionalText, "Name and version of its package."),
    }),
    members({
      headers: member(names(text), "Headers of each request."),
      kind: member({ kind: "one-of", values: ["http", "sse", "ws"] }, "How it is reached."),
      other: member(free, "All that is known of it besides."),
      url: member(text, "Where it is."),
    }),
  ],
};

const hook = members({
  command: member(text, "The command line, address or prompt: what runs."),
  event: member(text, "When it runs."),
  matcher: member(text, "For which tools; empty for all."),
  other: member(free, "All that is known of it besides: digests of the files it names among it."),
  type: member(text, "What kind of thing runs."),
});

const constraint = members({
  demands: member({ kind: "list", of: free }, "What it asks; all of it must hold. In a fixed order."),
  description: member(optionalText, "What it is for."),
  docs: member(optionalText, "Where more is said of it."),
  severity: member({ kind: "one-of", values: SEVERITIES }, "How grave a violation is."),
  waivable: member(flag, "Whether a waiver may lift it."),
});

const waiver = members({
  expires: member(text, "Last day on which it holds."),
  only: member({ kind: "or-null", of: free }, "What it is limited to."),
  owner: member(text, "Who answers for it."),
  reason: member(text, "Why it is there."),
});

const permissions = members({
  additionalDirectories: member(texts, "Further directories to work in, without repetition."),
  allow: member(texts, "Rules that approve, each in its one spelling; those of approved tools among them."),
  ask: member(texts, "Rules that ask."),
  bypassDisabled: member(flag, "Whether nobody can switch to the mode that asks nothing."),
  defaultMode: member(
    { kind: "one-of", values: [...PERMISSION_MODES, null] },
    "The mode a session starts in; null when it is not pinned.",
  ),
  deny: member(texts, "Rules that refuse."),
  other: member(free, "Other keys of the client's `permissions`."),
});

const context = members({
  agents: member(names(unit), "Agents by name."),
  commands: member(names(unit), "Commands by name."),
  constraints: member(names(constraint), "The flake's own constraints by id."),
  env: member(names(text), "Variables of every process that Claude starts."),
  hooks: member({ kind: "list", of: hook }, "What runs by itself, in a fixed order."),
  mcpServers: member(names(server), "MCP servers by name."),
  model: member(optionalText, "The model; null when none is named."),
  outputStyles: member(names(unit), "Output styles by name."),
  permissions: member(permissions, "Permission rules, without repetition and sorted, and the mode."),
  persona: member({ kind: "or-null", of: texts }, "The lines of the persona."),
  policies: member(names(texts), "The lines of each policy, by id."),
  sandbox: member(free, "Settings of the sandbox."),
  settings: member(free, "All other settings of the client."),
  skills: member(names(unit), "Skills by name."),
  system: member(names(text), "What Claude is told of the machine."),
  tools: member(names(tool), "Tools by name."),
  waivers: member(names(waiver), "Waivers by id of what they lift."),
});

/** In the order in which the members stand in the file. */
export const LOCK_SHAPE = members({
  schemaVersion: member({ kind: "exactly", value: LOCK_VERSION }, "Version of this shape."),
  attribute: member(text, "Attribute path that was evaluated, as in Nix."),
  client: member(text, "Version of Claude Code whose reading of permission rules was assumed."),
  from: member(
    { kind: "one-of", values: ["flake", "files"] },
    "`flake`: the flake's output; `files`: the client's own files, where there is no flake.",
  ),
  digest: member(
    sha256,
    "SHA-256 over all other members, as canonical JSON (keys sorted, no blanks): the name of this behavior.",
  ),
  context: member(context, "The context in its one normal form."),
  inputConstraints: member(
    names(names(constraint)),
    "Constraints that arrive through direct inputs of the flake: by the input's name, then by id.",
  ),
  nixConfig: member(free, "The flake's own `nixConfig`."),
});

/** What `nixclaude schema lock` prints. */
export function lockSchema(): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:nixclaude:lock:${LOCK_VERSION}`,
    title: `nixclaude behavior lock, version ${LOCK_VERSION}`,
    description:
      "What `nixclaude lock` writes into claude-context.lock.json: how Claude behaves by the flake next to it, in one spelling. Keys are sorted, and each value has a line of its own.",
    ...schemaOf(LOCK_SHAPE),
  };
}
