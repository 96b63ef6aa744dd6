import posix from "node:path/posix";
import { globMatches, globsCover } from "./glob.ts";

/*
 * Globs over references of inputs. A `*` stands for any text, and a reference can say more than where it seems to lead:
 * `github:acme/x?host=evil.example` is fetched from another machine, and `github:acme/x/../../evil/y`, which Nix puts into
 * an address as it is, arrives at another owner.
 */

/** Whether a glob permits the reference: what leads elsewhere than it seems is permitted only where the glob says so. */
export function isPermitted(reference: string, globs: readonly string[]): boolean {
  return globs.some(
    (glob) => glob === reference || (globMatches(reference, glob) && saysAsMuch(glob, reference)),
  );
}

/** Is every reference that `glob` permits permitted by one of `globs`? Sound, not complete. */
export function isPermissionCovered(globs: readonly string[], glob: string): boolean {
  return (
    globs.includes(glob) ||
    globsCover(
      globs.filter((one) => saysAsMuch(one, glob)),
      glob,
    )
  );
}

function saysAsMuch(glob: string, reference: string): boolean {
  if (/^\*+$/.test(glob)) return true;
  return !hasTurns(reference) && (!namesHost(reference) || namesHost(glob));
}

function namesHost(reference: string): boolean {
  return reference.includes("host=");
}

/** `..` and the like behind what a relative path may begin with. */
function hasTurns(reference: string): boolean {
  const [place = ""] = decoded(reference).split("?");
  const rest = place.replace(/^path:(?:\.\/|(?:\.\.\/)*(?:\.\.$)?)/, "");
  return rest.split(/[/\\]/).some((step) => step === "." || step === "..");
}

/** The first glob that the reference matches in any of the ways in which the same place can be written. */
export function forbiddingGlob(reference: string, globs: readonly string[]): string | undefined {
  const spellings = spellingsOf(reference);
  return globs.find((glob) =>
    spellings.some((one) => globMatches(one, glob) || globMatches(one.toLowerCase(), glob.toLowerCase())),
  );
}

function spellingsOf(reference: string): string[] {
  const places = [reference, decoded(reference)].flatMap((text) => [text, text.replace(/\?.*$/s, "")]);
  const straight = places.map(straightened);
  const spellings = [...places, ...straight].flatMap((text) => [text, text.replace(/(?:\.git)?\/*$/, "")]);
  return [...new Set(spellings.flatMap((text) => [text, ...onForge(text)]))];
}

/** The owner and the repository stand for an address from which a forge hands out the same. */
function onForge(reference: string): string[] {
  const address =
    /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/]*@)?(?:www\.|api\.|codeload\.)?([^/:@]+)(?::\d+)?\/(?:repos\/)?([^/]+)\/([^/?]+)/i;
  const [, host = "", owner, repository = ""] = address.exec(reference) ?? [];
  const forge = FORGE_OF[host.toLowerCase()];
  return forge === undefined ? [] : [`${forge}:${owner}/${repository.replace(/\.git$/, "")}`];
}

const FORGE_OF: Readonly<Record<string, string | undefined>> = {
  "github.com": "github",
  "gitlab.com": "gitlab",
  "git.sr.ht": "sourcehut",
};

function straightened(reference: string): string {
  const [, start = "", path = ""] = /^([a-z+]+:(?:\/\/[^/]*\/)?)(.*)$/is.exec(reference) ?? [];
  return start === "" || start === "path:" ? reference : start + posix.normalize(path);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
