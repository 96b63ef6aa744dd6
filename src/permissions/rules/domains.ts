import type { ClientVersion } from "../../model/semantics.ts";
import { parsedUrl } from "../../model/url.ts";
import { NOT_PREAPPROVED, PREAPPROVED_SITES } from "../client-facts/hosts.ts";
import { matchesParts } from "./command-pattern.ts";

/**
 * The host of a URL as rules see it: as the URL standard reads it (so neither user info nor backslashes can pretend to
 * be another host), lower case, without trailing dot; empty where it has none; null: it is no URL.
 */
export function hostOf(url: string): string | null {
  return addressIn(url)?.hostname.toLowerCase().replace(/\.+$/, "") ?? null;
}

function addressIn(written: string): URL | null {
  const url = written.trim();
  // What looks like a scheme is one: `https:1.2.3.4` has a host, and `zz.com:80` has none.
  const text = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return parsedUrl(text);
}

/**
 * `*.example.com` is any depth below, never the apex; a `*` elsewhere stays within one label, except that a leading
 * star without a dot spans anything that ends so; `*` alone is every host (reference, section 1.8).
 */
export function matchesDomain(pattern: string, host: string): boolean {
  if (pattern === "*") return true;
  if (pattern.startsWith("*.")) {
    const rest = pattern.slice(2);
    let start = 0;
    for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", start)) {
      // Measured: no empty label is among those that `*.` spans.
      if (dot === start) return false;
      start = dot + 1;
      if (matchesLabels(rest, host.slice(start))) return true;
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

/** Names that may be those of documentation; whether the client approves one that nobody asked about is not known. */
const DOCUMENTATION_HOST = /^(?:api|dev|docs?|developers?|guides|help|learn|manual|platform|reference)\./;
/** Names that nobody can own (RFC 2606, RFC 6761), and addresses. */
const NO_SITE =
  /(?:^|\.)example\.(?:com|net|org)$|\.(?:example|test|invalid|localhost|local|internal)$|^[\d.]+$|^\[/;

/** Does the client approve the address by itself? It compares the host as written, so a trailing dot is another one. */
export function isPreapproved(url: string, client: ClientVersion): boolean | "undecided" {
  const parsed = addressIn(url);
  if (parsed === null) return false;
  const { hostname: host, pathname } = parsed;
  const known = PREAPPROVED_SITES.filter((site) => site.host === host);
  if (known.length > 0) {
    return known.some(
      ({ path, clients }) =>
        clients.includes(client) && (path === "" || pathname === path || pathname.startsWith(`${path}/`)),
    );
  }
  const open = DOCUMENTATION_HOST.test(host) && !host.endsWith(".") && !NO_SITE.test(host);
  return open && !NOT_PREAPPROVED.has(host) ? "undecided" : false;
}
