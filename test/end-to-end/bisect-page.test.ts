import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";
import { bisect, contextFlake, githubLock, type Words, wordsFlake } from "./bisect-world.ts";

/** A year of an organisation's standards: what its flake says since a commit. */
const COMMITS: readonly [day: string, author: string, subject: string, words?: Words][] = [
  ["2026-01-12", "Ada Okafor", "Begin with what everybody does"],
  ["2026-01-19", "Ada Okafor", "Say where the handbook is"],
  ["2026-02-02", "Jun Sato", "Fix a typo"],
  ["2026-02-09", "Jun Sato", "Let reviews be opened without asking", { allow: ["Bash(gh pr create *)"] }],
  ["2026-02-23", "Ada Okafor", "Sort the list of teams"],
  ["2026-03-02", "Mila Brandt", "Prepare for the new formatter", { needed: "(import ./formatter.nix)" }],
  ["2026-03-03", "Mila Brandt", "Add the formatter that was forgotten", { needed: "null" }],
  ["2026-03-16", "Jun Sato", "Explain how releases are cut"],
  ["2026-04-06", "Ada Okafor", "Speak plainly", { persona: "You write short, plain sentences." }],
  ["2026-04-20", "Mila Brandt", "Update the copyright"],
  ["2026-05-04", "Jun Sato", "Clean up permissions", { deny: [] }],
  ["2026-05-18", "Ada Okafor", "Say more about on-call"],
];

function standards() {
  const repository = createRepository();
  let words: Words = { deny: ["Bash(terraform apply *)"] };
  const ids = COMMITS.map(([day, author, subject, more], index) => {
    words = { ...words, ...more };
    repository.write({ ...wordsFlake(words), "handbook.md": `${index}\n` });
    repository.git("add", "-A");
    const date = `${day}T09:00:00Z`;
    const env = { GIT_AUTHOR_NAME: author, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    repository.run(["commit", "-q", "-m", subject], { env });
    return repository.head();
  });
  return { repository, ids };
}

test("docs/bisect.md shows what the command prints", async () => {
  const { repository: clone, ids } = standards();
  const root = createRepository(contextFlake('company.url = "github:acme/standards";'));
  root.write({ "flake.lock": githubLock(ids[0]!) });
  root.commit("lock");
  root.write({ "flake.lock": githubLock(ids.at(-1)!) });
  root.commit("update");
  const { status, stdout, stderr } = await bisect(root, ["--clone", clone.root]);
  expect(status).toBe(0);
  const shown = `${stderr}\n${stdout}`
    .replace(clone.root, "/home/you/standards")
    .replace(/\d+\.\d s/, "1.2 s");
  await expect(shown).toMatchFileSnapshot("golden/bisect.txt");
  const page = readFileSync("docs/bisect.md", "utf8");
  const [, printed] =
    /<!-- bisect output -->\n```text\n\$ [^\n]*\n([\s\S]*?)```\n<!-- \/bisect output -->/.exec(page)!;
  expect(printed).toBe(shown);
});
