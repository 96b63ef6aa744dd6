import type { RevisionSpec } from "../check/ports.ts";
import { type Checkout, fetchMissingCommits, parentsOf } from "../git/index.ts";
import type { End } from "./event.ts";

const FULL_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Both ends as revisions that are there: what a shallow checkout lacks is fetched, one commit each. */
export async function presentEnds(
  checkout: Checkout,
  base: End,
  head: End & { kind: "commit" },
): Promise<{ base: RevisionSpec; head: RevisionSpec }> {
  await fetchMissingCommits(checkout, [head.id]);
  const before = await commitOf(checkout, base);
  if (before !== null) await fetchMissingCommits(checkout, [before]);
  return {
    base: before === null ? { kind: "none" } : { kind: "revision", name: before },
    head: { kind: "revision", name: head.id },
  };
}

/** Revisions that somebody named; ids are fetched, names are what the checkout knows under them. */
export async function namedEnd(checkout: Checkout, name: string): Promise<RevisionSpec> {
  if (name === "none") return { kind: "none" };
  if (FULL_ID.test(name)) await fetchMissingCommits(checkout, [name]);
  return { kind: "revision", name };
}

async function commitOf(checkout: Checkout, end: End): Promise<string | null> {
  switch (end.kind) {
    case "none":
      return null;
    case "commit":
      return end.id;
    case "first-parent":
      return (await parentsOf(checkout, end.of))[0] ?? null;
  }
}
