/** What a client said about a settings file. */
export interface SettingsWord {
  /** Absolute path, as the client knows it. */
  file: string;
  /** As the client writes it, dots between: `permissions.deny`; null: the file as a whole. */
  key: string | null;
  message: string;
}

/**
 * Finds what a client says about settings files in lines that it printed: `claude doctor` writes
 * `- FILE › KEY: MESSAGE` with a suggested fix below, a session says of managed settings `FILE (KEY): MESSAGE` on
 * standard error.
 * @param files absolute paths; lines about anything else are passed over.
 */
export function settingsWords(lines: readonly string[], files: readonly string[]): SettingsWord[] {
  const words: SettingsWord[] = [];
  let last: SettingsWord | null = null;
  for (const line of lines) {
    const text = line.trim().replace(/^- /, "");
    const fix = /^Suggested fix: /.test(text);
    if (fix && last !== null) last.message += ` ${text}`;
    last = fix ? last : wordIn(text, files);
    if (last !== null && !fix) words.push(last);
  }
  return distinct(words);
}

function wordIn(text: string, files: readonly string[]): SettingsWord | null {
  const file = files.find((path) => text.startsWith(path));
  if (file === undefined) return null;
  const [, dotted, bracketed, message] =
    /^(?: › ([^:]+)| \(([^)]+)\))?: (.+)$/.exec(text.slice(file.length)) ?? [];
  return message === undefined ? null : { file, key: dotted ?? bracketed ?? null, message };
}

/** A client may say the same thing in several places. */
export function distinct(words: readonly SettingsWord[]): SettingsWord[] {
  return [
    ...new Map(words.map((word) => [JSON.stringify([word.file, word.key, word.message]), word])).values(),
  ];
}
