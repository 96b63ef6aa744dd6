import type { ClientVersion } from "../../model/semantics.ts";
import type { ReadOnlyUse } from "../client-facts/read-only-use.ts";
import type { ShellWord } from "../shell/command-line.ts";

/** `12` and `0x1f`. */
const NUMERAL = /^(?:\d+|0x[\da-f]+)$/i;

/** Programs that are compared word by word and still take globs. */
const ANY_OPERAND = /^/;

/** Quoted or not: what reads as if a shell expanded it asks where flags are looked at one by one. */
export function looksExpanded({ value, knownVariable, arithmetic, woven }: ShellWord): boolean {
  if (woven !== null) return true;
  const text = knownVariable ? value.replaceAll("$HOME", "") : value;
  return /[$`]|\{.*(?:,|\.\.)|(?:,|\.\.).*\{/s.test(arithmetic ? text.replace(/\$\(\(.*?\)\)/g, "") : text);
}

/** Does a command stay within what the table says of its use? `rest` is what follows the name of the use. */
export function followsUse(
  use: ReadOnlyUse,
  rest: readonly ShellWord[],
  client: ClientVersion,
  operand: RegExp = ANY_OPERAND,
): boolean {
  if (rest.some(looksExpanded)) return false;
  if (use.globs !== true && rest.some((word) => word.glob)) return false;
  if (rest.some((word) => word.arithmetic) && client === "2.1.330") return false;
  const walk = new UseWalk(
    use,
    rest.map((word) => word.value),
    operand,
    client === "2.1.197",
  );
  return walk.stays(endsFlags(use, client));
}

function endsFlags(use: ReadOnlyUse, client: ClientVersion): boolean {
  const { dashesEndFlags: ends = true } = use;
  return typeof ends === "boolean" ? ends : ends === client;
}

class UseWalk {
  private at = 0;
  private listing = false;
  private operands = 0;
  private readonly use: ReadOnlyUse;
  private readonly values: readonly string[];
  private readonly operand: RegExp;
  /** Older clients take a dash with anything but a letter for an operand. */
  private readonly older: boolean;

  constructor(use: ReadOnlyUse, values: readonly string[], operand: RegExp, older: boolean) {
    this.use = use;
    this.values = values;
    this.operand = operand;
    this.older = older;
  }

  stays(dashesEndFlags: boolean): boolean {
    while (this.at < this.values.length) {
      const value = this.values[this.at]!;
      if (value === "--") {
        this.at += 1;
        if (!dashesEndFlags) continue;
        const any = (this.use.operands ?? "any") === "any";
        return this.values
          .slice(this.at)
          .every((rest) => (any && rest.startsWith("-")) || this.takesOperand(rest));
      }
      const flag = this.older ? /^-[A-Za-z0-9_-]/.test(value) : /^-[^?]/.test(value);
      const taken = flag ? this.takesFlag(value) : this.isNoName(value) || this.takesOperand(value);
      if (!taken) return false;
      this.at += 1;
    }
    const { operands, needs } = this.use;
    if (needs !== undefined && !this.values.includes(needs)) return false;
    return operands !== "one-name" || this.operands === 1;
  }

  /** Where only names of branches and tags ask: a dash alone, and to older clients all that begins with one. */
  private isNoName(value: string): boolean {
    return this.use.operands === "behind-list" && (this.older ? value.startsWith("-") : value === "-");
  }

  private takesOperand(value: string): boolean {
    this.operands += 1;
    switch (this.use.operands ?? "any") {
      case "none":
        return false;
      case "one-name":
        return this.operands === 1 && /^[\w-]+$/.test(value);
      case "behind-list":
        return this.listing;
      case "any":
        return this.operand.test(value);
    }
  }

  private takesFlag(value: string): boolean {
    const { use } = this;
    if (use.lists?.includes(value)) this.listing = true;
    if (use.flags?.includes(value)) return true;
    const joined = value.indexOf("=");
    const flag = joined < 0 ? value : value.slice(0, joined);
    const takes = this.valueOf(flag);
    if (takes !== null) {
      if (joined < 0 && use.listedNumber?.includes(flag) === true && !this.listing) return false;
      if (joined < 0) this.at += 1;
      const given = joined < 0 ? this.values[this.at] : value.slice(joined + 1);
      return given !== undefined && takes(given, joined >= 0);
    }
    if (use.countFlag === true && /^-\d+$/.test(value)) return true;
    if (use.attachedNumbers === true && /^-[A-Za-z]\d+$/.test(value)) {
      const takes = this.valueOf(value.slice(0, 2));
      return takes?.(value.slice(2), false) === true;
    }
    const letters = /^-[A-Za-z0-9]{2,}$/.test(value) && use.bundles !== false ? value.slice(1).split("") : [];
    return letters.length > 0 && letters.every((letter) => use.flags?.includes(`-${letter}`) === true);
  }

  /** What values the flag takes; null: it is not a flag with a value. */
  private valueOf(flag: string): ((value: string, joined: boolean) => boolean) | null {
    const { use } = this;
    if (use.text?.includes(flag)) {
      // Sorting downwards is written with a dash.
      return (value, joined) =>
        !value.startsWith("-") || (flag === "--sort" && joined && use.countFlag === true);
    }
    if (use.number?.includes(flag) || use.listedNumber?.includes(flag)) return (value) => /^\d+$/.test(value);
    if (use.numeral?.includes(flag)) return (value) => NUMERAL.test(value);
    if (use.character?.includes(flag)) return (value) => [...value].length === 1;
    if (use.pretty?.includes(flag)) return (value) => isGitsOwnFormat(value);
    const fixed = use.fixed?.[flag];
    return fixed === undefined ? null : (value, joined) => value === fixed && !joined;
  }
}

/** A name that git does not know may be a format of the user's configuration, which can start programs. */
function isGitsOwnFormat(value: string): boolean {
  if (value.startsWith("-")) return false;
  return (
    /^(?:|oneline|short|medium|full|fuller|email|raw|t?format:.*|.*%.*)$/s.test(value) && !value.includes("$")
  );
}
