import { assertNever } from "../../../src/model/assert-never.ts";
import type { Call } from "../../../src/model/permission.ts";
import type { RuleSet, Scenario } from "../scenario.ts";
import {
  type Drawn,
  drawCommands,
  drawEveryday,
  drawFileCommands,
  drawReadOnly,
} from "./command-scenarios.ts";
import { independentCalls } from "./independent-calls.ts";
import { drawMcp } from "./mcp-scenarios.ts";
import { drawNames } from "./name-scenarios.ts";
import { drawPaths } from "./path-scenarios.ts";
import { Random } from "./random.ts";
import { drawModes, drawPrecedence } from "./settings-scenarios.ts";
import { drawTools } from "./tool-scenarios.ts";
import { drawWeb } from "./web-scenarios.ts";

/** What a run asks about, in the order of its table; how large a share of the decisions, and how many in a session. */
const SHARES = {
  "simple commands": { weight: 9, calls: 50 },
  "read-only commands": { weight: 13, calls: 90 },
  wrappers: { weight: 9, calls: 60 },
  compounds: { weight: 9, calls: 60 },
  quoting: { weight: 9, calls: 60 },
  prefixes: { weight: 7, calls: 60 },
  redirections: { weight: 7, calls: 60 },
  "file commands": { weight: 8, calls: 60 },
  "read paths": { weight: 5, calls: 45 },
  "edit paths": { weight: 5, calls: 40 },
  "everyday lines": { weight: 10, calls: 60 },
  web: { weight: 3, calls: 30 },
  mcp: { weight: 2, calls: 14 },
  "agents and skills": { weight: 2, calls: 16 },
  "tool globs and parameters": { weight: 3, calls: 30 },
  modes: { weight: 5, calls: 45 },
  precedence: { weight: 5, calls: 40 },
} as const;

export type Category = keyof typeof SHARES;
export const CATEGORIES = Object.keys(SHARES) as readonly Category[];

export interface RunOptions {
  seed: string;
  /** At least so many decisions are asked of each client, over all categories. */
  decisions: number;
  categories: readonly Category[];
  /** Without it, all calls that are drawn are asked. */
  choice?: Choice;
}

export interface Choice {
  /** How many calls are drawn for each that a session has room for. */
  outOf: number;
  of: (rules: RuleSet) => (call: Call) => boolean;
}

/** The scenarios of a run, in the order of the categories: the same for the same options. */
export function generateRun({ seed, decisions, categories, choice }: RunOptions): Scenario[] {
  const total = categories.reduce((sum, category) => sum + SHARES[category].weight, 0);
  return categories.flatMap((category) => {
    const wanted = Math.ceil((decisions * SHARES[category].weight) / total);
    const scenarios: Scenario[] = [];
    let asked = 0;
    while (asked < wanted) {
      const scenario = generateScenario(seed, category, scenarios.length, choice);
      scenarios.push(scenario);
      // Where few calls are chosen or none, the room for them counts, so that a run ends.
      asked += choice === undefined ? scenario.calls.length : SHARES[category].calls;
    }
    return scenarios;
  });
}

export function generateScenario(seed: string, category: Category, index: number, choice?: Choice): Scenario {
  const random = new Random(`${seed}/${category}/${index}`);
  const room = SHARES[category].calls;
  // Of the calls that are drawn, some come twice or get into each other's way.
  const { rules, calls } = draw(category, random, Math.ceil(room * 1.1 * (choice?.outOf ?? 1)));
  const chosen = choice === undefined ? calls : calls.filter(choice.of(rules));
  return { category, ...rules, calls: independentCalls(chosen).slice(0, room) };
}

function draw(category: Category, random: Random, calls: number): Drawn {
  switch (category) {
    case "simple commands":
    case "wrappers":
    case "compounds":
    case "quoting":
    case "prefixes":
    case "redirections":
      return drawCommands(category, random, calls);
    case "read-only commands":
      return drawReadOnly(random, calls);
    case "file commands":
      return drawFileCommands(random, calls);
    case "read paths":
    case "edit paths":
      return drawPaths(category, random, calls);
    case "everyday lines":
      return drawEveryday(random, calls);
    case "web":
      return drawWeb(random, calls);
    case "mcp":
      return drawMcp(random, calls);
    case "agents and skills":
      return drawNames(random, calls);
    case "tool globs and parameters":
      return drawTools(random, calls);
    case "modes":
      return drawModes(random, calls);
    case "precedence":
      return drawPrecedence(random, calls);
    default:
      return assertNever(category);
  }
}
