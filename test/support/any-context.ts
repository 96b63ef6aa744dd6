import fc from "fast-check";
import { fileOf, packageOf, type Writable, type WritableSet } from "./context.ts";

/*
 * Contexts as users would write them, from few words, so that two of them often have something in common; with lists
 * whose order says nothing, rules in several spellings, and values that differ in nothing but their spelling.
 */

const RULES = [
  "Bash(git *)",
  "Bash(git:*)",
  "Bash(npm test)",
  "WebFetch",
  "WebFetch(domain:example.org)",
  "Edit(src/**)",
  "Edit(./src/**)",
  "Read(~/.ssh/**)",
  "not a (rule",
];
const TEXTS = ["", " ", "One line.", "Two\nlines.\n", "tab\tand \u202e", "é ##[x]", "\r\nback", "__proto__"];
const NAMES = ["a", "b c", "__proto__", "constructor", "10", "x.y"];

const text = fc.constantFrom(...TEXTS);
const rules = fc.array(fc.constantFrom(...RULES), { maxLength: 4 });
const named = <T extends Writable>(value: fc.Arbitrary<T>): fc.Arbitrary<WritableSet> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), value), { selector: ([name]) => name, maxLength: 3 })
    .map((entries) => Object.fromEntries(entries));
const optional = <T extends Writable>(members: Record<string, fc.Arbitrary<T>>): fc.Arbitrary<WritableSet> =>
  fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<WritableSet>;

const hosts = fc.array(fc.constantFrom("a.org", "b.org", "c.org"), { maxLength: 3 });
const tool: fc.Arbitrary<Writable> = optional<Writable>({
  description: text,
  pkg: fc.constantFrom(packageOf("ripgrep-14.1.0"), packageOf("jq-1.7")),
  alwaysApprove: fc.boolean(),
  command: fc.constantFrom("rg --json", ["rg", "--json"]),
  examples: fc.array(text, { maxLength: 2 }),
  inputSchema: fc.constantFrom({ type: "object" }, { type: "object", required: ["x", "y"] }),
});
const server: fc.Arbitrary<Writable> = fc.constantFrom<Writable>(
  { command: "notes" },
  { command: "notes", args: ["--x"], env: { A: "1" }, timeout: 3 },
  { type: "http", url: "https://a.org", headers: { X: "1" } },
  packageOf("server-1.0", { mainProgram: "serve" }),
  { command: fileOf("./serve.sh", "echo"), args: [] },
);
const hook: fc.Arbitrary<Writable> = fc.record({
  matcher: fc.constantFrom("", "*", "Bash"),
  hooks: fc.array(fc.constantFrom({ type: "command", command: "x" }, { type: "command", command: "y" }), {
    maxLength: 3,
  }),
});
const constraint: fc.Arbitrary<Writable> = fc.constantFrom<Writable>(
  { forbid: { allow: ["Bash(rm *)"] } },
  { forbid: { allow: ["Bash(rm *)"] }, description: "Why.\nAnd how." },
  { require: { deny: ["Bash(rm *)"], persona: ["Be kind."] }, severity: "warning", waivable: false },
  { maxAgeDays: 30 },
  { schema: { type: "object" }, changes: { widens: "approve" } },
);

/** `claudeContext` without its version. */
export const anyContext: fc.Arbitrary<WritableSet> = optional<Writable>({
  persona: text.filter((said) => said !== "__proto__"),
  model: fc.constantFrom("opus", "haiku"),
  system: optional({ type: fc.constant("linux"), version: fc.constantFrom("1", "2") }).map((facts) => ({
    type: "linux",
    version: "1",
    ...facts,
  })),
  policies: named(text),
  autoApprove: rules,
  permissions: optional<Writable>({
    allow: rules,
    ask: rules,
    deny: rules,
    defaultMode: fc.constantFrom("plan", "default", "manual"),
    additionalDirectories: fc.array(fc.constantFrom("../a", "../a/", "../b"), { maxLength: 3 }),
    disableBypassPermissionsMode: fc.constant("disable"),
    disableAutoMode: fc.constant("disable"),
    denyInsteadOfPrompting: fc.boolean(),
  }),
  tools: named(tool),
  mcpServers: named(server),
  skills: named(
    fc.record({ description: fc.constantFrom("S.", "T."), text: text }).map((skill): Writable => skill),
  ),
  agents: named(fc.record({ description: fc.constant("A."), prompt: text }).map((agent): Writable => agent)),
  commands: named(text.map((said): Writable => `Do it. ${said}`)),
  hooks: optional({ Stop: fc.array(hook, { maxLength: 2 }), PreToolUse: fc.array(hook, { maxLength: 2 }) }),
  env: named(fc.constantFrom<Writable>("1", "2", 3)),
  sandbox: optional<Writable>({
    enabled: fc.boolean(),
    excludedCommands: hosts,
    network: optional({ allowedDomains: hosts, deniedDomains: hosts }),
  }),
  settings: optional<Writable>({
    theme: fc.constantFrom("dark", "light"),
    availableModels: hosts,
    autoMode: optional({ allow: hosts }),
    enabledPlugins: fc.constantFrom({ a: true }, { a: true, b: false }, {}),
  }),
  constraints: named(constraint),
  waivers: fc.constantFrom(
    { "skill-added": { reason: "R.", owner: "ada", expires: "2999-01-01" } },
    { "skill-added": { reason: "R.", owner: "ada", expires: "2999-01-01", only: { path: "skills.a" } } },
  ),
});

/** A context beside which stands another that differs in one surface only, or in none. */
export const twoContexts: fc.Arbitrary<[WritableSet, WritableSet]> = fc
  .tuple(anyContext, anyContext, fc.nat())
  .map(([one, other, which]) => {
    const keys = Object.keys({ ...one, ...other });
    const key = keys[which % Math.max(1, keys.length)];
    if (key === undefined) return [one, one];
    const { [key]: _, ...rest } = one;
    return [one, key in other ? { ...rest, [key]: other[key] as Writable } : rest];
  });

/** The same value with the members of every set in another order. */
export function reordered(value: Writable): Writable {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reordered(item as Writable)]),
  );
}
