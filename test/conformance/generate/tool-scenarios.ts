import type { Call } from "../../../src/model/permission.ts";
import { projectRules } from "../scenario.ts";
import type { Drawn } from "./command-scenarios.ts";
import { anyPath } from "./paths.ts";
import type { Random } from "./random.ts";
import { mixedLists } from "./rule-mix.ts";
import { HOSTS } from "./web-scenarios.ts";

const GLOBS = [
  "*",
  "B*",
  "Ba?h",
  "*sh",
  "Re*",
  "*e",
  "W*",
  "Web*",
  "Cron*",
  "E*",
  "Edit*",
  "*Edit",
  "M*",
  "Monitor*",
  "S*",
  "mcp__*",
  "[B]ash",
  "b*",
  "*Search",
];
const PARAMETER_RULES = [
  "Bash(run_in_background:true)",
  "Bash(run_in_background:*)",
  "Bash(run_in_background : true)",
  "Bash(run_in_background:false)",
  "Bash(timeout:5000)",
  "Bash(timeout:*)",
  "Bash(timeout:5*)",
  "Bash(dangerouslyDisableSandbox:true)",
  "Bash(description:x)",
  "Bash(description:*)",
  "Bash(command:ls)",
  "Bash(command:*)",
  "Read(limit:5)",
  "Read(limit:*)",
  "Read(offset:1)",
  "Read(file_path:*)",
  "Edit(replace_all:true)",
  "Write(content:*)",
  "Write(file_path:*)",
  "Monitor(persistent:true)",
  "WebFetch(prompt:*)",
  "WebFetch(url:*)",
  "WebSearch(query:x*)",
  "CronCreate(recurring:true)",
];
const WHOLE_TOOLS = [
  "Bash",
  "Read",
  "Write",
  "Edit",
  "NotebookEdit",
  "WebFetch",
  "WebSearch",
  "Monitor",
  "CronCreate",
  "Skill",
  "Agent",
  "Glob",
  "Grep",
  "ToolSearch",
  "TaskStop",
];

export function toolRule(random: Random): string {
  return random.weighted(
    [4, () => random.pick(GLOBS)],
    [4, () => random.pick(PARAMETER_RULES)],
    [3, () => random.pick(WHOLE_TOOLS)],
    [2, () => `${random.pick(WHOLE_TOOLS)}(*)`],
    [1, () => `${random.pick(WHOLE_TOOLS)}()`],
    [1, () => random.pick(WHOLE_TOOLS).toLowerCase()],
    [1, () => `${random.pick(["Bash", "Monitor"])}(tail *)`],
    [
      0.5,
      () =>
        random.pick([
          "Stop Task",
          "Unknown",
          "Unknown(x)",
          "",
          "(x)",
          "Bash)",
          "Bash((*))",
          "Bash,Read",
          "Bash|Read",
          "Bash Read",
        ]),
    ],
  );
}

export function drawTools(random: Random, calls: number): Drawn {
  const lists = mixedLists(
    random,
    () => toolRule(random),
    () => random.pick(["Bash", "Read", "Edit", "Write"]),
  );
  return { rules: projectRules(lists), calls: Array.from({ length: calls }, () => toolCall(random)) };
}

/** A call of any tool that the client offers, with parameters now and then. */
export function toolCall(random: Random): Call {
  return random.weighted<Call>(
    [
      6,
      () => ({
        tool: "Bash",
        argument: random.pick(["ls", "zz", "zz a", "git status", "npm test"]),
        ...bashParameters(random),
      }),
    ],
    [
      2,
      () => ({
        tool: "Read",
        argument: anyPath(random),
        ...(random.chance(0.4) ? { parameters: { limit: random.pick([5, 10]) } } : {}),
      }),
    ],
    [
      2,
      () => ({
        tool: random.pick(["Write", "Edit"]),
        argument: `${anyPath(random)}.${random.integer(0, 9999)}`,
      }),
    ],
    [1, () => ({ tool: "WebFetch", argument: `https://${random.pick(HOSTS)}/` })],
    [1, () => ({ tool: "WebSearch", argument: random.pick(["x y", "query"]) })],
    [1, () => ({ tool: "Monitor", argument: random.pick(["tail -f x", "zz", "ls", "tail -n1 a; zz"]) })],
    [1, () => ({ tool: random.pick(["CronCreate", "CronList", "ListAgents"]), argument: "" })],
  );
}

function bashParameters(random: Random): Pick<Call, "parameters"> {
  if (random.chance(0.4)) return {};
  return {
    parameters: random.pick([
      { run_in_background: true },
      { run_in_background: false },
      { timeout: 5000 },
      { timeout: 50000 },
      { description: "x" },
      { dangerouslyDisableSandbox: true },
      { timeout: 5000, run_in_background: true },
    ]),
  };
}
