import type { Call } from "../../../src/model/permission.ts";
import { projectRules } from "../scenario.ts";
import type { Drawn } from "./command-scenarios.ts";
import type { Random } from "./random.ts";
import { mixedLists, rulesOf } from "./rule-mix.ts";

export const HOSTS = [
  "example.com",
  "a.example.com",
  "x.y.example.com",
  "notexample.com",
  "example.com.evil.test",
  "example.org",
  "evil.test",
  "localhost",
  "127.0.0.1",
  "169.254.169.254",
  "docs.python.org",
  "code.claude.com",
  "github.com",
  "raw.githubusercontent.com",
  "developer.mozilla.org",
  "nixos.org",
  "bücher.example",
  "xn--bcher-kva.example",
  "example.co.uk",
  "sub-domain.example.com",
];

const DOMAIN_PATTERNS = [
  "example.com",
  "*.example.com",
  "*example.com",
  "example.*",
  "*.com",
  "*",
  "a.*.com",
  "*.*.com",
  "**.example.com",
  "*.example.*",
  "ex*le.com",
  "EXAMPLE.com",
  "example.com.",
  ".example.com",
  "github.com",
  "evil.test",
  "127.0.0.1",
  "localhost",
  "docs.python.org",
  "*.python.org",
  "bücher.example",
  "example.com:8443",
  "example.com/path",
  "https://example.com",
  "",
  " example.com",
  "*.co.uk",
  "a?.example.com",
  "169.254.*.*",
];

export function webRule(random: Random): string {
  return random.weighted(
    [12, () => `WebFetch(domain:${random.pick(DOMAIN_PATTERNS)})`],
    [4, () => `WebFetch(domain:${random.pick(HOSTS)})`],
    [
      3,
      () =>
        random.pick(["WebFetch", "WebFetch(*)", "WebFetch()", "WebSearch", "WebSearch(x)", "WebSearch(*)"]),
    ],
    [
      2,
      () =>
        `WebFetch(${random.pick(["example.com", "https://example.com/*", "url:*", "prompt:x", "Domain:example.com"])})`,
    ],
  );
}

export function drawWeb(random: Random, calls: number): Drawn {
  const lists = mixedLists(
    random,
    () => webRule(random),
    () => random.pick(["WebFetch", "WebFetch(domain:*)", "WebFetch(*)"]),
  );
  const hosts = rulesOf(lists).flatMap((rule) => {
    const pattern = /^WebFetch\(domain:(.+)\)$/.exec(rule)?.[1];
    return pattern === undefined ? [] : [pattern];
  });
  const host = (): string => {
    if (hosts.length === 0 || random.chance(0.4)) return random.pick(HOSTS);
    return random
      .pick(hosts)
      .replace(/\*/g, () => random.pick(["a", "x", "www", "b-c"]))
      .trim();
  };
  return {
    rules: projectRules(lists),
    calls: Array.from({ length: calls }, () =>
      random.chance(0.04)
        ? { tool: "WebSearch", argument: random.pick(["x y", "example.com"]) }
        : webFetch(random, host()),
    ),
  };
}

/** Ways to write an address that a careless reader takes for another host. */
const TRICKS: readonly ((host: string) => string)[] = [
  (host) => `https:\\\\${host}\\`,
  (host) => `https:/${host}/`,
  (host) => `https:${host}`,
  (host) => `//${host}/`,
  (host) => `${host}/`,
  (host) => `https://evil.test\\@${host}/`,
  (host) => `https://${host}\\@evil.test/`,
  (host) => `https://${host}%2eevil.test/`,
  (host) => `https://${host}%00.evil.test/`,
  (host) => `https://${host.replace("e", "%65")}/`,
  (host) => `https://${host.replace("e", "\uff45")}/`,
  (host) => `https://${host.replace(".", "\u3002")}/`,
  (host) => `https://${host.replace("a", "a\u00ad")}/`,
  (host) => ` https://${host}/ `,
  (host) => `https://${host}/\t`,
  (host) => `https://${host}..`,
  (host) => `https://.${host}/`,
  (host) => `https://${host}:0443/`,
  (host) => `https://user@${host}@evil.test/`,
  (host) => `ftp://${host}/`,
  (host) => `file://${host}/etc/passwd`,
  () => "http://[::1]/",
  () => "http://[::ffff:127.0.0.1]/",
  () => "http://2130706433/",
  () => "http://0x7f.1/",
  () => "http://0177.0.0.1/",
  () => "http://127.1/",
];

function webFetch(random: Random, host: string): Call {
  if (random.chance(0.1)) return { tool: "WebFetch", argument: random.pick(TRICKS)(host) };
  const spelled = random.weighted(
    [10, () => host],
    [1, () => host.toUpperCase()],
    [1, () => `${host}.`],
    [1, () => `www.${host}`],
    [1, () => `x${host}`],
    [1, () => `${host}.evil.test`],
    [1, () => host.replace(/^[^.]+\./, "")],
  );
  const scheme = random.pick(["https", "https", "https", "https", "http", "HTTPS"]);
  const user = random.chance(0.06) ? random.pick(["u@", "u:p@", "example.com@"]) : "";
  const port = random.chance(0.1) ? random.pick([":8443", ":443", ":80"]) : "";
  const path = random.pick([
    "/",
    "",
    "/a/b?c=d#e",
    "/@example.com",
    "/..",
    "?example.com",
    "#example.com",
    "/%2e",
  ]);
  return { tool: "WebFetch", argument: `${scheme}://${user}${spelled}${port}${path}` };
}
