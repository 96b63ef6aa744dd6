import type { Lists } from "../scenario.ts";
import { everydayLine, everydayLists } from "./everyday-lines.ts";
import type { Random } from "./random.ts";

/** Scripts and files that agents hand over in one line. */
const SCRIPTS: readonly string[] = [
  "python3 -c \"\nimport json\nprint(json.load(open('a.json')))\n\"",
  'python3 -c "print(f\\"{1 + 1}\\")"',
  "node -e 'console.log({ a: 1 })'",
  "cat > /tmp/a.json <<'EOF'\n{\n  \"a\": [1, 2]\n}\nEOF",
  "cat > src/a.ts <<'EOF'\nexport const a = 1;\nEOF",
  "python3 - <<'EOF'\nprint('x')\nEOF",
  'git commit -m "fix: x\n\nCo-authored-by: X <x@example.com>"',
  "git commit -m 'one\ntwo'",
  'gh pr create --title "x" --body "a\n- b"',
  "awk '{print $NF}' a.txt",
  'ssh host "cd /srv && ls"',
  'bash -c "npm ci && npm test"',
];

const JOINED_BY = [" && ", " && ", "; ", " || ", " | ", "\n"];

/** What is put around a line that a rule names. */
const AROUND: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line,
  (line) => `${line} 2>&1`,
  (line) => `${line} 2>/dev/null`,
  (line) => `${line} | tail -5`,
  (line) => `${line} 2>&1 | tail -20`,
  (line) => `${line} > out.txt`,
  (line) => `${line} && ls`,
  (line) => `ls && ${line}`,
  (line) => `ls | ${line}`,
  (line) => `${line} || true`,
  (line) => `${line}; echo "exit: $?"`,
  (line) => `cd /home/u/proj && ${line}`,
  (line) => `cd src && ${line}`,
  (line) => `timeout 60 ${line}`,
  (line) => `time ${line}`,
  (line) => `CI=1 ${line}`,
  (line) => `DEBUG=x ${line}`,
  (line) => `! ${line}`,
  (line) => `(${line})`,
  (line) => `{ ${line}; }`,
  (line) => `if ${line}; then echo ok; fi`,
  (line) => `for i in 1 2; do ${line}; done`,
  (line) => `echo "$(${line})"`,
  (line) => `# again\n${line}`,
  (line) => `  ${line}`,
  (line) => `${line} `,
  (line) => `${line} x`,
  (line) => `${line} &`,
  (line) => line.replace(" ", "  "),
  (line) => line.replaceAll('"', "'"),
  (line) => line.replace(" && ", " &&\n"),
];

/** A rule as the clients write it where a user approves a line for good. */
function ruleWithText(line: string): string {
  return `Bash(${line.replace(/[()\\]/g, "\\$&")})`;
}

function someLine(random: Random): string {
  const one = (): string => (random.chance(0.3) ? random.pick(SCRIPTS) : everydayLine(random));
  const first = one();
  if (!random.chance(0.35)) return first;
  return first + (endsInHeredoc(first) ? "\n" : random.pick(JOINED_BY)) + one();
}

/** Nothing but another line may follow it. */
function endsInHeredoc(line: string): boolean {
  return line.endsWith("\nEOF");
}

function around(random: Random, line: string): string {
  const text = random.pick(AROUND)(line);
  return endsInHeredoc(line) && !text.endsWith(line) ? line : text;
}

/** Lists that name whole lines, and a maker of lines like them. */
export function rememberedLines(random: Random): { lists: Lists; line: () => string } {
  const lines = Array.from({ length: random.integer(3, 8) }, () => someLine(random));
  const refused = random.chance(0.3) ? [lines[0]!] : [];
  const lists = everydayLists(random);
  return {
    lists: {
      allow: [...(lists.allow ?? []).slice(0, 2), ...lines.slice(refused.length).map(ruleWithText)],
      ask: lists.ask ?? [],
      deny: [...(lists.deny ?? []).slice(0, 2), ...refused.map(ruleWithText)],
    },
    line: () => (random.chance(0.15) ? someLine(random) : around(random, random.pick(lines))),
  };
}
