import type { ClientVersion } from "../../model/semantics.ts";
import type { CommandFacts } from "../commands/command-facts.ts";
import { findActs } from "../read-only/find-actions.ts";

/** Flags of awk that take its program from elsewhere, in a bundle and shortened, too; wherever they stand. */
const AWK_ELSEWHERE = /^-[bcghknrstCIMNOPSV]*[efilDEW]|^--(?:fil|[eis]|lo|de)/;

/** Programs that start others in a way no prefix rule vouches for. */
export function heldBack(fact: CommandFacts, client: ClientVersion): boolean {
  // Wrappers and `env` are looked through here, whatever the rule says about them.
  const { program: name, words } = fact;
  const args = words.slice(1).map((word) => word.value);
  switch (name) {
    case "find":
      return findActs(args, client) || words.some((word) => word.glob || word.arithmetic);
    case "awk":
    case "gawk":
    case "mawk":
    case "nawk":
      return args.some((arg) => /system\s*\(|\|\s*(?:getline|")|"\s*\|/.test(arg) || AWK_ELSEWHERE.test(arg));
    case "jq":
      return args.some(
        (arg) =>
          /^(?:-[a-zA-Z]*[fL].*|--(?:from-file|rawfile|slurpfile|library-path|run-tests)(?:=.*)?)$/.test(
            arg,
          ) || /\b(?:import|include)\s/.test(arg),
      );
    default:
      return false;
  }
}
