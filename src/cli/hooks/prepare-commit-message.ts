import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { RevisionSpec } from "../../check/ports.ts";
import { type MessageTools, messageTools } from "../../git/commit-message.ts";
import { visible } from "../../render/escape.ts";
import type { Io } from "../io.ts";
import { behaviorWords } from "./behavior-words.ts";
import { checkFor, hasNoContext } from "./judge.ts";
import { trailerText, withNote, withoutTrailer } from "./trailer.ts";

/**
 * Puts a trailer into the message of a commit that changes how Claude behaves: `AI-Behavior: wider (2)`. Git hands over
 * the file, where the message comes from, and for `--amend`, `-c` and `-C` the commit. Merges have none, since the
 * commits that they bring have theirs. The commit goes on whatever happens here.
 */
export async function prepareCommitMessage(
  [name = "", source = "", of = ""]: readonly string[],
  io: Io,
): Promise<number> {
  if (source === "merge" || source === "squash") return 0;
  const tools = messageTools(io.cwd, io.env);
  // Git says `HEAD` for a commit that is amended; what it is compared with is then the commit before.
  const amends = source === "commit" && of === "HEAD";
  if (await tools.isMerge(amends)) return 0;
  const words = await wordsFor(
    amends ? { kind: "first-parent", of: "HEAD" } : { kind: "revision", name: "HEAD" },
    io,
  );
  const file = resolve(io.cwd, name);
  const message = readFileSync(file, "latin1");
  const bare = withoutTrailer(message);
  if (bare !== message) writeFileSync(file, bare, "latin1");
  if (words !== null)
    await writeTrailer({ file, bare, isTyped: source === "" || source === "template" }, words, tools);
  return 0;
}

async function wordsFor(base: RevisionSpec, io: Io): Promise<string | null> {
  const outcome = await checkFor({ base }, io);
  if (outcome.kind === "checked") return behaviorWords(outcome.report);
  if (hasNoContext(outcome)) return null;
  io.stderr.write(
    `nixclaude: how this commit changes Claude's behavior could not be told: ${visible(outcome.error.message)}\n`,
  );
  return "unknown";
}

/**
 * A message that is still to be typed gets a comment, which `commit-msg` makes a trailer of: with the trailer in it,
 * it would not be empty any more, and leaving the editor would not stop the commit.
 */
async function writeTrailer(
  message: { file: string; bare: string; isTyped: boolean },
  words: string,
  tools: MessageTools,
): Promise<void> {
  const trailer = trailerText(words);
  if (!message.isTyped) return tools.addTrailer(message.file, trailer);
  writeFileSync(message.file, withNote(message.bare, await tools.comment(`${trailer}\n`)), "latin1");
}
