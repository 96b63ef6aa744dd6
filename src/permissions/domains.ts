import { PREAPPROVED_HOSTS } from "./client-facts/hosts.ts";
import { matchesParts } from "./command-pattern.ts";

/**
 * The host of a URL as rules see it: as the URL standard reads it (so neither user info nor backslashes can pretend to
 * be another host), lower case, without trailing dot; null when there is none.
 */
export function hostOf(url: string): string | null {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(url) && !/^[^/]+:\d/.test(url) ? url : `https://${url}`;
  if (!URL.canParse(text)) return null;
  const host = new URL(text).hostname.toLowerCase().replace(/\.$/, "");
  return host === "" ? null : host;
}

/**
 * `*.example.com` is any depth below, never the apex; a `*` elsewhere stays within one label, except that a leading
 * star without a dot spans anything that ends so; `*` alone is every host (reference, section 1.8).
 */
export function matchesDomain(pattern: string, host: string): boolean {
  if (pattern === "*") return true;
  if (pattern.startsWith("*.")) {
    const rest = pattern.slice(2);
    for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", dot + 1)) {
      if (dot > 0 && matchesLabels(rest, host.slice(dot + 1))) return true;
    }
    return false;
  }
  return matchesLabels(pattern, host);
}

/** Label by label, since a star stays within one. */
function matchesLabels(pattern: string, host: string): boolean {
  const patterns = pattern.split(".");
  const labels = host.split(".");
  return (
    patterns.length === labels.length &&
    patterns.every((label, index) => matchesParts(label.split("*"), labels[index]!))
  );
}

/** Hosts of the same kind, of which it is not known whether they are on the client's list. */
const DOCUMENTATION_HOST =
  /^(?:docs|doc|developer|developers|learn|reference|wiki|man|platform)\.|(?:^|\.)(?:readthedocs\.io|rust-lang\.org|nodejs\.org|mozilla\.org|python\.org|go\.dev|php\.net|cppreference\.com|anthropic\.com|claude\.com|modelcontextprotocol\.io)$/;

export function isPreapprovedHost(host: string): boolean | "undecided" {
  if (PREAPPROVED_HOSTS.has(host)) return true;
  return DOCUMENTATION_HOST.test(host) ? "undecided" : false;
}
