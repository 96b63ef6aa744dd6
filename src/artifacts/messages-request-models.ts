import type { ClaudeContext } from "../model/context.ts";
import type { RenderNotes } from "./rendered.ts";

export const EFFORTS = ["low", "medium", "high", "xhigh", "max"] as const;
export type Effort = (typeof EFFORTS)[number];
export const THINKING_TYPES = ["adaptive", "enabled", "between_tools", "disabled"] as const;
export type ThinkingType = (typeof THINKING_TYPES)[number];

/** Of a model that thinks with a budget. */
export const LEAST_BUDGET_TOKENS = 1_024;

/** What the API's documentation says that requests to one model may hold. */
export interface ModelFacts {
  thinking: readonly ThinkingType[];
  /** Empty: the model takes no effort at all. */
  efforts: readonly Effort[];
  /** The highest effort beside which thinking can be disabled; absent: beside any. */
  disabledUpTo?: Effort;
  maxOutputTokens: number;
  /** A shorter prefix is silently not cached; null: not documented. */
  minimumCachedTokens: number | null;
}

const ALWAYS_THINKS: ModelFacts = {
  thinking: ["adaptive"],
  efforts: EFFORTS,
  maxOutputTokens: 128_000,
  minimumCachedTokens: 512,
};
const CAN_STOP_THINKING: ModelFacts = { ...ALWAYS_THINKS, thinking: ["adaptive", "disabled"] };
const WITHOUT_XHIGH: ModelFacts = {
  ...ALWAYS_THINKS,
  thinking: ["adaptive", "enabled", "disabled"],
  efforts: ["low", "medium", "high", "max"],
};
const WITH_BUDGET: ModelFacts = {
  thinking: ["enabled", "disabled"],
  efforts: [],
  maxOutputTokens: 64_000,
  minimumCachedTokens: 4_096,
};

/**
 * https://platform.claude.com/docs: thinking, effort, prompt caching and the overview of models, as of November 2026.
 * The versions of a family differ in what they take, so a model that is not here is not known.
 */
const MODELS: Readonly<Record<string, ModelFacts>> = {
  "claude-fable-5-2": { ...ALWAYS_THINKS, minimumCachedTokens: null },
  "claude-fable-5-1": ALWAYS_THINKS,
  "claude-fable-5": ALWAYS_THINKS,
  "claude-mythos-5-2": { ...ALWAYS_THINKS, minimumCachedTokens: null },
  "claude-mythos-5-1": ALWAYS_THINKS,
  "claude-mythos-5": ALWAYS_THINKS,
  "claude-opus-5-5": ALWAYS_THINKS,
  "claude-opus-5": { ...CAN_STOP_THINKING, disabledUpTo: "high" },
  "claude-opus-4-8": { ...CAN_STOP_THINKING, minimumCachedTokens: 1_024 },
  "claude-opus-4-7": { ...CAN_STOP_THINKING, minimumCachedTokens: 2_048 },
  "claude-opus-4-6": { ...WITHOUT_XHIGH, minimumCachedTokens: 4_096 },
  "claude-opus-4-5": { ...WITH_BUDGET, efforts: ["low", "medium", "high"] },
  "claude-sonnet-5-5": { ...ALWAYS_THINKS, thinking: ["adaptive", "between_tools"] },
  "claude-sonnet-5": { ...CAN_STOP_THINKING, minimumCachedTokens: 1_024 },
  "claude-sonnet-4-6": { ...WITHOUT_XHIGH, minimumCachedTokens: 1_024 },
  "claude-sonnet-4-5": { ...WITH_BUDGET, minimumCachedTokens: 1_024 },
  "claude-haiku-5-5": { ...CAN_STOP_THINKING, disabledUpTo: "high" },
  "claude-haiku-4-5": WITH_BUDGET,
};

/** Null for a model that is not known; a date at the end of the id (`claude-haiku-4-5-20251001`) changes nothing. */
export function modelFacts(model: string): ModelFacts | null {
  const id = withoutDate(model);
  return Object.hasOwn(MODELS, id) ? MODELS[id]! : null;
}

export function withoutDate(model: string): string {
  return model.replace(/-\d{8}$/, "");
}

export const KNOWN_MODELS = Object.keys(MODELS);

/** The client's own start model where nothing names another. */
const DEFAULT_MODEL = "claude-opus-5-5";
/** What the client's aliases mean in 2.1.330, by its catalogue of 2026-11-20. */
const FAMILIES: Readonly<Record<string, string>> = {
  opus: "claude-opus-5-5",
  sonnet: "claude-sonnet-5-5",
  haiku: "claude-haiku-5-5",
  fable: "claude-fable-5-2",
};

/**
 * The id that the API takes. Aliases are words of the client, which the API refuses: each becomes the id that it means,
 * with a note, since the alias moves with the client and the id does not.
 * @param asked in place of the context's model.
 */
export function modelId(
  context: Pick<ClaudeContext, "model" | "env" | "permissions">,
  asked: string | undefined,
  notes: RenderNotes,
): string {
  const said = asked ?? context.model;
  const word = said?.trim().replace(/(?:\[1m\])+$/i, "") ?? "";
  if (word === "" || word.toLowerCase() === "default") {
    notes.problem("model", `no model is named: ${DEFAULT_MODEL} is asked, as the client would`);
    return DEFAULT_MODEL;
  }
  const family = familyOf(word.toLowerCase(), context);
  if (family !== null) {
    const variable = context.env[`ANTHROPIC_DEFAULT_${family.toUpperCase()}_MODEL`]?.trim();
    const id = variable !== undefined && variable !== "" ? variable : FAMILIES[family]!;
    notes.problem(
      "model",
      `${word} is a word of the client, not a model of the API: ${id} is written for it`,
    );
    return id;
  }
  if (word !== said?.trim()) {
    notes.problem("model", `[1m] is a word of the client: ${word} is written without it`);
  }
  return word;
}

function familyOf(word: string, { permissions }: Pick<ClaudeContext, "permissions">): string | null {
  if (word === "best") return "opus";
  if (word === "opusplan") return permissions.defaultMode === "plan" ? "opus" : "sonnet";
  return Object.hasOwn(FAMILIES, word) ? word : null;
}
