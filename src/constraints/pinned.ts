import { basename, normalize } from "node:path/posix";
import type { McpServer } from "../model/context.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import { pinningOf } from "../rules/mcp-pinning.ts";

/** `/nix/store/<32 characters>-<name>`: content that never changes under its name. */
const STORE_PATH = /^\/nix\/store\/[0-9a-z]{32}-[^/]+(?:\/|$)/;

/** Programs that run whatever file or text they are given. */
const INTERPRETERS =
  /^(?:ba|da|z|fi|k)?sh$|^(?:env|node|nodejs|deno|bun|ruby|perl|php|java|lua|tsx|ts-node)$|^python[0-9.]*$/;

/**
 * Why the code of an MCP server can change while the configuration stays the same; null when it cannot. Stricter than
 * the rule `mcp-server-unpinned`: a remote server is never pinned, a file of the work tree is not either (whoever
 * edits it changes what runs), and an interpreter out of the store must run a script out of the store.
 */
export function unpinnedBecause(server: McpServer): string | null {
  const pinning = pinningOf(server);
  if (server.kind !== "stdio" || pinning.kind === "remote") {
    return "what answers on another machine is decided there";
  }
  if (pinning.kind === "moves") return pinning.because;
  const [program = "", ...more] = server.command.trim().split(/\s+/);
  if (INTERPRETERS.test(basename(program))) {
    const [script = ""] = [...more, ...server.args];
    return isInStore(script) || isFromNix(server, "args[0]")
      ? null
      : `what \`${basename(program)}\` runs does not come from the Nix store`;
  }
  const isFile = program.includes("/");
  return isFile && !isInStore(program) && !isFromNix(server, "command")
    ? `\`${program}\` is a file that can be edited where it stands`
    : null;
}

function isInStore(path: string): boolean {
  return STORE_PATH.test(normalize(path));
}

/** A package, or a path whose content Nix copies to the store: the context layer notes both beside the words. */
function isFromNix({ other, package: name }: McpServer & { kind: "stdio" }, word: string): boolean {
  if (word === "command" && name !== null) return true;
  return has(other.$content, word) || has(other.$package, word);
}

function has(notes: Json | undefined, word: string): boolean {
  return isJsonObject(notes) && Object.hasOwn(notes, word);
}
