import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signatureOf, signText } from "../../src/artifacts/signature.ts";
import { parseFrontMatter } from "../../src/context/front-matter.ts";

const SKILL = ".claude/skills/review/SKILL.md";
const PLACES = ["CLAUDE.md", SKILL, ".claude/commands/explain.md"];
const NOTE = "Written by nixclaude render from the flake's context: change it there, not here.";
const DIGEST = "a".repeat(64);

const TEXTS: [what: string, text: string][] = [
  ["prose", "Explain $1.\n"],
  ["nothing", ""],
  ["front matter", "---\nname: x\ndescription: d\n---\nbody\n"],
  ["empty front matter", "---\n---\nbody\n"],
  ["front matter behind a byte order mark", "\uFEFF---\nname: x\n---\nbody\n"],
  ["front matter that is never closed", "---\nname: x\n"],
  ["front matter that is no YAML", "---\na: [\n---\nbody\n"],
  ["a rule in the first line", "---\n\nbody\n"],
  ["Windows line ends", "---\r\nname: x\r\n---\r\nbody\r\n"],
  ["a line of another file's header", `---\n# beside it: sha256:${DIGEST} a.sh\nname: x\n---\nbody\n`],
  ["a whole header of another file", `---\n# ${NOTE} sha256:${DIGEST}\nname: x\n---\nbody\n`],
  ["no line feed at its end", "Explain."],
];

describe.each(PLACES)("%s", (path) => {
  test.each(TEXTS)("of %s says that it was written, and that nobody has changed it since", (_, text) => {
    expect(signatureOf(path, text)?.intact ?? false).toBe(false);
    expect(signatureOf(path, signText(path, text))).toEqual({
      intact: true,
      body: expect.any(String),
      beside: {},
    });
  });

  test.each(TEXTS)("of %s says when somebody has", (_, text) => {
    const signed = signText(path, text);
    expect(signatureOf(path, `${signed}more\n`)).toMatchObject({ intact: false });
    const digest = /sha256:([0-9a-f]{64})/.exec(signed)![1]!;
    expect(signatureOf(path, signed.replace(digest, DIGEST))).toMatchObject({ intact: false });
  });

  test.each(TEXTS)("of %s may be checked out with other line ends", (_, text) => {
    const windows = signText(path, text).replaceAll("\n", "\r\n");
    expect(signatureOf(path, windows)).toMatchObject({ intact: true });
  });
});

test("for every text, a header can be read back, and one letter more is seen", () => {
  const text = fc.array(
    fc.constantFrom(
      "---\n",
      "name: x\n",
      `# ${NOTE}`,
      "<!-- ",
      " -->\n",
      "\n",
      "a",
      "# beside it: ",
      "\r\n",
      "\uFEFF",
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...PLACES), text, fc.nat(), (path, parts, at) => {
      const signed = signText(path, parts.join(""));
      expect(signatureOf(path, signed)?.intact).toBe(true);
      const end = signed.indexOf(NOTE) + NOTE.length + " sha256:".length + 64 + " -->\n".length;
      const place = end + (at % (signed.length - end + 1));
      const changed = signatureOf(path, `${signed.slice(0, place)}x${signed.slice(place)}`);
      expect(changed?.intact ?? false).toBe(false);
    }),
  );
});

test.each([
  ["a skill", SKILL, "---\nname: x\nallowed-tools: [Read]\n---\nbody\n"],
  ["a text without front matter", ".claude/commands/x.md", "body\n"],
])("the client reads the same of %s", (_, path, text) => {
  const { attributes, body } = parseFrontMatter(text);
  expect(parseFrontMatter(signText(path, text))).toEqual({ attributes, body, error: null });
});

test("files beside a text are named with their digests, in order, whatever they are called", () => {
  const beside = { "scripts/b c.sh": DIGEST, "a.txt": "b".repeat(64), __proto__x: "c".repeat(64) };
  const signed = signText(SKILL, "---\nname: x\n---\nbody\n", beside);
  expect(signed.split("\n").slice(2, 5)).toEqual([
    `# beside it: sha256:${"c".repeat(64)} __proto__x`,
    `# beside it: sha256:${"b".repeat(64)} a.txt`,
    `# beside it: sha256:${DIGEST} scripts/b c.sh`,
  ]);
  expect(signatureOf(SKILL, signed)).toMatchObject({ intact: true, beside });
});

test.each(["../../../x", "/etc/passwd", "a/../../x", "a//b", "", "a\u0000b"])(
  "a header that names a file elsewhere (%j) names none",
  (name) => {
    const text = `---\n# ${NOTE} sha256:${DIGEST}\n# beside it: sha256:${DIGEST} ${name}\nname: x\n---\n`;
    expect(signatureOf(SKILL, text)?.intact).toBe(false);
    expect(signatureOf(SKILL, text)?.beside).toEqual({});
  },
);
