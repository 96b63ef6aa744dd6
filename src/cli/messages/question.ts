import { closeSync, openSync } from "node:fs";
import { ReadStream, WriteStream } from "node:tty";

/** Keys that were pressed before the question was there answer something else. */
const EARLIER_KEYS_MS = 100;

/**
 * Asks at the terminal of this session, whatever the standard streams are: yes only for `y` or `yes`. Null when there is
 * no terminal.
 */
export async function confirmAtTerminal(question: string): Promise<boolean | null> {
  const terminal = openTerminal();
  if (terminal === null) return null;
  const { input, output } = terminal;
  try {
    await withoutEarlierKeys(input);
    output.write(question);
    const line = await firstLine(input);
    return line === null ? false : /^y(?:es)?$/i.test(line.trim());
  } finally {
    input.destroy();
    output.destroy();
  }
}

function openTerminal(): { input: ReadStream; output: WriteStream } | null {
  let opened: number | null = null;
  try {
    opened = openSync("/dev/tty", "r");
    const input = new ReadStream(opened);
    opened = openSync("/dev/tty", "w");
    return { input, output: new WriteStream(opened) };
  } catch {
    // No terminal belongs to this session, or it is gone.
    if (opened !== null) closeQuietly(opened);
    return null;
  }
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // A stream has closed it.
  }
}

async function withoutEarlierKeys(input: ReadStream): Promise<void> {
  const drop = () => {};
  input.on("data", drop);
  await new Promise((resolve) => setTimeout(resolve, EARLIER_KEYS_MS));
  input.off("data", drop);
}

/** Null when the terminal goes away, or its user ends the input. */
function firstLine(input: ReadStream): Promise<string | null> {
  return new Promise((resolve) => {
    let text = "";
    const end = (line: string | null) => {
      for (const event of ["data", "end", "error", "close"]) input.removeAllListeners(event);
      input.on("error", () => {});
      resolve(line);
    };
    input.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const at = text.indexOf("\n");
      if (at >= 0) end(text.slice(0, at));
    });
    for (const event of ["end", "error", "close"]) input.once(event, () => end(null));
    input.resume();
  });
}
