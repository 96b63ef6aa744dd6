import type { CommitFacts } from "../check/ports.ts";

/** What a commit says of itself; all of it is the author's to choose. `text`: the object as Git stores it. */
export function commitFacts(id: string, text: Uint8Array): CommitFacts {
  const lines = new TextDecoder().decode(text).split("\n");
  const end = lines.indexOf("");
  const author = lines.slice(0, end < 0 ? lines.length : end).find((line) => line.startsWith("author "));
  const [, name = "", seconds = "0"] = /^author (.*?) ?<[^>]*> (-?\d+)/.exec(author ?? "") ?? [];
  const message = end < 0 ? [] : lines.slice(end + 1);
  const start = message.findIndex((line) => line.trim() !== "");
  const rest = start < 0 ? [] : message.slice(start);
  const stop = rest.findIndex((line) => line.trim() === "");
  // As Git has it: the lines up to the first empty one are the subject.
  const subject = rest.slice(0, stop < 0 ? rest.length : stop).map((line) => line.trim());
  return { id, author: name, seconds: Number(seconds), subject: subject.join(" ") };
}
