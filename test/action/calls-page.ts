import type { GitHubServer, GitHubState } from "../github/server.ts";

/** One run of the Action, as GitHub saw it. */
export interface Row {
  event: string;
  situation: string;
  exit: number | null;
  calls: GitHubServer["calls"];
  /** Afterwards, without those of bystanders. */
  comments: GitHubState["comments"];
  /** The log. */
  said: string;
}

const HEADING = `# What GitHub receives

Every row is one run of the built Action as a process of its own, against an API on loopback that keeps state and takes no
request that GitHub's published description does not know. The tests write this page from what that API has recorded, and
fail when it no longer says so (\`test/action/calls.test.ts\`).

On a pull request, the comments are asked for once more than shown: while the check still runs. That answer is used when it
is less than a second old by then and holds no comment of the Action. A number behind a call is the status it was answered
with, where that was not a success; "cut" is an answer that never came whole.
`;

/** The table event × situation × what the API received. */
export function pageOf(rows: readonly Row[]): string {
  return [
    HEADING,
    "| event | situation | what the API received | exit | comments afterwards | the log says |",
    "| :-- | :-- | :-- | --: | :-- | :-- |",
    ...rows.map((row) => `| ${cells(row).join(" | ")} |`),
    "",
  ].join("\n");
}

function cells({ event, situation, exit, calls, comments, said }: Row): string[] {
  return [
    `\`${event.split(" ")[0]}\`${event.slice(event.split(" ")[0]!.length)}`,
    situation,
    calls.map(callText).join(", ") || "nothing",
    String(exit),
    comments.map(commentText).join("; ") || "none",
    noticeOf(said),
  ];
}

function callText({ operation, status }: Row["calls"][number]): string {
  const [group = "", name = ""] = operation.split("/");
  const words = name === "list" ? `list ${group}` : name.replaceAll("-", " ");
  if (status === null) return `${words} (cut)`;
  return status < 400 ? words : `${words} (${status})`;
}

/** What a reader sees first of it. */
function commentText({ login, body }: Row["comments"][number]): string {
  const lines = body.split("\n").filter((line) => line !== "" && !line.startsWith("<!--"));
  const first = (lines[0] ?? "").replace(/^#+ /, "").replace(/[0-9a-f]{12}.*$/, "…");
  return `${login === "mallory" ? "mallory's: " : ""}“${first}”`;
}

/** The notice or error that is about GitHub or the event, if any: those about findings have longer titles. */
function noticeOf(said: string): string {
  const [, text = ""] = /^::(?:notice|error) title=nixclaude(?: could not tell)?::(.*)$/m.exec(said) ?? [];
  return text
    .replace(/[0-9a-f]{40}/g, "…")
    .replace(/\[[a-z-]+\].*$/, "")
    .trim();
}
