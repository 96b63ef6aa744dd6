import { createHash } from "node:crypto";
import type { Verdict } from "../model/finding.ts";
import type { FlakeReport, Report } from "../model/report.ts";
import { code, facts, Html, html, NOTHING } from "./html-markup.ts";
import { STYLE } from "./html-style.ts";
import { flakeTitle } from "./words.ts";

export interface Page {
  /** `plain` where nothing is judged. */
  tone: Verdict | "plain";
  title: string;
  /** Below the title. */
  said: readonly Html[];
  /** In their order; those without content are left out. */
  parts: readonly { id: string; name: string; content: Html }[];
}

/** A document around the parts: landmarks, contents, and a policy under which nothing is loaded, run or sent. */
export function page(report: Report, { tone, title, said, parts }: Page): string {
  const shown = parts.filter(({ content }) => content.text !== "");
  const contents = [...shown, { id: "computed", name: "How this was computed" }];
  return html`${new Html("<!doctype html>")}
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policy()}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="referrer" content="no-referrer"/>
<meta name="color-scheme" content="light dark"/>
<meta name="nixclaude-report" content="${report.schemaVersion} ${report.digest}"/>
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="${tone}">
<h1>${title}</h1>
${said.map((line) => html`${line}\n`)}${report.flakes.map(
  (flake) => html`<p class="flake">${code(flakeTitle(flake).replace("->", "→"))}</p>\n`,
)}</header>
<nav aria-label="Contents">
<ul>
${contents.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>\n`)}</ul>
</nav>
<main id="main">
${shown.map(
  ({ id, name, content }) => html`<section id="${id}" aria-labelledby="${id}-name">
<h2 id="${id}-name">${name}</h2>
${content}</section>
`,
)}${computed(report)}</main>
</body>
</html>
`.text;
}

/** The style is ours and is named by its hash; whatever else got into the page would not be run, loaded or sent. */
function policy(): string {
  const hash = createHash("sha256").update(STYLE).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function computed(report: Report): Html {
  const { nix, evaluations, cached, durationMs, limitsHit } = report.evaluation;
  const known: [string, Html][] = [
    ["Digest of the report", code(report.digest)],
    ["nixclaude", html`${report.tool.version}`],
    ["Client semantics", html`${report.semantics.client}`],
    ["Nix", html`${nix ?? "not needed"}`],
    [
      "Evaluations",
      html`${evaluations}, and ${cached} from the cache, in ${(durationMs / 1000).toFixed(1)} s`,
    ],
    ...report.flakes.map((flake): [string, Html] => ["Compared", compared(flake)]),
    ...limitsHit.map((limit): [string, Html] => ["Limit reached", html`${limit}`]),
  ];
  return html`<section id="computed" aria-labelledby="computed-name">
<h2 id="computed-name">How this was computed</h2>
${facts(known)}</section>
`;
}

/** With whole names, for whoever wants to do it again. */
function compared({ path, attribute, before, after }: FlakeReport): Html {
  return html`${code(`${path}#${attribute}`)}: ${side(before)} → ${side(after)}`;
}

function side({ revision, tree, present }: FlakeReport["before"]): Html {
  const known = revision === null ? NOTHING : html`revision ${code(revision)}`;
  const what = revision !== null || tree === null ? known : html`tree ${code(tree)}`;
  return html`${what.text === "" ? html`nothing` : what}${present ? "" : " (no context)"}`;
}
