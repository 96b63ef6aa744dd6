import { CLIENT_VERSIONS, type ClientVersion } from "../../model/semantics.ts";
import { bash, type ClientFact } from "./fact.ts";
import { words } from "./read-only-use.ts";

/** Flags of programs that read files, with a value in the next word that the client takes for no file. */
export interface ValuedFlags {
  both: readonly string[];
  newer?: readonly string[];
}

const SEARCH =
  "-e -A -B -C -m --regexp --context --max-count --after-context --before-context --include --exclude " +
  "--include-dir --exclude-dir";

export const VALUED_FLAGS: Readonly<Record<string, ValuedFlags>> = {
  cut: { both: words("-d -f -b -c --delimiter --fields --bytes --characters --output-delimiter") },
  paste: { both: words("-d --delimiters") },
  column: {
    both: words("-s -c -o --separator --output-separator --output-width"),
    newer: words(
      "-N -R -H -l -T -E -W -O -r -i -p --table-columns --table-right --table-hide --table-columns-limit " +
        "--table-truncate --table-noextreme --table-wrap --table-order --table-name --tree --tree-id --tree-parent",
    ),
  },
  tac: { both: [], newer: words("-s --separator") },
  fold: { both: [], newer: words("-w --width") },
  expand: { both: [], newer: words("-t --tabs") },
  unexpand: { both: [], newer: words("-t --tabs") },
  fmt: { both: [], newer: words("-w -g --width --goal --prefix") },
  pr: {
    both: [],
    newer: words(
      "-w -W -o -N -D -l -h --header --length --width --page-width --indent --columns --date-format " +
        "--first-line-number",
    ),
  },
  numfmt: {
    both: [],
    newer: words(
      "-d --from --from-unit --to --to-unit --suffix --padding --delimiter --format --field --invalid --round",
    ),
  },
  comm: { both: [], newer: words("--output-delimiter") },
  cmp: { both: [], newer: words("--bytes --ignore-initial") },
  grep: { both: words(SEARCH) },
  egrep: { both: [], newer: words(SEARCH) },
  fgrep: { both: [], newer: words(SEARCH) },
  "git grep": { both: [], newer: words(`${SEARCH} --max-depth`) },
  rg: {
    both: words(
      "-e -A -B -C -m -g -t -T -r --regexp --context --max-count --after-context --before-context --glob --type " +
        "--type-not --replace --max-depth",
    ),
  },
  awk: { both: words("-F -v --field-separator --assign"), newer: words("-e --source") },
  jq: {
    both: words("--arg --argjson --args --jsonargs --indent --tab"),
    newer: words("-L --library-path"),
  },
};

/** Flags whose value the client takes for a file that is read; `--flag=file`, too. */
export const FILE_FLAGS: Readonly<Record<string, ValuedFlags>> = {
  grep: { both: words("-f --file"), newer: words("--exclude-from --include-from") },
  egrep: { both: [], newer: words("-f --file --exclude-from --include-from") },
  fgrep: { both: [], newer: words("-f --file --exclude-from --include-from") },
  "git grep": { both: [], newer: words("-f --file") },
  rg: { both: words("-f --file"), newer: words("--ignore-file") },
  awk: { both: [], newer: words("-f -E --file --exec") },
  jq: { both: [], newer: words("-f --from-file") },
};

export function flagsOf(
  table: Readonly<Record<string, ValuedFlags>>,
  program: string,
  client: ClientVersion,
): ReadonlySet<string> {
  const { both, newer = [] } = Object.hasOwn(table, program) ? table[program]! : { both: [] };
  return new Set(client === "2.1.197" ? both : [...both, ...newer]);
}

/** One question for each flag: is the word behind it looked at as a file? */
export const FILE_FLAG_FACTS: readonly ClientFact[] = [
  ...factsOf(VALUED_FLAGS, "runs"),
  ...factsOf(FILE_FLAGS, "refused"),
];

function factsOf(
  table: Readonly<Record<string, ValuedFlags>>,
  outcome: "runs" | "refused",
): readonly ClientFact[] {
  return Object.entries(table).flatMap(([program, { both, newer = [] }]) =>
    [...both, ...newer].map(
      (flag): ClientFact => ({
        id: `file-flags/${program} ${flag}`,
        call: bash(`${program} ${flag} nixclaude.a b c`),
        permissions: { allow: ["Bash"], deny: ["Read(nixclaude.a)"] },
        outcome,
        clients: both.includes(flag) ? CLIENT_VERSIONS : ["2.1.330"],
      }),
    ),
  );
}
