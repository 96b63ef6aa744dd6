import { CLIENT_VERSIONS, type ClientVersion } from "../../model/semantics.ts";
import { bash, type ClientFact } from "./fact.ts";

/** They run their arguments as shell code, or change what later words mean: nothing vouches for them. */
export const CODE_BUILTINS: ReadonlySet<string> = new Set(
  "exec eval source . trap alias complete coproc hash let bind mapfile readarray enable nocorrect".split(" "),
);

const OLDER_ZSH =
  "shopt setopt unsetopt emulate zmodload zpty ztcp zsocket zcompile sysopen sysread sysseek syswrite " +
  "zf_rm zf_rmdir zf_mkdir zf_mv zf_ln zf_chmod zf_chown foreach repeat disable";
const NEWER_ZSH = `${OLDER_ZSH} autoload functions vared zformat zparseopts zregexparse zselect zstyle`;

/** Builtins, most of them zsh's, that change options or files past the client's checks. */
export const SHELL_CHANGERS: Readonly<Record<ClientVersion, ReadonlySet<string>>> = {
  "2.1.330": new Set(NEWER_ZSH.split(" ")),
  "2.1.197": new Set(OLDER_ZSH.split(" ")),
};

/** Programs that start their arguments: never approved by a rule with a wildcard, only by one with the full text. */
export const EXEC_WRAPPERS: ReadonlySet<string> = new Set(
  "watch setsid ionice flock script strace ltrace chrt taskset unshare nsenter".split(" "),
);

const WITHOUT_ARGUMENTS = [...CODE_BUILTINS, ...OLDER_ZSH.split(" ")];

export const UNANALYSED_FACTS: readonly ClientFact[] = [
  ...WITHOUT_ARGUMENTS.map((name) => fact(name, "prompts")),
  ...[...CODE_BUILTINS, ...EXEC_WRAPPERS].map((name) => fact(`${name} npm test`, "prompts")),
  ...[...EXEC_WRAPPERS].map((name) => fact(name, "runs")),
  ...NEWER_ZSH.split(" ").map((name) => fact(`${name} x`, "prompts", ["2.1.330"])),
];

function fact(
  command: string,
  outcome: ClientFact["outcome"],
  clients: readonly ClientVersion[] = CLIENT_VERSIONS,
): ClientFact {
  return {
    id: `unanalysed/${command}`,
    call: bash(command),
    permissions: { allow: [`Bash(${command.split(" ")[0]} *)`] },
    outcome,
    clients,
  };
}
