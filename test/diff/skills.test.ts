import { expect, test } from "vitest";
import { directoryOf, packageOf, type WritableSet } from "../support/context.ts";
import { changesBetween, inShort } from "./support.ts";

const FILES = { "SKILL.md": "---\nname: s\ndescription: Does it.\n---\nDo it.", "x.sh": "one" };
const GRANTING = { ...FILES, "SKILL.md": "---\nallowed-tools: Bash(./x.sh *)\n---\nDo it." };

test.each<[string, WritableSet, WritableSet, string[]]>([
  ["a new skill is instruction", {}, skill({}), ["incomparable skills.s added"]],
  [
    "a new skill that approves tools widens",
    {},
    skill({ "allowed-tools": "Bash(git *)" }),
    ["widens skills.s added"],
  ],
  [
    "one more approved tool widens",
    skill({ "allowed-tools": "Read" }),
    skill({ "allowed-tools": "Read, Bash(git *)" }),
    ["widens skills.s changed"],
  ],
  [
    "one approved tool less still is another text",
    skill({ "allowed-tools": "Read Grep" }),
    skill({ "allowed-tools": "Read" }),
    ["incomparable skills.s changed"],
  ],
  [
    "a narrower grant in place of a wider one is another text",
    skill({ "allowed-tools": "Bash(git *)" }),
    skill({ "allowed-tools": "Bash(git status)" }),
    ["incomparable skills.s changed"],
  ],
  [
    "members of the list may hold several rules",
    skill({ "allowed-tools": ["Read"] }),
    skill({ "allowed-tools": ["Read, Bash(git *)"] }),
    ["widens skills.s changed"],
  ],
  [
    "grants that are no list are undecided",
    skill({}),
    skill({ "allowed-tools": { Bash: true } }),
    ["undecided skills.s changed"],
  ],
  [
    "hooks that go may have held calls back",
    skill({ hooks: { PreToolUse: [] } }),
    skill({}),
    ["undecided skills.s changed"],
  ],
  [
    "a refusal that goes widens",
    skill({ "disallowed-tools": "Bash" }),
    skill({}),
    ["widens skills.s changed"],
  ],
  ["hooks widen", skill({}), skill({ hooks: { Stop: [] } }), ["widens skills.s changed"]],
  [
    "the model may call it again",
    skill({ "disable-model-invocation": true }),
    skill({}),
    ["widens skills.s changed"],
  ],
  [
    "a key that nobody knows is undecided",
    skill({}),
    skill({ powers: "all" }),
    ["undecided skills.s changed"],
  ],
  [
    "a skill that goes cannot be compared",
    skill({ "allowed-tools": "Bash" }),
    {},
    ["incomparable skills.s removed"],
  ],
  [
    "a command that runs while it is read widens",
    skill({}),
    skill({}, "See !`git log`."),
    ["widens skills.s changed"],
  ],
  [
    "other words around the same injected command are another text",
    skill({}, "See !`git log`."),
    skill({}, "Read !`git log`."),
    ["incomparable skills.s changed"],
  ],
  [
    "another command in an injected block widens",
    skill({}, "```!\nls\n```\n"),
    skill({}, "```!\nls\nwhoami\n```\n"),
    ["widens skills.s changed"],
  ],
  [
    "another script beside a text that approves tools is other code",
    { skills: { s: directoryOf("./a", GRANTING) } },
    { skills: { s: directoryOf("./a", { ...GRANTING, "x.sh": "two" }) } },
    ["widens skills.s changed"],
  ],
  [
    "a text that cannot be read may grant anything",
    { skills: { s: directoryOf("./a", FILES) } },
    { skills: { s: packageOf("s-2") } },
    ["undecided skills.s changed"],
  ],
  [
    "the same bytes elsewhere are the same skill",
    { skills: { s: directoryOf("./a", FILES) } },
    { skills: { s: directoryOf("<std>/b", FILES) } },
    [],
  ],
  [
    "another file beside it is another skill",
    { skills: { s: directoryOf("./a", FILES) } },
    { skills: { s: directoryOf("./a", { ...FILES, "x.sh": "two" }) } },
    ["incomparable skills.s changed"],
  ],
])("%s", (_, before, after, changes) => {
  expect(inShort(changesBetween(before, after), "skills")).toEqual(changes);
});

test("a change of the text carries the words that differ", () => {
  const [change] = changesBetween(skill({}, "Ask first."), skill({}, "Ask later."));
  expect(change?.textDiff?.filter(({ kind }) => kind !== "same")).toEqual([
    { kind: "removed", text: "first" },
    { kind: "added", text: "later" },
  ]);
});

function skill(attributes: WritableSet, text = "Do it."): WritableSet {
  return { skills: { s: { description: "Does it.", ...attributes, text } } };
}
