import type { JsonObject } from "../model/json.ts";
import type { RenderNotes } from "./rendered.ts";

/** How the normal form writes a path value of an input. */
const PATH_IN_INPUT = /^<[^<>\s]+>(?:\/|$)/;

/**
 * The trees of a flake's inputs as texts of the context name them: `<standards>/hooks/guard.sh`. Where they lie on a
 * machine is not part of a context, and a command with such a word in it is another command.
 */
export class Sources {
  readonly #symbols: readonly string[];

  /** @param inputs names of the flake's inputs (`standards`, `standards/nixpkgs`). */
  constructor(inputs: readonly string[]) {
    this.#symbols = inputs.map((input) => `<${input}>`);
  }

  /** The text, or undefined with a note when it names a file of an input. `files` are those that it is known to name. */
  place(text: string, files: JsonObject, path: string, notes: RenderNotes): string | undefined {
    const named =
      this.#symbols.find((symbol) => text.includes(symbol)) ??
      [text, ...Object.keys(files)].find((word) => PATH_IN_INPUT.test(word));
    if (named === undefined) return text;
    notes.omit(path, `it names ${named}: where an input lies on a machine is not part of the context`);
    return undefined;
  }
}
