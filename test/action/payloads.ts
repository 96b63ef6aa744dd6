import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json, JsonObject } from "../../src/model/json.ts";

/** What GitHub publishes about its events (scripts/github-api.mjs keeps the part that is used here). */
const description = JSON.parse(
  readFileSync(new URL("../github/published/webhooks.json", import.meta.url), "utf8"),
) as { events: Record<string, Schema>; components: { schemas: Record<string, Schema> } };

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: Json[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  required?: string[];
  properties?: Record<string, Schema>;
}

const ROOT = "https://description.example/webhooks.json";
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(description as object, ROOT);

/** What of a payload is not as GitHub describes the event, `pull-request-opened`. */
export function payloadProblems(event: string, payload: unknown): string[] {
  const schema = description.events[event];
  if (schema === undefined) return [`GitHub has no event ${event}`];
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${ROOT}#/`)) as object);
  validate(payload);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/**
 * A whole payload: the given fields, and for those that nobody reads the plainest values there are.
 * @throws Error when GitHub would not send it so.
 */
export function payloadOf(event: string, given: JsonObject): JsonObject {
  const payload = filled(description.events[event] ?? {}, given) as JsonObject;
  const problems = payloadProblems(event, payload);
  if (problems.length > 0) throw new Error(`${event}: ${problems.slice(0, 5).join("; ")}`);
  return payload;
}

export interface PullRequestFacts {
  head: string;
  base: string;
  /** `owner/name`; null: the fork is gone. */
  headRepository?: string | null;
  branch?: string;
  title?: string;
  author?: string;
}

function pullRequest({ head, base, ...more }: PullRequestFacts): JsonObject {
  const { headRepository = "acme/shop", branch = "feature", title = "The change", author = "ada" } = more;
  return {
    number: 7,
    title,
    user: { login: author },
    head: {
      sha: head,
      ref: branch,
      repo: headRepository === null ? null : { full_name: headRepository },
    },
    base: { sha: base, ref: "main", repo: { full_name: "acme/shop" } },
  };
}

/** `pull_request` and `pull_request_target` have the same payloads. */
export function pullRequestPayload(action: string, facts: PullRequestFacts): JsonObject {
  const more = action === "synchronize" ? { before: facts.base, after: facts.head } : {};
  return payloadOf(`pull-request-${action}`, {
    action,
    number: 7,
    ...more,
    pull_request: pullRequest(facts),
  });
}

export function reviewPayload(action: "submitted" | "dismissed", facts: PullRequestFacts): JsonObject {
  return payloadOf(`pull-request-review-${action}`, { action, pull_request: pullRequest(facts) });
}

export function pushPayload(before: string, after: string, ref = "refs/heads/main"): JsonObject {
  return payloadOf("push", { ref, before, after, deleted: /^0+$/.test(after), created: /^0+$/.test(before) });
}

export function mergeGroupPayload(base: string, head: string): JsonObject {
  return payloadOf("merge-group-checks-requested", {
    action: "checks_requested",
    merge_group: {
      base_sha: base,
      base_ref: "refs/heads/main",
      head_sha: head,
      head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${base}`,
      head_commit: { id: head, tree_id: head },
    },
  });
}

export function dispatchPayload(): JsonObject {
  return payloadOf("workflow-dispatch", {
    inputs: null,
    ref: "refs/heads/main",
    workflow: ".github/workflows/x.yml",
  });
}

/** Of this one GitHub publishes nothing: it is no webhook. */
export function schedulePayload(): JsonObject {
  return { schedule: "0 5 * * 1", repository: { full_name: "acme/shop" } };
}

export function workflowRunPayload(changes: JsonObject): JsonObject {
  return payloadOf("workflow-run-completed", {
    action: "completed",
    workflow_run: {
      id: 20,
      run_attempt: 1,
      event: "pull_request",
      head_branch: "feature",
      head_repository: { full_name: "mallory/shop" },
      ...changes,
    },
  });
}

function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return description.components.schemas[schema.$ref.split("/").at(-1)!]!;
}

function filled(part: Schema, given: Json | undefined): Json {
  const schema = resolved(part);
  if (schema.allOf !== undefined) {
    return schema.allOf.reduce<Json>((value, one) => filled(one, value), given ?? {});
  }
  if (given === undefined && isNullable(schema)) return null;
  const [choice] = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== "null");
  if (choice !== undefined) return filled(choice, given);
  const isSet = typeof given === "object" && given !== null && !Array.isArray(given);
  if (given !== undefined && !isSet) return given;
  if (schema.properties === undefined) return given ?? plainest(schema);
  const known: JsonObject = isSet ? given : {};
  const names = new Set([...(schema.required ?? []), ...Object.keys(known)]);
  return Object.fromEntries(
    [...names].map((name) => [name, filled(schema.properties?.[name] ?? {}, known[name])]),
  );
}

function isNullable({ type, anyOf, oneOf, enum: words }: Schema): boolean {
  // Where both are given, both count.
  const types = Array.isArray(type) && oneOf === undefined ? type : [];
  return (
    types.includes("null") ||
    words?.includes(null) === true ||
    anyOf?.some((one) => one.type === "null") === true
  );
}

function plainest({ type, enum: words }: Schema): Json {
  if (words !== undefined) return words[0]!;
  const kind = Array.isArray(type) ? type[0] : type;
  if (kind === "integer" || kind === "number") return 1;
  if (kind === "boolean") return false;
  if (kind === "array") return [];
  return kind === "object" ? {} : "x";
}
