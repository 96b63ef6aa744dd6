import { createHash } from "node:crypto";
import type { Json } from "../model/json.ts";
import { canonicalJson } from "../model/json.ts";
import type { Tree } from "./ports.ts";
import type { CheckRequest } from "./request.ts";

/** What decides about a result beside the request: our own program, the evaluator that would run, and the day. */
export interface CacheIdentity {
  program: string;
  evaluator: string;
  /** UTC day: waivers expire and inputs grow old. */
  today: string;
}

/**
 * Key of a finished report. It names everything that can change the report; a directory is not enough, since a
 * flake can import from anywhere in its tree, so whole trees are named.
 */
export function reportKey(
  request: CheckRequest,
  root: string,
  trees: { before: Tree | null; after: Tree },
  identity: CacheIdentity,
): string {
  return digest("report", {
    ...identity,
    root,
    before: sideKey(trees.before),
    after: sideKey(trees.after),
    directory: request.directory,
    flakes: [...request.flakes],
    attribute: [...request.attribute],
    trust: request.trust,
    client: request.client,
    failOn: request.failOn,
    frozen: request.frozen,
    approve: [...request.approve],
    limits: { ...request.limits },
  });
}

/** Key of one evaluated side. */
export function evaluationKey(
  request: CheckRequest,
  tree: Tree,
  flakeDirectory: string,
  identity: CacheIdentity,
): string {
  return digest("evaluation", {
    program: identity.program,
    evaluator: identity.evaluator,
    tree: tree.id,
    flakeDirectory,
    attribute: [...request.attribute],
    trust: request.trust,
    limits: { ...request.limits },
  });
}

/** Key of a tree that was evaluated with other inputs than its own. `mixture` names both. */
export function hybridKey(
  request: CheckRequest,
  mixture: string,
  flakeDirectory: string,
  identity: CacheIdentity,
): string {
  return digest("hybrid", {
    program: identity.program,
    evaluator: identity.evaluator,
    mixture,
    flakeDirectory,
    attribute: [...request.attribute],
    trust: request.trust,
    limits: { ...request.limits },
  });
}

function sideKey(tree: Tree | null): Json {
  return tree === null ? null : { revision: tree.revision, tree: tree.id };
}

function digest(kind: string, value: Json): string {
  return `${kind}-${createHash("sha256").update(canonicalJson(value)).digest("hex")}`;
}
