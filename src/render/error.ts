import { styleText } from "node:util";
import { NixclaudeError } from "../model/errors.ts";
import { visible, withoutLineCommands } from "./escape.ts";
import { hanging } from "./layout.ts";
import type { RenderOptions } from "./options.ts";

/** `error[code]: message`, what to do next, and with `debug` the details (a Nix trace, ...). Ends in a line break. */
export function renderError(error: NixclaudeError, options: RenderOptions & { debug: boolean }): string {
  const [first, ...rest] = hanging("", `error[${error.code}]: ${visible(error.message)}`, options.columns, 2);
  const word = options.colour ? styleText(["red", "bold"], "error", { validateStream: false }) : "error";
  // A single mistake is in the message already.
  const known = error.details.filter((detail) => !error.message.includes(detail));
  const details = options.debug ? known : known.slice(0, SHOWN_DETAILS);
  const hidden = known.length - details.length;
  const lines = [
    word + first!.slice("error".length),
    ...rest,
    ...details.flatMap((detail) => hanging("  | ", visible(detail), options.columns)),
    ...(hidden > 0 ? [`  | ... (${hidden} more with --debug)`] : []),
    ...hanging("  = help: ", visible(error.hint), options.columns),
  ];
  return `${withoutLineCommands(lines.join("\n"))}\n`;
}

/** A defect of nixclaude itself: calm, with what is needed to report it. */
export function renderUnexpected(error: unknown, options: RenderOptions & { debug: boolean }): string {
  const defect = new InternalError(error);
  return renderError(defect, options);
}

class InternalError extends NixclaudeError {
  readonly exitCode = 4;

  constructor(cause: unknown) {
    const { message, stack } = cause instanceof Error ? cause : { message: String(cause), stack: "" };
    super("internal-error", `nixclaude itself failed: ${message}`, {
      cause,
      hint: "This is a defect; nothing was decided. Run again with --debug and report what it prints.",
      details: (stack ?? "").split("\n").slice(1),
    });
  }
}

/** Enough for "all mistakes at once"; a Nix trace is longer and rarely wanted. */
const SHOWN_DETAILS = 10;
