// Writes the measured parts of docs/semantics.md: node scripts/semantics.mjs REPORT.json…
// The reports are what `npm run conformance -- --json FILE` wrote; the recorded set is replayed here.
import { readFileSync, writeFileSync } from "node:fs";
import { measureRecorded } from "./agreement.d/measure.mjs";

const root = new URL("..", import.meta.url);
const page = new URL("docs/semantics.md", root);

const COUNTS = ["unsound", "wrongApproval", "undecided", "askOrDeny", "unclear"];
const COUNT_HEADS = ["unsound", "wrong approvals", "undecided", "ask or deny", "unclear"];

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
let text = readFileSync(page, "utf8");
text = filled(text, "recorded", await recordedTable());
if (reports.length > 0) {
  text = filled(text, "runs", runsTable());
  text = filled(text, "categories", categoriesTable());
  text = filled(text, "left", leftTable());
  text = filled(text, "facts", reports.flatMap(({ facts }) => facts).length > 0 ? factsTable() : "");
  text = filled(text, "pairs", reports.flatMap(({ pairs }) => pairs).length > 0 ? pairsTable() : "");
}
writeFileSync(page, text);

function filled(source, name, content) {
  const marked = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marked.test(source)) throw new Error(`docs/semantics.md has no place for "${name}"`);
  return content === "" ? source : source.replace(marked, (_, start, end) => start + content + end);
}

async function recordedTable() {
  const lines = (await measureRecorded()).text.split("\n");
  return [...lines.slice(0, 2), ...lines.filter((line) => line.startsWith("| **"))]
    .map((line) => `${line}\n`)
    .join("");
}

function table(head, rows) {
  const align = head.map((_, column) => (column === 0 ? ":--" : "--:"));
  return [head, align, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function percent(agree, decisions) {
  return `${(Math.floor((agree / decisions) * 10_000) / 100).toFixed(2)} %`;
}

function runsTable() {
  const rows = reports.flatMap(({ seed, rows, askedMs, durationMs, sessions }) =>
    rows
      .filter(({ category }) => category === "overall")
      .map((row, index) => [
        `\`${seed}\``,
        row.client,
        row.decisions,
        percent(row.agree, row.decisions),
        ...COUNTS.map((name) => row[name]),
        index > 0 ? "" : `${minutes(askedMs)} (${minutes(durationMs)})`,
        index > 0 ? "" : `${(sessions.medianMs / 1000).toFixed(1)} s`,
      ]),
  );
  return table(
    ["seed", "client", "decisions", "agree", ...COUNT_HEADS, "questions (with shrinking)", "median session"],
    rows,
  );
}

function minutes(ms) {
  return `${(ms / 60_000).toFixed(1)} min`;
}

/** All seeds together. */
function categoriesTable() {
  const sums = new Map();
  for (const row of reports.flatMap(({ rows }) => rows)) {
    const key = `${row.client} ${row.category}`;
    const sum = sums.get(key) ?? {
      ...row,
      decisions: 0,
      agree: 0,
      ...Object.fromEntries(COUNTS.map((name) => [name, 0])),
    };
    sums.set(key, sum);
    for (const name of ["decisions", "agree", ...COUNTS]) sum[name] += row[name];
  }
  const rows = [...sums.values()].map((row) => [
    row.category === "overall" ? "**overall**" : row.category,
    row.client,
    row.decisions,
    percent(row.agree, row.decisions),
    ...COUNTS.map((name) => row[name]),
  ]);
  return table(["category", "client", "decisions", "agree", ...COUNT_HEADS], rows);
}

/** Every disagreement that is left, in its smallest form; the same one of several seeds once. */
function leftTable() {
  const joined = new Map();
  for (const one of reports.flatMap(({ disagreements }) => disagreements)) {
    const key = JSON.stringify([one.client, one.verdict, one.rules, one.call]);
    const same = joined.get(key);
    joined.set(key, { ...one, cases: one.cases + (same?.cases ?? 0) });
  }
  if (joined.size === 0) return "None.\n";
  const rows = [...joined.values()].map((one) => [
    `${one.verdict}, ${one.category}`,
    one.client,
    one.cases,
    code(rulesText(one.rules)),
    code(one.call),
    cell(one.clientSaid),
    cell(one.engineSaid),
    cell(one.reason ?? "not looked at yet"),
  ]);
  const head = ["what", "client", "cases", "rules", "call", "the client", "the engine", "why it stays"];
  const align = head.map((name) => (name === "cases" ? "--:" : ":--"));
  return [head, align, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function rulesText({ files, mode, trusted }) {
  const parts = files.map(
    ({ scope, settings }) =>
      `${scope === "project" ? "" : `${scope} `}${JSON.stringify(settings.permissions ?? settings)}`,
  );
  if (mode !== null) parts.push(`mode ${mode}`);
  if (!trusted) parts.push("not trusted");
  return parts.join("; ") || "none";
}

function factsTable() {
  const rows = new Map();
  for (const { client, asked, confirmed, refuted } of reports.flatMap(({ facts }) => facts)) {
    rows.set(client, [
      client,
      asked,
      confirmed,
      refuted.map(({ fact }) => code(fact.id)).join(", ") || "none",
    ]);
  }
  return table(["client", "facts", "confirmed", "refuted"], [...rows.values()]);
}

function pairsTable() {
  const rows = reports.flatMap(({ seed, pairs }) =>
    pairs.map((one) => [
      `\`${seed}\``,
      one.client,
      one.pairs,
      one.notWider,
      one.wider,
      one.undecided,
      one.calls,
      one.missed.length,
      `${one.wider - one.unconfirmed.length} of ${one.wider}`,
    ]),
  );
  return table(
    [
      "seed",
      "client",
      "pairs",
      "not wider",
      "wider",
      "undecided",
      "calls asked",
      "run after, not before",
      "witnesses confirmed",
    ],
    rows,
  );
}

/** Inside a table: nothing may end the cell or begin markup. */
function code(text) {
  const plain = text
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replace(/[\u007f-\uffff]/g, escaped);
  const short = plain.length > 120 ? `${plain.slice(0, 120)}…` : plain;
  const ticks = short.includes("`") ? "``" : "`";
  return `${ticks}${ticks === "``" ? " " : ""}${short.replaceAll("|", "\\|")}${ticks === "``" ? " " : ""}${ticks}`;
}

function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ").replaceAll("`", "'");
}

function escaped(character) {
  return /[à-öø-ÿ…]/.test(character)
    ? character
    : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
