import { describe, expect, test } from "vitest";
import { compileLayers } from "../../src/permissions/layers.ts";
import { USUAL_SURROUNDINGS } from "../../src/permissions/types.ts";

type Outcome = "runs" | "asks" | "refuses";
type Case = [command: string, newer: Outcome, older: Outcome];

const SURROUNDINGS = { ...USUAL_SURROUNDINGS, project: "/home/u/proj", home: "/home/u", trusted: true };

/** What the two clients did, asked in sessions of their own. */
function behaves(permissions: Record<string, string[]>, [command, newer, older]: Case): void {
  for (const [client, expected] of [["2.1.330", newer] as const, ["2.1.197", older] as const]) {
    const layers = [{ scope: "project" as const, settings: { permissions } }];
    const compiled = compileLayers(layers, { client, surroundings: SURROUNDINGS });
    const { decision, runs } = compiled.decide({ tool: "Bash", argument: command });
    const actual = runs === true ? "runs" : decision === "deny" ? "refuses" : decision;
    const shown = actual === "ask" || actual === "default" ? "asks" : actual;
    expect([client, shown]).toEqual([client, expected]);
  }
}

describe("files that a command touches, as both clients look at them", () => {
  test.each<Case>([
    ["cat a/../b", "asks", "asks"],
    ["cat ../proj/b", "runs", "runs"],
    ["cat < a/../b", "asks", "runs"],
    ["git diff a/../b", "asks", "runs"],
    ["echo a/../b", "runs", "runs"],
    ["sha1sum /etc/x", "asks", "asks"],
    ["fold /etc/x", "asks", "runs"],
    ["comm /etc/x", "asks", "runs"],
    ["tr a /etc/x", "runs", "runs"],
    ["tr a b /etc/x", "asks", "asks"],
    ["du /etc/x", "runs", "runs"],
    ["find . -newer /etc/x", "asks", "asks"],
    ["find . -path '/etc/*'", "asks", "asks"],
    ["find . -name /etc/x", "runs", "runs"],
    ["cat < /etc/x", "asks", "runs"],
    ["cat < x*", "asks", "runs"],
    ["cat < =x", "asks", "asks"],
    ["pr src/*.ts", "asks", "asks"],
    ["cat src/*.ts", "runs", "runs"],
    ["echo '/proc/1/environ'", "asks", "asks"],
    ["cd src && cat < x", "asks", "runs"],
    ["cd ./ && cat < x", "runs", "runs"],
  ])("without rules: %s (newer client %s, older %s)", (...given) => {
    behaves({}, given);
  });

  test.each<Case>([
    ["ls > x*", "refuses", "refuses"],
    ["ls > =x", "runs", "runs"],
    ["ls > '=x'", "runs", "runs"],
    ["ls > !x", "runs", "runs"],
    ["ls > x{b", "runs", "runs"],
    ["ls > a{b; rm x", "refuses", "refuses"],
    ["ls > $HOME/proj/x; rm x", "runs", "runs"],
    ["PATH=a; rm x", "runs", "runs"],
    ["rm a/../x", "runs", "runs"],
    ["rm /proc/self/environ x", "refuses", "runs"],
    ["rm /etc/x x", "refuses", "runs"],
    ["cp -f a x", "refuses", "runs"],
    ["sed s/a/b/ x", "refuses", "refuses"],
    ["sed -n 1p x", "runs", "runs"],
    ["cd src && rm x", "asks", "runs"],
    ["cd /home/u/proj/src && rm x", "refuses", "refuses"],
    ["rm -rf $X", "runs", "runs"],
    ['rm -rf "$X"/*', "asks", "asks"],
    ["rm -rf '$X'/*", "runs", "runs"],
  ])("beside allow Bash and deny Edit(x*): %s (newer client %s, older %s)", (...given) => {
    behaves({ allow: ["Bash"], deny: ["Edit(x*)"] }, given);
  });

  test.each<Case>([
    ["cd src && cat x", "asks", "runs"],
    ["cat x && cd src", "asks", "runs"],
    ["cd src && ls", "asks", "runs"],
    ["cd src && pwd", "runs", "runs"],
    ["cd ./ && cat x", "runs", "runs"],
    ["cd src && cat ~/proj/x", "runs", "runs"],
  ])("beside deny Read(.env): %s (newer client %s, older %s)", (...given) => {
    behaves({ deny: ["Read(.env)"] }, given);
  });

  test.each<Case>([
    ["cp -f a b", "asks", "asks"],
    ["sed p .npmrc", "asks", "asks"],
    ["sed -n 1p .npmrc", "runs", "runs"],
  ])("beside allow rules for the programs: %s (newer client %s, older %s)", (...given) => {
    behaves({ allow: ["Bash(cp *)", "Bash(sed *)"] }, given);
  });

  test.each<Case>([
    ["rm x; ls $X", "runs", "runs"],
    ["rm x; if ls; then ls; fi", "refuses", "refuses"],
    ["rm x; ls > ", "runs", "runs"],
    ["rm x; ls |", "refuses", "refuses"],
    ["rm x; ls &&", "runs", "refuses"],
    ["rm x; eval ls", "refuses", "runs"],
    ["rm x; ls <> b", "runs", "runs"],
    ["rm x; ls {fd}> b", "runs", "runs"],
    ["(rm x)", "asks", "runs"],
    ["{ rm x; }", "runs", "runs"],
    ["cd src; (rm x)", "runs", "runs"],
    ["while ls | rm x; do ls; done", "asks", "runs"],
    ["rm x; for i in a b; do ls | cat; done", "refuses", "refuses"],
    ["ls | rm x", "refuses", "refuses"],
    ["ls > x", "refuses", "refuses"],
    ["ls > x | cat", "asks", "asks"],
    ["xargs rm x", "runs", "runs"],
    ["ls > x b", "runs", "runs"],
  ])(
    "beside allow Bash and deny Edit(x*), as far as the line is read: %s (newer %s, older %s)",
    (...given) => {
      behaves({ allow: ["Bash"], deny: ["Edit(x*)"] }, given);
    },
  );

  test.each<Case>([
    ["cd ./src && rm x", "refuses", "refuses"],
    ["cd /home/u/proj/src && rm x", "refuses", "refuses"],
    ["cd src && rm x", "asks", "runs"],
    ["rm src/x; cd .", "asks", "runs"],
    ["cd ./src 2>&1 && rm x", "asks", "runs"],
    ["cd src && rm src/x", "asks", "runs"],
    ["cd /home/u && rm proj/src/x", "asks", "runs"],
    ["pushd src && rm x", "asks", "runs"],
    ["env cd src && rm src/x", "refuses", "refuses"],
    ["cd ./src | rm src/x", "refuses", "refuses"],
    ["cd src && ls | cat > x", "runs", "runs"],
  ])("beside a directory change and deny Edit(src/x): %s (newer %s, older %s)", (...given) => {
    behaves({ allow: ["Bash"], deny: ["Edit(src/x)"] }, given);
  });

  test.each<Case>([
    ["rm .envrc", "asks", "asks"],
    ["cd src && rm .envrc", "runs", "runs"],
    ["cd ./src && rm .envrc", "asks", "asks"],
    ["(rm .envrc)", "runs", "runs"],
    ["mv -f a .envrc", "runs", "runs"],
    ["rm -rf .git/*", "runs", "runs"],
    ["cp .envrc a", "asks", "asks"],
    ["rm x.", "asks", "asks"],
    ["ln -s ~ x", "asks", "runs"],
    ["ln -s a ~", "runs", "runs"],
    ["ls &", "asks", "asks"],
    ["npm test &", "runs", "runs"],
    ["echo $(", "asks", "runs"],
    ["rm -rf /tmp/*", "asks", "asks"],
    ["rm -rf / > a", "asks", "runs"],
    ["rm -rf /usr$X", "runs", "runs"],
    ["cd src && rm -rf a", "runs", "runs"],
    ["cd src && rm -rf a/*", "asks", "asks"],
    ["cd ./src && rm -rf .", "asks", "asks"],
    ["cd .. && rm -rf proj", "runs", "runs"],
    ["bash -c 'rm -rf /'", "asks", "runs"],
  ])("beside a blanket rule: %s (newer client %s, older %s)", (...given) => {
    behaves({ allow: ["Bash"] }, given);
  });

  test.each<Case>([
    ["cp a b", "refuses", "refuses"],
    ["cp b a", "refuses", "refuses"],
    ["cp a /etc/x", "runs", "refuses"],
    ["cp -r a b", "refuses", "runs"],
    ["mv a b", "refuses", "refuses"],
    ["rm 'a*'", "runs", "runs"],
    ["touch a > a", "refuses", "refuses"],
  ])("what is copied arrives somewhere: %s beside deny Edit(a) (newer client %s, older %s)", (...given) => {
    behaves({ allow: ["Bash"], deny: ["Edit(a)"] }, given);
  });

  test.each<Case>([
    ["zz > a", "asks", "asks"],
    ["zz; ls > a", "refuses", "refuses"],
  ])("an ask rule for the command comes before its files: %s (newer client %s, older %s)", (...given) => {
    behaves({ allow: ["Bash"], ask: ["Bash(zz)"], deny: ["Edit(a)"] }, given);
  });
});

