import { visible, withoutLineCommands } from "../../render/escape.ts";

/**
 * What a model says, for a terminal or a log, as it comes: it may have read hostile text. Line breaks and tabs stay, all
 * else that cannot be seen is spelled out, and no line is a command to a runner of workflows. What could become
 * something else with the next piece is held back until that is known.
 */
export class ModelText {
  readonly #write: (text: string) => void;
  #held = "";
  #atLineStart = true;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  add(text: string): void {
    const all = this.#held + text;
    const from = this.#undecidedFrom(all);
    this.#held = all.slice(from);
    this.#put(all.slice(0, from));
  }

  /** Ends the line that is under way. */
  end(): void {
    this.#put(this.#held);
    this.#held = "";
    if (!this.#atLineStart) this.#write("\n");
    this.#atLineStart = true;
  }

  #undecidedFrom(text: string): number {
    const lineStart = text.lastIndexOf("\n") + 1;
    const isStart = lineStart > 0 || this.#atLineStart;
    // `::command::` at the start of a line, `##[command]` anywhere, and the first half of a character.
    if (isStart && /^\s*:?$/.test(text.slice(lineStart))) return lineStart;
    const open = /(?:##[A-Za-z]*|#|[\ud800-\udbff])$/.exec(text);
    return open === null ? text.length : open.index;
  }

  #put(text: string): void {
    if (text === "") return;
    const lines = text.split("\n").map((line, index) => {
      const shown = line.split("\t").map(visible).join("\t");
      return index > 0 || this.#atLineStart ? withoutLineCommands(shown) : shown;
    });
    this.#write(lines.join("\n"));
    this.#atLineStart = lines.at(-1) === "";
  }
}
