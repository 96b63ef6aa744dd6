import type { ClaudeContext } from "../model/context.ts";
import type { Json } from "../model/json.ts";
import { attributePath } from "../model/position.ts";

/** An allow rule with where it stands. */
export interface AllowRule {
  text: string;
  path: string;
}

/**
 * What skills and commands approve while they run (`allowed-tools` of their front matter). The client asks for no
 * trust before it honours them, so that a constraint on allow rules would otherwise end at the next skill.
 */
export function grantedRules({ skills, commands }: ClaudeContext): AllowRule[] {
  return Object.entries({ skills, commands }).flatMap(([collection, units]) =>
    Object.entries(units).flatMap(([name, { attributes }]) =>
      rulesIn(attributes["allowed-tools"]).map((text) => ({ text, path: attributePath(collection, name) })),
    ),
  );
}

/** `Read, Bash(git add *)`, `Read Bash(git add *)` or a list: separators inside parentheses do not split. */
function rulesIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === "string");
  return typeof value === "string" ? (value.match(/[^\s,(]+(?:\([^)]*\))?/g) ?? []) : [];
}
