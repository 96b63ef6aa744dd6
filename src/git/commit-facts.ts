import type { CloneCommit } from "../check/bisect/ports.ts";

/** What a commit says of itself; all of it is the author's to choose. `text`: the object as Git stores it. */
export function commitFacts(id: string, text: Uint8Array): CloneCommit {
  const lines = new TextDecoder().decode(text).split("\n");
  const end = lines.indexOf("");
  const headers = lines.slice(0, end < 0 ? lines.length : end);
  const [author, committer] = [signature(headers, "author"), signature(headers, "committer")];
  const message = end < 0 ? [] : lines.slice(end + 1);
  const start = message.findIndex((line) => line.trim() !== "");
  const rest = start < 0 ? [] : message.slice(start);
  const stop = rest.findIndex((line) => line.trim() === "");
  // As Git has it: the lines up to the first empty one are the subject.
  const subject = rest.slice(0, stop < 0 ? rest.length : stop).map((line) => line.trim());
  return { id, ...author, subject: subject.join(" "), committed: committer.seconds };
}

function signature(headers: readonly string[], role: string): { author: string; seconds: number } {
  const line = headers.find((header) => header.startsWith(`${role} `)) ?? "";
  const [, name = "", seconds = "0"] = /^\w+ (.*?) ?<[^>]*> (-?\d+)/.exec(line) ?? [];
  return { author: name, seconds: Number(seconds) };
}
