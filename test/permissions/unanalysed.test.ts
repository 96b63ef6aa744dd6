import { expect, test } from "vitest";
import { CLIENT_VERSIONS } from "../../src/model/semantics.ts";
import { compileRecorded, recordedCall } from "./recordings.ts";

type Row = [command: string, newer: string, older: string];

const WILDCARD = { allow: ["Bash( *)"] };
const EXACT_ASK = { allow: ["Bash"], ask: ["Bash(zz)"], deny: ["Bash(*zz)"] };
const GIT_ADD = { allow: ["Bash"], deny: ["Bash(git add *)"] };
const CONTINUED = { allow: ["Bash"], deny: ["Bash(node:*)"] };
const QUOTED = { allow: ["Bash"], ask: ["Bash(kubectl get 'x' *)"] };
const ESCAPED = { allow: ["Bash(yy \\(a\\) *)"], deny: ["Bash(npm ls \\(x\\) *)"] };
const NPM = { allow: ["Bash"], deny: ["Bash(*npm*)"] };

/** Asked of both clients; decisions of 2.1.330 and 2.1.197. */
const MEASURED: [typeof WILDCARD & { ask?: string[]; deny?: string[] }, Row[]][] = [
  [
    WILDCARD,
    [
      ["hash -r", "prompt", "prompt"],
      ["nice hash -r", "prompt", "prompt"],
      ["sudo hash -r", "allow", "allow"],
      ["/bin/hash x", "allow", "allow"],
      ["sysopen -w -u3 f", "prompt", "prompt"],
      ["autoload x", "prompt", "allow"],
      ["readonly X=1", "prompt", "allow"],
      ["env readonly X=1", "allow", "allow"],
      ["declare -i X", "prompt", "prompt"],
      ["env -f", "prompt", "prompt"],
      ["env -i -u X ls", "allow", "allow"],
      ["stdbuf --output L x", "prompt", "prompt"],
      ["setsid", "allow", "allow"],
      ["chrt 5 x", "prompt", "prompt"],
      ["/usr/bin/chrt 5 x", "prompt", "allow"],
    ],
  ],
  [
    EXACT_ASK,
    [
      ["zz", "prompt", "prompt"],
      ["CI=C zz", "prompt", "prompt"],
      ["sudo zz", "prompt", "prompt"],
      ["zz && a zz", "deny", "deny"],
      ["X=$Y zz", "deny", "deny"],
    ],
  ],
  [
    GIT_ADD,
    [
      ["X=(a) git add x", "deny", "allow"],
      ["X=1 > f git add x", "deny", "allow"],
      ["X=$HOME git add x", "deny", "deny"],
      ["X=$X git add x", "deny", "allow"],
      ["X=$X sudo git add x", "deny", "deny"],
    ],
  ],
  [
    CONTINUED,
    [
      ["nod\\\ne src", "allow", "allow"],
      ["node \\\nsrc", "deny", "deny"],
      ["node\\ src", "deny", "allow"],
    ],
  ],
  [
    QUOTED,
    [
      ["kubectl get 'x'", "prompt", "prompt"],
      ["sudo kubectl get 'x' a", "allow", "allow"],
    ],
  ],
  [
    ESCAPED,
    [
      ["yy \\(a\\)", "prompt", "prompt"],
      ["npm ls \\(x\\)", "deny", "prompt"],
    ],
  ],
  [
    NPM,
    [
      ["truenpma=b", "allow", "allow"],
      ["X=npm ls", "deny", "deny"],
    ],
  ],
];

test.each(MEASURED.flatMap(([permissions, rows]) => rows.map((row) => ({ permissions, row }))))(
  "$permissions: $row",
  ({ permissions, row: [command, ...expected] }) => {
    const decided = CLIENT_VERSIONS.map((client) => {
      const compiled = compileRecorded({ id: "", permissions, calls: [] }, client);
      const { runs, decision } = compiled.decide(recordedCall("Bash", command));
      if (runs === true) return "allow";
      return decision === "deny" ? "deny" : runs === false ? "prompt" : "undecided";
    });
    expect(Object.fromEntries(CLIENT_VERSIONS.map((client, at) => [client, decided[at]]))).toEqual({
      "2.1.330": expected[0],
      "2.1.197": expected[1],
    });
  },
);
