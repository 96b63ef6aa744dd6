import type { Finding } from "../model/finding.ts";
import { nixString } from "./escape.ts";

/** To be pasted into `flake.nix`; only the person who accepts the risk can fill in the rest. */
export function waiverStanza(finding: Finding): string[] {
  const { path, rule } = finding.subject;
  const only = rule === undefined ? `path = ${nixString(path)}` : `rule = ${nixString(rule)}`;
  return [
    `claudeContext.waivers.${nixString(finding.rule)} = {`,
    `  reason = "why this is acceptable";`,
    `  owner = "who answers for it";`,
    `  expires = "YYYY-MM-DD";`,
    `  only = { ${only}; };`,
    `};`,
  ];
}
