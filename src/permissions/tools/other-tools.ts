import type { Call } from "../../model/permission.ts";
import { FREE_TOOLS } from "../client-facts/tools.ts";
import { matchesParts } from "../rules/command-pattern.ts";
import { hostOf, isPreapproved, matchesDomain } from "../rules/domains.ts";
import type { CompiledSet } from "../sets/compiled-set.ts";
import {
  approved,
  approvedBy,
  asked,
  checked,
  refused,
  runsByDefault,
  undecided,
  unsettled,
} from "../sets/outcome.ts";
import type { CompiledList, CompiledRule } from "../sets/rule-set.ts";
import { parameterRule, unknownRule, wholeToolRule } from "../sets/tool-rules.ts";
import type { DecisionResult } from "../types.ts";

type Finder = (list: CompiledList) => CompiledRule | null;

/** Deny, ask, bypass, allow: what all tools without a language of their own have in common. null: nothing settles it. */
function byLists(set: CompiledSet, call: Call, own: Finder): DecisionResult | null {
  const find: Finder = (list) =>
    wholeToolRule(list, call.tool) ?? own(list) ?? (list.list === "allow" ? null : parameterRule(list, call));
  const denied = find(set.deny);
  if (denied !== null) return refused(denied);
  const askedBy = find(set.ask);
  if (askedBy !== null) return asked(askedBy);
  const open = unknownRule(set.deny, call.tool) ?? unknownRule(set.ask, call.tool);
  if (open !== null) return undecided(`it is not known what the rule ${open.text} covers`);
  if (set.mode === "bypassPermissions") return approvedBy("the mode bypassPermissions runs everything else");
  const allowed = find(set.allow);
  if (allowed !== null) return approved(allowed);
  const unclear = unknownRule(set.allow, call.tool);
  return unclear === null ? null : undecided(`it is not known what the rule ${unclear.text} covers`);
}

export function decideWebFetch(set: CompiledSet, call: Call): DecisionResult {
  const host = hostOf(call.argument);
  const own: Finder = (list) =>
    host === null ? null : (list.domains.find((rule) => matchesDomain(rule.parsed.pattern, host)) ?? null);
  const settled = byLists(set, call, own);
  if (settled !== null) return settled;
  const preapproved = isPreapproved(call.argument, set.client);
  if (preapproved === true) return runsByDefault(`${host} is one of the client's documentation hosts`);
  if (preapproved === "undecided") {
    return undecided(`${host} may be one of the documentation hosts that the client approves itself`);
  }
  return unsettled(`no rule covers ${host || "this address"}`);
}

export function decideMcp(set: CompiledSet, call: Call): DecisionResult {
  const own: Finder = (list) => list.mcp.find((rule) => matchesMcp(rule.parsed, call.tool)) ?? null;
  const result = byLists(set, call, own) ?? unsettled(`no rule covers ${call.tool}`);
  const heldBack = result.decision === "deny" || result.decision === "ask" || result.decision === "undecided";
  return heldBack || !set.plans || set.client === "2.1.197" ? result : planned(set, result, call.tool);
}

/** In plan mode newer clients run only what the server itself declares to read, and that as rules say. */
function planned(set: CompiledSet, result: DecisionResult, tool: string): DecisionResult {
  const { readOnlyMcpTools } = set.surroundings;
  if (readOnlyMcpTools === undefined) {
    return undecided(
      "plan mode runs only MCP tools that declare to read; what this one declares is not known",
    );
  }
  return readOnlyMcpTools.has(tool) ? result : checked("plan mode holds MCP tools that may write", "held");
}

function matchesMcp(rule: { server: string; toolPattern: string }, tool: string): boolean {
  // As whole names: where a server's own name holds `__`, the text still has one meaning only.
  return matchesParts(`mcp__${rule.server}__${rule.toolPattern}`.split("*"), tool);
}

export function decideAgent(set: CompiledSet, call: Call): DecisionResult {
  const settled = byLists(set, call, (list) => named(list, "Agent", call.argument));
  return settled ?? runsByDefault("starting a subagent needs no approval of its own");
}

export function decideSkill(set: CompiledSet, call: Call): DecisionResult {
  const name = (call.argument.split(/\s/)[0] ?? "").replace(/^\//, "");
  const settled = byLists(set, call, (list) => named(list, "Skill", name));
  if (settled !== null) return settled;
  if (set.surroundings.plainSkills?.has(name) === true)
    return runsByDefault("a plain skill needs no approval");
  return {
    decision: "default",
    runs: "undecided",
    reason: "a plain skill runs; one that declares allowed-tools or hooks asks before its first use",
  };
}

function named(list: CompiledList, tool: "Skill" | "Agent", name: string): CompiledRule | null {
  const matches = ({ parsed }: CompiledList["names"][number]): boolean =>
    parsed.tool === tool && (parsed.prefix === true ? name.startsWith(parsed.name) : name === parsed.name);
  return list.names.find(matches) ?? null;
}

export function decideOther(set: CompiledSet, call: Call): DecisionResult {
  const settled = byLists(set, call, () => null);
  if (call.tool === "AskUserQuestion") {
    return settled !== null && settled.decision !== "allow"
      ? settled
      : checked("it is a question to a person", "question");
  }
  if (settled !== null) return settled;
  if (FREE_TOOLS.has(call.tool)) return runsByDefault(`${call.tool} runs without a prompt`);
  if (call.tool === "WebSearch") return unsettled("no rule covers WebSearch");
  return undecided(`nothing is known about the tool ${call.tool}`);
}
