import type { ClaudeContext } from "../model/context.ts";
import type { MessagesBody, Thinking } from "./messages-request-body.ts";
import {
  EFFORTS,
  type Effort,
  LEAST_BUDGET_TOKENS,
  type ModelFacts,
  modelFacts,
} from "./messages-request-models.ts";
import type { RenderNotes } from "./rendered.ts";

type Speaking = Pick<ClaudeContext, "settings" | "env">;

/**
 * How the model thinks, where the context says so: `settings.alwaysThinkingEnabled` and `settings.effortLevel`, and the
 * variables that the client puts before them, `MAX_THINKING_TOKENS` and `CLAUDE_CODE_EFFORT_LEVEL`. What the context
 * leaves open is the model's own default, and nothing is written.
 */
export function thinkingOf(
  context: Speaking,
  model: string,
  maxTokens: number,
  notes: RenderNotes,
): Pick<MessagesBody, "thinking" | "output_config"> {
  const facts = modelFacts(model);
  const effort = effortOf(context, model, facts, notes);
  const thinking = wantedThinking(context, model, facts, maxTokens, effort, notes);
  return {
    ...(thinking === null ? {} : { thinking }),
    ...(effort === null ? {} : { output_config: { effort } }),
  };
}

function effortOf(
  { settings, env }: Speaking,
  model: string,
  facts: ModelFacts | null,
  notes: RenderNotes,
): Effort | null {
  const variable = env.CLAUDE_CODE_EFFORT_LEVEL;
  const said = variable ?? settings.effortLevel;
  if (said === undefined || said === null || said === "" || said === "auto") return null;
  const path = variable === undefined ? "settings.effortLevel" : "env.CLAUDE_CODE_EFFORT_LEVEL";
  const effort = EFFORTS.find((level) => level === said);
  if (effort === undefined) {
    notes.problem(path, `the API takes ${EFFORTS.join(", ")} here`);
    return null;
  }
  if (facts === null) {
    notes.omit(path, `it is not known whether ${model} takes an effort`);
    return null;
  }
  if (facts.efforts.includes(effort)) return effort;
  const taken = facts.efforts.length === 0 ? "no effort" : facts.efforts.join(", ");
  notes.problem(path, `${model} takes ${taken}, not ${effort}`);
  return null;
}

function wantedThinking(
  context: Speaking,
  model: string,
  facts: ModelFacts | null,
  maxTokens: number,
  effort: Effort | null,
  notes: RenderNotes,
): Thinking | null {
  const wanted = wishOf(context);
  if (wanted === null) return null;
  if (facts === null) {
    notes.omit(wanted.path, `it is not known how ${model} is told to think`);
    return null;
  }
  return wanted.think
    ? thinks(wanted, model, facts, maxTokens, notes)
    : thinksNot(wanted.path, model, facts, effort, notes);
}

interface Wish {
  path: string;
  think: boolean;
  /** Tokens, where they are named. */
  budget: number | null;
}

function wishOf({ settings, env }: Speaking): Wish | null {
  const variable = env.MAX_THINKING_TOKENS?.trim();
  if (variable !== undefined && /^\d+$/.test(variable)) {
    const budget = Number(variable);
    return { path: "env.MAX_THINKING_TOKENS", think: budget > 0, budget: budget > 0 ? budget : null };
  }
  const said = settings.alwaysThinkingEnabled;
  return typeof said === "boolean"
    ? { path: "settings.alwaysThinkingEnabled", think: said, budget: null }
    : null;
}

function thinks(
  { path, budget }: Wish,
  model: string,
  { thinking }: ModelFacts,
  maxTokens: number,
  notes: RenderNotes,
): Thinking | null {
  if (thinking.includes("adaptive")) {
    if (budget !== null) notes.omit(path, `${model} decides itself how many tokens it thinks`);
    return { type: "adaptive" };
  }
  if (maxTokens <= LEAST_BUDGET_TOKENS) {
    notes.problem(
      path,
      `${model} thinks with at least ${LEAST_BUDGET_TOKENS} tokens, and max_tokens has to be above that`,
    );
    return null;
  }
  // Half of what may be written is left for the answer, unless the context says otherwise.
  const asked = budget ?? Math.floor(maxTokens / 2);
  return {
    type: "enabled",
    budget_tokens: Math.min(Math.max(asked, LEAST_BUDGET_TOKENS), maxTokens - 1),
  };
}

function thinksNot(
  path: string,
  model: string,
  { thinking, disabledUpTo }: ModelFacts,
  effort: Effort | null,
  notes: RenderNotes,
): Thinking | null {
  if (thinking.includes("disabled")) {
    const tooHigh =
      disabledUpTo !== undefined &&
      effort !== null &&
      EFFORTS.indexOf(effort) > EFFORTS.indexOf(disabledUpTo);
    if (!tooHigh) return { type: "disabled" };
    notes.problem(path, `${model} cannot stop thinking at the effort ${effort}, only up to ${disabledUpTo}`);
    return null;
  }
  // The least that these models think.
  if (thinking.includes("between_tools")) return { type: "between_tools" };
  notes.problem(path, `${model} always thinks; effort is how to make it think less`);
  return null;
}
