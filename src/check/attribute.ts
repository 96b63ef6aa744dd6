import { UsageError } from "../model/errors.ts";

const STEP = /^(?:([A-Za-z_][A-Za-z0-9_'-]*)|"((?:[^"\\]|\\.)*)")(?:\.|$)/;

/**
 * `nixosConfigurations."my host".config.claude` → its steps.
 * @throws UsageError when the text is no attribute path.
 */
export function parseAttribute(text: string): string[] {
  const steps: string[] = [];
  let rest = text;
  while (rest !== "") {
    const match = STEP.exec(rest);
    if (match === null) throw notAnAttribute(text);
    steps.push(match[1] ?? match[2]!.replace(/\\(.)/g, "$1"));
    rest = rest.slice(match[0].length);
  }
  if (steps.length === 0 || text.endsWith(".")) throw notAnAttribute(text);
  return steps;
}

function notAnAttribute(text: string): UsageError {
  return new UsageError(
    "attribute-malformed",
    `--attribute ${JSON.stringify(text)} is not an attribute path`,
    {
      hint: 'Write it as in Nix: claudeContext, or nixosConfigurations."my host".config.claude.context.',
    },
  );
}
