import { NixclaudeError } from "../../model/errors.ts";
import { printableJson } from "../../render/escape.ts";
import type { Io } from "../io.ts";
import { evaluatedRequest, requestNotes } from "../messages/evaluated-request.ts";
import { type MessagesFlags, requestOptions } from "../messages/options.ts";
import { promptOf } from "../messages/prompt.ts";
import { parseOptions, type RawOptions } from "../parse-options.ts";
import { printError } from "../print.ts";

/** The body of a request to the Messages API on standard output, what it cannot say on standard error. */
export async function run(
  words: readonly string[],
  { model, maxTokens, cacheFor, ...raw }: RawOptions & MessagesFlags,
  io: Io,
): Promise<number> {
  const options = parseOptions(raw);
  const request = requestOptions({
    ...(model === undefined ? {} : { model }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(cacheFor === undefined ? {} : { cacheFor }),
  });
  try {
    const evaluated = await evaluatedRequest(await promptOf(words, io), { ...options, request }, io);
    io.stderr.write(requestNotes(evaluated.request));
    io.stdout.write(`${printableJson(JSON.stringify(evaluated.request.body, null, 2))}\n`);
    return 0;
  } catch (error) {
    if (error instanceof NixclaudeError) return printError(error, options, io);
    throw error;
  }
}
