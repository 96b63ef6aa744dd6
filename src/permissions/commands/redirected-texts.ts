import type { ClientVersion } from "../../model/semantics.ts";
import type { SimpleCommand } from "../shell/command-line.ts";
import { collapseSpace, textBehind } from "../shell/command-text.ts";
import type { DenyView } from "./deny-texts.ts";

/** `> f`, `X=1 > f`: with and without what is assigned. */
export function bareRedirections({ raw, assignments }: SimpleCommand): DenyView {
  const last = assignments.at(-1);
  const behind = last === undefined ? raw : raw.slice(raw.lastIndexOf(last.raw) + last.raw.length);
  const exactTexts = [...new Set([raw.trim(), behind.trim()])];
  return { texts: exactTexts.map(collapseSpace), exactTexts, vanishingTexts: [], typedTexts: [] };
}

/** Clients take what stands behind a redirection for further targets of it. */
export function whatIsRead(command: SimpleCommand, client: ClientVersion): SimpleCommand {
  const { swallowedFrom: from } = command;
  if (from === null) return command;
  if (from === 0) return client === "2.1.197" ? command : { ...command, raw: "", words: [] };
  const last = textBehind(command, from - 1);
  const raw = command.raw.slice(0, command.raw.length - last.length);
  return { ...command, raw, words: command.words.slice(0, from) };
}
