import type { ClientVersion } from "../../model/semantics.ts";
import type { ShellWord } from "../shell/command-line.ts";

const CONVERSION = /%(?:%|[-+ #0']*(?:\*|\d+)?(?:\.(?:\*|\d+)?)?(?:hh?|ll?|[jzt])?(?:\([^)]*\)T|[a-zA-Z]))/g;
const COMPUTING = /[diouxXeEfFgGaA]$|\*/;
const TIME = /\)T$/;
/** zsh would look anything else up as a name. */
const NUMBER = /^[-+]?(?:0[xX][\da-fA-F]+|(?:\d+|\d*\.\d+)(?:[eE][-+]?\d+)?)$/;

/** A format that is text, and numbers where it asks for numbers. What follows the format is text, dashes and all. */
export function isReadOnlyPrintf(rest: readonly ShellWord[], client: ClientVersion): boolean {
  if (rest.some((word) => word.glob || word.arithmetic)) return false;
  const [format, ...values] = rest[0]?.value === "--" ? rest.slice(1) : rest;
  if (format === undefined) return true;
  const dashes = rest[0]?.value === "--";
  if (!dashes && format.value.startsWith("-")) return false;
  if (/%n/.test(format.value) || (/\$/.test(format.value) && !format.knownVariable)) return false;
  const conversions = format.value.match(CONVERSION) ?? [];
  if (client === "2.1.197") {
    return !conversions.some((one) => COMPUTING.test(one)) || values.every(isNumber);
  }
  if (format.value.replace(CONVERSION, "").includes("%")) return false;
  if (conversions.some((one) => !/[%csbq]$/.test(one) && !COMPUTING.test(one) && !TIME.test(one)))
    return false;
  return !conversions.some((one) => COMPUTING.test(one) || TIME.test(one)) || values.every(isNumber);
}

function isNumber({ value }: ShellWord): boolean {
  return NUMBER.test(value);
}
