import { UsageError } from "../../model/errors.ts";

/** A call of one of the client's tools that write a file, as its hooks are told of it. */
export interface EditCall {
  cwd: string | null;
  file: string;
  /** null: how the tool changes the file is not known here. */
  edits: readonly TextEdit[] | null;
  /** The whole new text. */
  content: string | null;
}

interface TextEdit {
  old: string;
  new: string;
  all: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** null for a call that writes no file. Throws UsageError for what no client sends. */
export function readEditCall(text: string): EditCall | null {
  const call = fields(parse(text));
  const input = fields(call.tool_input);
  const file = input.file_path ?? input.notebook_path;
  if (typeof file !== "string") return null;
  const cwd = typeof call.cwd === "string" ? call.cwd : null;
  const place = { cwd, file, edits: null, content: null };
  switch (call.tool_name) {
    case "Read":
      return null;
    case "Write":
      return { ...place, content: typeof input.content === "string" ? input.content : null };
    case "Edit":
      return { ...place, edits: textEdits([input]) };
    case "MultiEdit":
      return { ...place, edits: Array.isArray(input.edits) ? textEdits(input.edits) : null };
    default:
      return place;
  }
}

/** The file's text after the call; null when that cannot be told. `before` is null for a file that is not there. */
export function editedText(call: EditCall, before: string | null): string | null {
  if (call.content !== null) return call.content;
  let text: string | null = before ?? "";
  for (const edit of call.edits ?? []) text = text === null ? null : replaced(text, edit);
  return call.edits === null ? null : text;
}

function replaced(text: string, edit: TextEdit): string | null {
  if (edit.old === "") return text === "" ? edit.new : null;
  const at = text.indexOf(edit.old);
  if (at === -1) return null;
  if (edit.all) return text.split(edit.old).join(edit.new);
  return text.slice(0, at) + edit.new + text.slice(at + edit.old.length);
}

function textEdits(list: readonly unknown[]): TextEdit[] | null {
  const edits: TextEdit[] = [];
  for (const entry of list) {
    const { old_string: old, new_string: replacement, replace_all: all } = fields(entry);
    if (typeof old !== "string" || typeof replacement !== "string") return null;
    edits.push({ old, new: replacement, all: all === true });
  }
  return edits;
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(
      "input-not-understood",
      "standard input is not the JSON that the client sends to hooks",
      {
        hint: "Have the client call this command, as a PreToolUse hook.",
        cause,
      },
    );
  }
}
