import type { Call } from "../../../src/model/permission.ts";
import { projectRules } from "../scenario.ts";
import { AGENT_NAMES, SKILL_NAMES } from "../world.ts";
import type { Drawn } from "./command-scenarios.ts";
import type { Random } from "./random.ts";
import { mixedLists } from "./rule-mix.ts";

export function nameRule(random: Random): string {
  const skill = random.pick(SKILL_NAMES);
  const agent = random.pick(AGENT_NAMES);
  return random.weighted(
    [5, () => `Skill(${skill})`],
    [3, () => `Skill(${skill} *)`],
    [1, () => `Skill(${skill}:*)`],
    [2, () => `Skill(${skill.slice(0, 3)}*)`],
    [
      2,
      () =>
        random.pick([
          "Skill",
          "Skill(*)",
          "Skill()",
          `Skill(/${skill})`,
          `Skill(skill:${skill})`,
          `Skill(skill:${skill.charAt(0)}*)`,
          "Skill(args:prod)",
          `skill(${skill})`,
          `SlashCommand(/${skill})`,
          `Skill(${skill.toUpperCase()})`,
        ]),
    ],
    [5, () => `Agent(${agent})`],
    [2, () => `Task(${agent})`],
    [1, () => `Agent(${agent.slice(0, 3)}*)`],
    [
      3,
      () =>
        random.pick([
          "Agent",
          "Task",
          "Agent(*)",
          "Task(*)",
          `Agent(subagent_type:${agent})`,
          `Agent(subagent_type:${agent.charAt(0)}*)`,
          "Agent(model:opus)",
          "Agent(model:*)",
          `agent(${agent})`,
          "Agent()",
          "Agent(run_in_background:true)",
          `Agent(${agent.toLowerCase()})`,
        ]),
    ],
  );
}

export function drawNames(random: Random, calls: number): Drawn {
  const lists = mixedLists(
    random,
    () => nameRule(random),
    () => random.pick(["Skill", "Agent", "Task", "Skill(*)"]),
  );
  const skills = SKILL_NAMES.flatMap((argument): Call[] => [
    { tool: "Skill", argument },
    { tool: "Skill", argument, parameters: { args: "prod" } },
  ]);
  const agents = AGENT_NAMES.flatMap((argument): Call[] => [
    { tool: "Agent", argument },
    { tool: "Agent", argument, parameters: { model: "opus" } },
  ]);
  return { rules: projectRules(lists), calls: random.sample([...skills, ...agents], calls) };
}
