import { realpathSync } from "node:fs";
import { parseAttribute } from "../check/attribute.ts";
import type { CheckRequest } from "../check/request.ts";
import type { Io } from "./io.ts";
import type { CheckOptions } from "./options.ts";
import { endsOf } from "./revisions.ts";

/** The options as a request: every default resolved. */
export function checkRequest(options: CheckOptions, io: Io): CheckRequest {
  const inCi = io.env.CI !== undefined && io.env.CI !== "" && io.env.CI !== "false";
  return {
    directory: realpathSync(io.cwd),
    ...endsOf(options, inCi),
    flakes: options.flakes,
    attribute: parseAttribute(options.attribute),
    organisations: options.orgs,
    trust: options.untrusted ? "untrusted" : "trusted",
    offline: options.offline,
    debug: options.debug,
    cache: options.cache,
    client: options.client,
    failOn: options.failOn,
    frozen: options.frozen,
    approve: options.approve,
    limits: options.limits,
    probeWith: options.probe.with,
    purpose: "judge",
  };
}
