import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const directory = join(import.meta.dirname, "github-view");
const installed = join(directory, "node_modules");

/** What is used of https://github.com/micromark/micromark, whose types are there only once it is installed. */
interface Micromark {
  micromark(markdown: string, options: object): string;
}
interface Gfm {
  gfm(): object;
  gfmHtml(): object;
}

/** Markdown as GitHub shows it in a comment: its flavour, its style sheet, and a library that draws the pictures. */
export interface GitHubView {
  html(markdown: string): string;
  page(markdown: string): string;
  /** A script that makes `mermaid` known. */
  mermaid: string;
}

export async function githubView(): Promise<GitHubView> {
  if (!existsSync(installed)) {
    execFileSync("npm", ["ci", "--ignore-scripts"], {
      cwd: directory,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  const load = (path: string): Promise<unknown> => import(pathToFileURL(join(installed, path)).href);
  const { micromark } = (await load("micromark/index.js")) as Micromark;
  const { gfm, gfmHtml } = (await load("micromark-extension-gfm/index.js")) as Gfm;
  const html = (markdown: string) =>
    micromark(markdown, {
      allowDangerousHtml: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    });
  const style = readFileSync(join(installed, "github-markdown-css/github-markdown.css"), "utf8");
  return {
    html,
    page: (markdown) => page(style, html(markdown)),
    mermaid: readFileSync(join(installed, "mermaid/dist/mermaid.min.js"), "utf8"),
  };
}

/** As wide as GitHub's column of comments on a large screen. */
function page(style: string, content: string): string {
  const frame =
    "body { margin: 0; padding: 16px; } .comment { max-width: 790px; margin: auto; padding: 16px; border: 1px solid #8888; font-size: 14px !important; }";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Comment</title><style>${style}\n${frame}</style></head><body><main class="comment markdown-body">${content}</main></body></html>`;
}
