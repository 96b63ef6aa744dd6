import { describe, expect, test } from "vitest";
import { hostOf, matchesDomain } from "../../src/permissions/rules/domains.ts";

describe("hostOf", () => {
  test.each([
    ["https://example.com/a?b=1", "example.com"],
    ["http://EXAMPLE.com.:8443/", "example.com"],
    ["https://user:pw@evil.test/", "evil.test"],
    ["https://example.com@evil.test/", "evil.test"],
    ["https://example.com\\@evil.test/", "example.com"],
    ["https://evil.test#@example.com", "evil.test"],
    ["https://evil.test?@example.com", "evil.test"],
    ["http://169.254.169.254/latest", "169.254.169.254"],
    ["http://2852039166/", "169.254.169.254"],
    ["example.com/x", "example.com"],
    // Read as a scheme: a URL without a host, which `domain:*` covers.
    ["example.com:8443/x", ""],
    ["https:169.254.169.254", "169.254.169.254"],
    ["https://", null],
    ["", null],
  ])("%s: %s", (url, host) => {
    expect(hostOf(url)).toBe(host);
  });

  test("is the same however often it was asked", () => {
    const hosts = Array.from({ length: 20_000 }, () => hostOf("https://zé.com/a"));
    expect(new Set(hosts)).toEqual(new Set(["xn--z-bga.com"]));
  });
});

describe("matchesDomain", () => {
  test.each([
    ["example.com", "example.com", true],
    ["example.com", "api.example.com", false],
    ["*.example.com", "a.b.example.com", true],
    ["*.example.com", "example.com", false],
    ["*.example.com", "notexample.com", false],
    ["*.example.com", "example.com.evil.test", false],
    ["example.*", "example.org", true],
    ["example.*", "example.com.evil.org", false],
    ["*example.com", "notexample.com", true],
    ["api-*.example.com", "api-1.example.com", true],
    ["api-*.example.com", "api-1.x.example.com", false],
    ["*", "anything.at.all", true],
    ["*.example.com", "a..example.com", false],
    ["*.example.com", ".a.example.com", false],
    ["*", ".a.example.com", true],
  ])("%s on %s: %s", (pattern, host, expected) => {
    expect(matchesDomain(pattern, host)).toBe(expected);
  });
});
