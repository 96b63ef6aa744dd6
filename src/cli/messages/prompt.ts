import { MAX_BODY_BYTES } from "../../artifacts/messages-request-limits.ts";
import { SystemError, UsageError } from "../../model/errors.ts";
import type { Io } from "../io.ts";

/**
 * The words of the command line as one text; `-` among them, or no word at all, stands for standard input.
 * @throws UsageError `no-prompt`, `prompt-not-text`, `prompt-too-large`
 */
export async function promptOf(words: readonly string[], { stdin }: Pick<Io, "stdin">): Promise<string> {
  const reads = words.length === 0 || words.includes("-");
  if (reads && (stdin as { isTTY?: boolean }).isTTY === true) throw noPrompt();
  const input = reads ? await textOf(stdin) : "";
  const said = words.length === 0 ? [input] : paragraphs(words, input);
  const prompt = said.join("\n\n");
  if (prompt.trim() === "") throw noPrompt();
  return prompt;
}

/** Words side by side are one line; what is read stands by itself. */
function paragraphs(words: readonly string[], input: string): string[] {
  const at = words.indexOf("-");
  if (at < 0) return [words.join(" ")];
  const rest = words.slice(at + 1).filter((word) => word !== "-");
  return [words.slice(0, at).join(" "), input, rest.join(" ")].filter((part) => part !== "");
}

async function textOf(stdin: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stdin) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) {
        throw new UsageError("prompt-too-large", "the prompt is larger than any request may be (32 MiB)", {
          hint: "Send less of it.",
        });
      }
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new SystemError("input-failed", `standard input could not be read (${String(cause)})`, {
      hint: "Send the prompt as text: nixclaude ask - < prompt.txt",
      cause,
    });
  }
  return decoded(Buffer.concat(chunks));
}

function decoded(bytes: Buffer): string {
  const text = bytes.includes(0) ? null : utf8(bytes);
  if (text !== null) return text;
  throw new UsageError("prompt-not-text", "standard input is no text: it holds NUL or is not UTF-8", {
    hint: "Send text; a program's output may need to be converted first.",
  });
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function noPrompt(): UsageError {
  return new UsageError("no-prompt", "there is nothing to ask", {
    hint: 'Write it behind the command, or send it: nixclaude ask "Which tools are there?"',
  });
}
