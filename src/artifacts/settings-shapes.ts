import {
  any,
  either,
  flag,
  integerFrom,
  listOf,
  mapOf,
  number,
  numberAbove,
  numberFrom,
  record,
  type Shape,
  text,
  url,
  word,
} from "./shapes.ts";

/*
 * What the client takes for each key of its settings file. All of it was measured: the versions 2.1.197 and 2.1.330
 * were given files with a deny rule and one value for a key, of every type and of some contents; the rule then held,
 * or was gone with its file. Keys that are not here are taken with any value, or passed over. `null` is taken by some
 * keys and says nothing, so it is none of the values here.
 */

const disable = word("disable");
const texts = listOf(text);
const command = (keys: Readonly<Record<string, Shape>> = {}): Shape =>
  record({ type: word("command"), command: text, ...keys }, "type", "command");

/** Keys of `permissions` that have no place of their own in a context. */
export const PERMISSION_SHAPES: Readonly<Record<string, Shape>> = {
  disableAutoMode: disable,
  blockReadsOutsideWorkingDirectories: flag,
  blockWritesOutsideWorkingDirectories: flag,
  denyInsteadOfPrompting: flag,
};

const EVERY_HOOK = { if: text, statusMessage: text, timeout: numberAbove(0), once: flag };

/** One hook, by its type. */
export const HOOK_SHAPES: Readonly<Record<string, Shape>> = {
  command: record(
    {
      ...EVERY_HOOK,
      command: text,
      args: texts,
      async: flag,
      asyncRewake: flag,
      shell: word("bash", "powershell"),
    },
    "command",
  ),
  http: record({ ...EVERY_HOOK, url, headers: mapOf(text), allowedEnvVars: texts }, "url"),
  mcp_tool: record({ ...EVERY_HOOK, server: text, tool: text, input: mapOf(any) }, "server", "tool"),
  prompt: record({ ...EVERY_HOOK, prompt: text, model: text, continueOnBlock: flag }, "prompt"),
  agent: record({ ...EVERY_HOOK, prompt: text, model: text }, "prompt"),
};

export const SANDBOX_SHAPE: Shape = record({
  enabled: flag,
  autoAllowBashIfSandboxed: flag,
  allowUnsandboxedCommands: flag,
  failIfUnavailable: flag,
  excludedCommands: texts,
  enableWeakerNetworkIsolation: flag,
  enableWeakerNestedSandbox: flag,
  allowAppleEvents: flag,
  ignoreViolations: mapOf(texts),
  ripgrep: record({ command: text, args: texts }, "command"),
  network: record({
    allowedDomains: texts,
    deniedDomains: texts,
    allowUnixSockets: texts,
    allowMachLookup: texts,
    allowAllUnixSockets: flag,
    allowLocalBinding: flag,
    allowManagedDomainsOnly: flag,
    strictAllowlist: flag,
    httpProxyPort: number,
    socksProxyPort: number,
    tlsTerminate: record({ caCertPath: text, caKeyPath: text }),
  }),
  filesystem: record({
    allowWrite: texts,
    denyWrite: texts,
    allowRead: texts,
    denyRead: texts,
    allowManagedReadPathsOnly: flag,
    disabled: flag,
  }),
  credentials: record({
    files: listOf(record({ path: text, mode: word("deny") }, "path", "mode")),
    // The newer version also knows "mask".
    envVars: listOf(record({ name: text, mode: word("deny") }, "name", "mode")),
    allowPlaintextInject: flag,
  }),
});

const source = (kind: string, key: string): Shape =>
  record({ source: word(kind), [key]: text }, "source", key);
const MARKETPLACE_SOURCE = either(
  source("github", "repo"),
  source("git", "url"),
  source("url", "url"),
  source("npm", "package"),
  source("file", "path"),
  source("directory", "path"),
  source("hostPattern", "hostPattern"),
  source("pathPattern", "pathPattern"),
);

