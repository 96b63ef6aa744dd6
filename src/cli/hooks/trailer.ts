/** The trailer that says how a commit changes what Claude may do. Messages are Latin-1, so that every byte is kept. */
export function trailerText(words: string): string {
  return `AI-Behavior: ${words}`;
}

/** Without any that is there: copied from an amended commit, or left over from an earlier run. */
export function withoutTrailer(message: string): string {
  return message.replace(/^AI-Behavior:.*(?:\n|$)/gim, "");
}

/** After the line on which the subject will stand: what an editor shows first, and Git takes out again. */
export function withNote(message: string, comment: string): string {
  const end = message.indexOf("\n") + 1;
  return end === 0 ? `${message}\n${comment}` : message.slice(0, end) + comment + message.slice(end);
}

/** The trailer that stands in a comment, and the message without that comment; null when there is none. */
export function takeNote(message: string): { trailer: string; message: string } | null {
  const found = /^\S{1,8} ?(AI-Behavior: [a-z0-9 (),]+)(?:\n|$)/m.exec(message);
  if (found === null) return null;
  const rest = message.slice(0, found.index) + message.slice(found.index + found[0].length);
  return { trailer: found[1]!, message: rest };
}
