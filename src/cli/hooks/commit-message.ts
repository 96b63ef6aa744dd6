import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { messageTools } from "../../git/commit-message.ts";
import type { Io } from "../io.ts";
import { takeNote, withoutTrailer } from "./trailer.ts";

/** Makes a trailer of the comment that `prepare-commit-msg` has left for a message that was still to be typed. */
export async function commitMessage([name = ""]: readonly string[], io: Io): Promise<number> {
  const file = resolve(io.cwd, name);
  const note = takeNote(readFileSync(file, "latin1"));
  if (note === null) return 0;
  const message = withoutTrailer(note.message);
  writeFileSync(file, message, "latin1");
  const tools = messageTools(io.cwd, io.env);
  // An empty message is how a commit is called off.
  if (await tools.saysSomething(message)) await tools.addTrailer(file, note.trailer);
  return 0;
}