/** Top-level keys without a surface of their own. */
export const SETTING_SHAPES: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(
    [
      "agentPushNotifEnabled",
      "allowAllClaudeAiMcps",
      "allowClaudeInChromeWithManagedMcp",
      "allowManagedHooksOnly",
      "allowManagedMcpServersOnly",
      "allowManagedPermissionRulesOnly",
      "alwaysThinkingEnabled",
      "autoCompactEnabled",
      "autoMemoryEnabled",
      "autoScrollEnabled",
      "awaySummaryEnabled",
      "axScreenReader",
      "channelsEnabled",
      "disableAgentView",
      "disableAllHooks",
      "disableArtifact",
      "disableBundledSkills",
      "disableClaudeAiConnectors",
      "disableRemoteControl",
      "disableSideloadFlags",
      "disableSkillShellExecution",
      "disableWorkflows",
      "emojiCompletionEnabled",
      "enableAllProjectMcpServers",
      "enableArtifact",
      "enableWorkflows",
      "enforceAvailableModels",
      "fastMode",
      "fastModePerSessionOptIn",
      "fileCheckpointingEnabled",
      "forceRemoteSettingsRefresh",
      "includeCoAuthoredBy",
      "includeGitInstructions",
      "inputNeededNotifEnabled",
      "isolatePeerMachines",
      "prefersReducedMotion",
      "remoteControlAtStartup",
      "respectGitignore",
      "respondToBashCommands",
      "showClearContextOnPlanAccept",
      "showThinkingSummaries",
      "showTurnDuration",
      "skipAutoPermissionPrompt",
      "skipDangerousModePermissionPrompt",
      "skipWebFetchPreflight",
      "spinnerTipsEnabled",
      "syntaxHighlightingDisabled",
      "terminalProgressBarEnabled",
      "useAutoModeDuringPlan",
      "verbose",
      "voiceEnabled",
      "wheelScrollAccelerationEnabled",
      "workflowKeywordTriggerEnabled",
      "wslInheritsWindowsSettings",
    ].map((key) => [key, flag]),
  ),
  ...Object.fromEntries(
    [
      "advisorModel",
      "agent",
      "apiKeyHelper",
      "autoMemoryDirectory",
      "awsAuthRefresh",
      "awsCredentialExport",
      "claudeMd",
      "gcpAuthRefresh",
      "language",
      "minimumVersion",
      "otelHeadersHelper",
      "outputStyle",
      "plansDirectory",
      "pluginTrustMessage",
      "prUrlTemplate",
      "processWrapper",
      "requiredMaximumVersion",
      "requiredMinimumVersion",
    ].map((key) => [key, text]),
  ),
  ...Object.fromEntries(
    [
      "allowedHttpHookUrls",
      "availableModels",
      "claudeMdExcludes",
      "companyAnnouncements",
      "disabledMcpjsonServers",
      "enabledMcpjsonServers",
      "fallbackModel",
      "httpHookAllowedEnvVars",
      "pluginSuggestionMarketplaces",
    ].map((key) => [key, texts]),
  ),
  allowedChannelPlugins: listOf(record({ plugin: text, marketplace: text }, "plugin", "marketplace")),
  allowedMcpServers: listOf(any),
  // A bare `true` is taken by the newer version only.
  attribution: record({ commit: text, pr: text, sessionUrl: flag }),
  autoMode: record({
    allow: texts,
    soft_deny: texts,
    hard_deny: texts,
    environment: texts,
    classifyAllShell: flag,
  }),
  autoUpdatesChannel: word("stable", "latest"),
  blockedMarketplaces: listOf(MARKETPLACE_SOURCE),
  cleanupPeriodDays: integerFrom(1),
  defaultShell: word("bash", "powershell"),
  deniedMcpServers: listOf(any),
  disableAutoMode: disable,
  disableDeepLinkRegistration: disable,
  enabledPlugins: mapOf(either(flag, texts)),
  extraKnownMarketplaces: mapOf(any),
  feedbackSurveyRate: numberFrom(0, 1),
  fileSuggestion: command(),
  forceLoginOrgUUID: either(texts, text),
  managedSourcesBehavior: word("first-wins", "merge"),
  modelOverrides: mapOf(text),
  parentSettingsBehavior: word("first-wins", "merge"),
  pluginConfigs: mapOf(record({ options: mapOf(any), mcpServers: mapOf(any) })),
  policyHelper: record(
    {
      path: text,
      timeoutMs: integerFrom(1000),
      refreshIntervalMs: either(integerFrom(0, 0), integerFrom(60_000)),
    },
    "path",
  ),
  skillListingBudgetFraction: numberAbove(0, 1),
  skillListingMaxDescChars: integerFrom(1),
  skillOverrides: mapOf(word("on", "name-only", "user-invocable-only", "off")),
  spinnerTipsOverride: record({ excludeDefault: flag, tips: texts }, "tips"),
  spinnerVerbs: record({ mode: word("append", "replace"), verbs: texts }, "mode", "verbs"),
  sshConfigs: listOf(record({ id: text, name: text, sshHost: text }, "id", "name", "sshHost")),
  strictKnownMarketplaces: listOf(MARKETPLACE_SOURCE),
  statusLine: command({
    padding: numberFrom(0),
    refreshInterval: numberFrom(0),
    hideVimModeIndicator: flag,
  }),
  subagentStatusLine: command(),
  tui: word("fullscreen", "default"),
  voice: record({ enabled: flag, autoSubmit: flag, mode: word("hold", "tap") }),
  workflowSizeGuideline: word("unrestricted", "small", "medium", "large"),
  worktree: record({ sparsePaths: texts, symlinkDirectories: texts, baseRef: word("fresh", "head") }),
};
