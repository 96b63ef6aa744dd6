import type { ClientVersion } from "../../model/semantics.ts";
import { READ_ONLY_USES } from "../client-facts/read-only-programs.ts";
import { PLAIN_WORD, type ShellWord } from "../shell/command-line.ts";
import { followsUse } from "./read-only-use.ts";

const DOCKER_ELSEWHERE: Readonly<Record<ClientVersion, RegExp>> = {
  "2.1.330": /^-[a-zA-Z]*[crH]|^--(?:host|context|config|out)(?:=|$)/,
  "2.1.197": /^-[a-zA-Z]*[cH]|^--(?:host|context|config)(?:=|$)/,
};

/** `docker ps` and `docker images` with everything but what names another daemon. */
export function isReadOnlyDocker(rest: readonly ShellWord[], client: ClientVersion): boolean {
  const subcommand = rest[0] === undefined ? "" : textOf(rest[0], client);
  if (rest.some((word) => word.glob || word.woven !== null)) return false;
  if (subcommand === "ps" || subcommand === "images") {
    return !rest.slice(1).some((word) => DOCKER_ELSEWHERE[client].test(word.value));
  }
  const use = READ_ONLY_USES[`docker ${rest[0]?.value}`];
  return use !== undefined && followsUse(use, rest.slice(1), client);
}

/** Older clients see nothing where empty backquotes stand: ``docker ``ps``. */
export function textOf({ value }: ShellWord, client: ClientVersion): string {
  return client === "2.1.197" ? value.replace(/^``(?=.)/s, "") : value;
}

export const PS: ShellWord = { ...PLAIN_WORD, raw: "ps", value: "ps" };
export const IMAGES: ShellWord = { ...PLAIN_WORD, raw: "images", value: "images" };
