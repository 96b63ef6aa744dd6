import type { ClaudeContext } from "../model/context.ts";

/** The client itself, where a context names it as the package of a tool. */
export interface ClientPackage {
  /** Name of the tool: `tools.claude`. */
  tool: string;
  version: string;
}

/** `claude-code-2.1.330`, and the names that packagers give its variants. */
const CLIENT_NAME = /^claude-code(?:-(?:bin|native|npm))?-(\d+\.\d+\.\d+)$/;

/** The client that a context brings along, or null when it leaves that to the machine. */
export function clientPackageOf({ tools }: Pick<ClaudeContext, "tools">): ClientPackage | null {
  for (const [tool, { package: name }] of Object.entries(tools)) {
    const version = CLIENT_NAME.exec(name ?? "")?.[1];
    if (version !== undefined) return { tool, version };
  }
  return null;
}
