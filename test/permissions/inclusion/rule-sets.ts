import type { PermissionSet, SearchOptions } from "../../../src/permissions/index.ts";

/** A set with nothing in it but what is given. */
export function setOf(given: Partial<PermissionSet> = {}): PermissionSet {
  return {
    allow: [],
    ask: [],
    deny: [],
    mode: null,
    additionalDirectories: [],
    bypassDisabled: false,
    sandboxApprovesBash: false,
    other: {},
    ...given,
  };
}

export const OPTIONS: SearchOptions = { client: "2.1.330", steps: 1_000_000 };
