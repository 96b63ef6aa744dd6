import type { ClientVersion } from "../../model/semantics.ts";

/**
 * What a classifier judges although it runs without a rule in other modes, and which allow rules do not count while one
 * judges. Measured in `-p`: the newer client asks for the verdict in the request itself (`safeguards`), the older one
 * in a request of its own.
 */

/** Tools that run by default, and are judged in these modes; `ruleHelps`: an allow rule for the tool still approves. */
export const CLASSIFIED_TOOLS: readonly {
  tool: string;
  modes: readonly ("auto" | "plan")[];
  clients: readonly ClientVersion[];
  ruleHelps: boolean;
}[] = [
  { tool: "Agent", modes: ["auto", "plan"], clients: ["2.1.330"], ruleHelps: false },
  { tool: "Agent", modes: ["auto"], clients: ["2.1.197"], ruleHelps: false },
  { tool: "SendMessage", modes: ["auto", "plan"], clients: ["2.1.330"], ruleHelps: true },
  { tool: "ScheduleWakeup", modes: ["auto"], clients: ["2.1.330"], ruleHelps: true },
  { tool: "CronCreate", modes: ["auto"], clients: ["2.1.330"], ruleHelps: true },
];

/** Whole-tool allow rules that are set aside. */
export const SUSPENDED_TOOLS: ReadonlySet<string> = new Set(["Bash", "PowerShell", "Monitor", "Agent"]);

const OLDER =
  "python python2 python3 node deno tsx ruby perl php lua npx bunx bash sh zsh fish env sudo ssh xargs eval exec";
const NEWER =
  `${OLDER} python3.11 pnpx dash ksh pwsh powershell cmd doas su time timeout nohup nice stdbuf command builtin ` +
  "source watch setsid flock script busybox";

/**
 * Commands that run others: a Bash rule that continues one of them with a wildcard (`python3 *`, `python3 -c *`) is set
 * aside. About a hundred other programs were tried (`make`, `git`, `docker`, `curl`, `find`, `uv`, …): their rules count.
 */
export const SUSPENDED_PROGRAMS: Readonly<Record<ClientVersion, ReadonlySet<string>>> = {
  "2.1.330": new Set(NEWER.split(" ")),
  "2.1.197": new Set(OLDER.split(" ")),
};

/** The same for package scripts: `npm run *`, but not `npm run test *`. */
export const SUSPENDED_SUBCOMMANDS: ReadonlySet<string> = new Set([
  "npm run",
  "yarn run",
  "pnpm run",
  "bun run",
]);
