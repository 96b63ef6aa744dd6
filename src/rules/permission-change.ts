import type { Change } from "../model/change.ts";

/** Which guarding list a change of the surface `permissions` is about; null: the allow rules, or a setting. */
export function guardListOf({ path }: Change): "ask" | "deny" | null {
  const list = /^permissions\.(ask|deny)(?:\[|$)/.exec(path)?.[1];
  return list === "ask" || list === "deny" ? list : null;
}

/** The allow rule that `tools.<name>.alwaysApprove` stands for. */
export function isToolApproval({ path }: Change): boolean {
  return /^tools[.[].*\.alwaysApprove$/.test(path);
}

/** The permission rule that a change is about: the new one, else the one that went. */
export function ruleOf(change: Change): { rule?: string } {
  const isRule =
    /^(?:autoApprove|permissions\.(?:allow|ask|deny))(?:\[|$)/.test(change.path) || isToolApproval(change);
  const rule = change.after ?? change.before;
  return isRule && typeof rule === "string" ? { rule } : {};
}
