import type { ClaudeContext, Hook, McpServer, TextUnit, Tool } from "../../model/context.ts";
import type { Json } from "../../model/json.ts";
import { attributePath } from "../../model/position.ts";

/** One thing that a context says: a rule, a policy, a tool, a server, a skill. */
export interface ContextValue {
  /** Attribute path as written. */
  path: string;
  /** What it is, in one line. */
  text: string;
}

/** Everything that a context says, by surface, as people look for it. */
export function contextValues(context: ClaudeContext): ContextValue[] {
  return [
    ...permissionValues(context),
    ...textOf("model", context.model),
    ...named("sandbox", context.sandbox, jsonText),
    ...context.hooks.map((hook) => ({ path: hook.path, text: hookText(hook) })),
    ...named("mcpServers", context.mcpServers, serverText),
    ...named("tools", context.tools, toolText),
    ...named("skills", context.skills, unitText),
    ...named("agents", context.agents, unitText),
    ...named("commands", context.commands, unitText),
    ...named("outputStyles", context.outputStyles, unitText),
    ...named("env", context.env, (value) => value),
    ...named("settings", context.settings, jsonText),
    ...named("policies", context.policies, (text) => text),
    ...textOf("persona", context.persona),
    ...Object.entries(context.system ?? {}).flatMap(([key, text]) =>
      textOf(attributePath("system", key), text),
    ),
    ...named("constraints", context.constraints, ({ description, severity }) => description ?? severity),
    ...named("waivers", context.waivers, ({ reason, expires }) => `until ${expires}: ${reason}`),
  ];
}

function permissionValues({ permissions }: ClaudeContext): ContextValue[] {
  const at = (key: string) => attributePath("permissions", key);
  return [
    ...permissions.rules.map(({ path, text }) => ({ path, text })),
    ...textOf(at("defaultMode"), permissions.defaultMode),
    ...permissions.additionalDirectories.map((text, index) => ({
      path: attributePath(at("additionalDirectories"), index),
      text,
    })),
    ...(permissions.bypassDisabled ? textOf(at("disableBypassPermissionsMode"), "disable") : []),
    ...named("permissions", permissions.other, jsonText),
  ];
}

function textOf(path: string, text: string | null): ContextValue[] {
  return text === null ? [] : [{ path, text }];
}

function named<Value>(
  path: string,
  values: Readonly<Record<string, Value>>,
  say: (value: Value) => string,
): ContextValue[] {
  return Object.entries(values).map(([name, value]) => ({
    path: attributePath(path, name),
    text: say(value),
  }));
}

function jsonText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function hookText({ event, matcher, command }: Hook): string {
  return `${event}${matcher === "" ? "" : ` ${matcher}`}: ${command}`;
}

function serverText(server: McpServer): string {
  return server.kind === "stdio" ? [server.command, ...server.args].join(" ") : server.url;
}

function toolText({ description, program, package: of }: Tool): string {
  const what = of === null ? program : `${program} of ${of}`;
  return description === null ? what : `${what}: ${description}`;
}

function unitText({ description, text, digest }: TextUnit): string {
  return description ?? text ?? `sha256:${digest}`;
}
