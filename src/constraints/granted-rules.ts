import type { ClaudeContext } from "../model/context.ts";
import { attributePath } from "../model/position.ts";
import { ruleWordsOf } from "../permissions/index.ts";

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
      (ruleWordsOf(attributes["allowed-tools"] ?? null) ?? []).map((text) => ({
        text,
        path: attributePath(collection, name),
      })),
    ),
  );
}