describe("removals and writes under a blanket rule", () => {
  test.each<Case>([
    ["rm -r $(x)", "asks", "runs"],
    ["rm -r ~/$(x)/*", "asks", "runs"],
    ['sudo rm -rf "$(x)"', "asks", "runs"],
    ["rm -r a$(x)", "runs", "runs"],
    ["rm -r $(x)/a", "runs", "runs"],
    ["rm $(x)", "runs", "runs"],
    ["xargs rm -r $(x)", "runs", "runs"],
    ["rm /etc", "asks", "asks"],
    ["rm /./etc", "asks", "runs"],
    ["rm /x/../etc", "runs", "runs"],
    ["rm /x/..", "asks", "asks"],
    ["cd src && rm -rf ~ > /dev/null", "asks", "runs"],
    ["cd src && rm -rf ~ 2>&1", "asks", "asks"],
    ["mkdir .claude/a", "asks", "asks"],
    ["mkdir '.claude/{a'", "runs", "runs"],
  ])("%s", (...given) => behaves({ allow: ["Bash"] }, given));

  test("no refusal sees a brace either", () => {
    behaves({ allow: ["Bash"], deny: ["Edit(docs/**)"] }, ["touch docs/a", "refuses", "refuses"]);
    behaves({ allow: ["Bash"], deny: ["Edit(docs/**)"] }, ["touch docs/{a", "runs", "runs"]);
  });
});
