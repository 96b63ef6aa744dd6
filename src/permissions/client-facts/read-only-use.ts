import { CLIENT_VERSIONS, type ClientVersion } from "../../model/semantics.ts";
import { bash, type ClientFact } from "./fact.ts";

/** How a program may be used and still count as only reading. Flags are written in full: `-a`, `--all`. */
export interface ReadOnlyUse {
  /** Flags without a value; letters may stand bundled. */
  flags?: readonly string[];
  /** Flags with a value that does not begin with a dash, as the next word or, for long ones, behind `=`. */
  text?: readonly string[];
  /** … that is digits only. */
  number?: readonly string[];
  /** … that is a number, be it with base sixteen. */
  numeral?: readonly string[];
  /** … and that counts as an operand, too, where it stands apart. */
  listedNumber?: readonly string[];
  /** … that is one character. */
  character?: readonly string[];
  /** … that cannot name a format of the user's own: git's own names, or with a `%`. */
  pretty?: readonly string[];
  /** Flags with one possible value. */
  fixed?: Readonly<Record<string, string>>;
  /** Words that are no flags: `any` where nothing is said. */
  operands?: "any" | "none" | "one-name" | "behind-list";
  /** It must be there. */
  needs?: string;
  /** The flags behind which operands are patterns to list, and not names to create. */
  lists?: readonly string[];
  /** Unquoted globs may stand there. */
  globs?: boolean;
  /** `-5` stands for a count. */
  countFlag?: boolean;
  /** `-A5`: digits may be joined to a letter that takes a value. */
  attachedNumbers?: boolean;
  /** Letters may not be bundled: `-vv`. */
  bundles?: boolean;
  /** Does `--` end the flags: in both clients where nothing is said, in neither, or in one. */
  dashesEndFlags?: boolean | ClientVersion;
}

export function words(text: string): readonly string[] {
  return text.split(" ");
}

/** One question to the client for the program alone and one for each flag. */
export function usesOf(table: string, uses: Readonly<Record<string, ReadOnlyUse>>): ClientFact[] {
  return Object.entries(uses).flatMap(([name, use]) => {
    const operand = use.operands === "one-name" ? " x" : "";
    const calls = [
      ...(use.flags ?? []).map((flag) => `${name} ${flag}${operand}`),
      ...(use.text ?? []).map((flag) => `${name} ${flag} x`),
      ...[...(use.number ?? []), ...(use.numeral ?? [])].map((flag) => `${name} ${flag} 5`),
      ...(use.listedNumber ?? []).map((flag) => `${name} ${flag}=5`),
      ...(use.character ?? []).map((flag) => `${name} ${flag} x`),
      ...(use.pretty ?? []).map((flag) => `${name} ${flag}=%h`),
      ...Object.entries(use.fixed ?? {}).map(([flag, value]) => `${name} ${flag} ${value}`),
    ];
    return calls.map((call) => readOnly(`${table}/${call}`, call));
  });
}

export function readOnly(
  id: string,
  call: string,
  clients: readonly ClientVersion[] = CLIENT_VERSIONS,
): ClientFact {
  return { id, call: bash(call), outcome: "runs", clients };
}
