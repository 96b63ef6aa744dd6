import type { ClientVersion } from "../model/semantics.ts";

/**
 * How the direction of one key's change is found. Words are for what the key holds:
 * `flag` a boolean (`on`: what true does; `unset`: what the client assumes without it); `switch-off` the word
 * "disable", which narrows; `entries` a list or map whose every entry does `each`; `allowlist` no list means
 * everything, a list means only its entries; `flags` a map from names to booleans; `code` a command that runs by
 * itself; `reach` a value whose reach cannot be compared; `words` instructions; `neutral` nothing a call depends on.
 */
export type KeyEffect =
  | { kind: "flag"; on: "widens" | "narrows"; unset: boolean }
  | { kind: "switch-off" }
  | { kind: "entries"; each: "widens" | "narrows" }
  | { kind: "allowlist" }
  | { kind: "flags"; on: "widens" | "narrows" }
  | { kind: "code" }
  | { kind: "reach"; because: string }
  | { kind: "words" }
  | { kind: "neutral" };

export type KeyEffects = Readonly<Record<string, KeyEffect>>;

const trueWidens: KeyEffect = { kind: "flag", on: "widens", unset: false };
const trueNarrows: KeyEffect = { kind: "flag", on: "narrows", unset: false };
const falseNarrows: KeyEffect = { kind: "flag", on: "widens", unset: true };
const falseWidens: KeyEffect = { kind: "flag", on: "narrows", unset: true };
const switchOff: KeyEffect = { kind: "switch-off" };
const entriesWiden: KeyEffect = { kind: "entries", each: "widens" };
const entriesNarrow: KeyEffect = { kind: "entries", each: "narrows" };
const allowlist: KeyEffect = { kind: "allowlist" };
const code: KeyEffect = { kind: "code" };
const words: KeyEffect = { kind: "words" };
const neutral: KeyEffect = { kind: "neutral" };
const reach = (because: string): KeyEffect => ({ kind: "reach", because });

/** Keys of the client's settings file: the reference's table of keys and directions, row by row. */
export const SETTING_EFFECTS: KeyEffects = {
  disableAutoMode: switchOff,
  "autoMode.allow": entriesWiden,
  "autoMode.soft_deny": reach("such a list may take the place of the client's own, which is not modelled"),
  "autoMode.hard_deny": reach("such a list may take the place of the client's own, which is not modelled"),
  "autoMode.environment": reach("what the classifier makes of a description cannot be compared"),
  "autoMode.classifyAllShell": trueNarrows,
  useAutoModeDuringPlan: falseNarrows,
  skipDangerousModePermissionPrompt: trueWidens,
  skipAutoPermissionPrompt: trueWidens,
  allowManagedPermissionRulesOnly: trueNarrows,
  allowManagedHooksOnly: trueNarrows,
  allowManagedMcpServersOnly: trueNarrows,
  disableAllHooks: reach("it stops hooks that run code and hooks that hold calls back alike"),
  allowedHttpHookUrls: allowlist,
  httpHookAllowedEnvVars: allowlist,
  apiKeyHelper: code,
  awsAuthRefresh: code,
  awsCredentialExport: code,
  gcpAuthRefresh: code,
  otelHeadersHelper: code,
  statusLine: code,
  subagentStatusLine: code,
  fileSuggestion: code,
  processWrapper: code,
  policyHelper: code,
  availableModels: allowlist,
  modelOverrides: neutral,
  fallbackModel: neutral,
  effortLevel: neutral,
  outputStyle: words,
  language: words,
  claudeMd: words,
  claudeMdExcludes: words,
  agent: reach("the main thread takes prompt, tools and model of that agent"),
  enableAllProjectMcpServers: trueWidens,
  enabledMcpjsonServers: entriesWiden,
  disabledMcpjsonServers: entriesNarrow,
  allowedMcpServers: allowlist,
  deniedMcpServers: entriesNarrow,
  disableClaudeAiConnectors: trueNarrows,
  allowAllClaudeAiMcps: trueWidens,
  managedMcpServers: entriesWiden,
  enabledPlugins: { kind: "flags", on: "widens" },
  extraKnownMarketplaces: entriesWiden,
  additionalMarketplaces: entriesWiden,
  appendPlugins: entriesWiden,
  prependPlugins: entriesWiden,
  strictKnownMarketplaces: allowlist,
  blockedMarketplaces: entriesNarrow,
  disableSideloadFlags: trueNarrows,
  disableCommandPluginSources: trueNarrows,
  strictPluginOnlyCustomization: trueNarrows,
  skillOverrides: reach("which skills the overrides switch on and off is not modelled"),
  disableBundledSkills: trueNarrows,
  disableSkillShellExecution: trueNarrows,
  disableWorkflows: trueNarrows,
  enableWorkflows: trueWidens,
  disableAgentView: trueNarrows,
  channelsEnabled: trueWidens,
  remoteControlAtStartup: trueWidens,
  crossSessionInbound: trueWidens,
  isolatePeerMachines: trueNarrows,
  skipWebFetchPreflight: trueWidens,
  "worktree.symlinkDirectories": entriesWiden,
  "worktree.bgIsolation": reach("how background work is kept apart cannot be compared"),
  autoMemoryDirectory: reach("text is read from, and written to, another directory"),
  plansDirectory: reach("text is written to another directory"),
  attribution: neutral,
  includeCoAuthoredBy: neutral,
  includeGitInstructions: words,
  theme: neutral,
  spinnerTipsEnabled: neutral,
  spinnerTipsOverride: neutral,
  spinnerVerbs: neutral,
  cleanupPeriodDays: neutral,
  companyAnnouncements: neutral,
  $schema: neutral,
};

/** Keys of `permissions` beside the three lists, the mode and the directories. */
export const PERMISSION_KEY_EFFECTS: KeyEffects = {
  blockReadsOutsideWorkingDirectories: trueNarrows,
  blockWritesOutsideWorkingDirectories: trueNarrows,
  denyInsteadOfPrompting: trueNarrows,
};

/** Keys of `sandbox`; `enabled` together with auto-approval is more than a table can say (`sandbox.ts`). */
export function sandboxEffects(client: ClientVersion): KeyEffects {
  return {
    enabled: trueNarrows,
    // The client's default went from true to false with 2.1.325.
    autoAllowBashIfSandboxed: { kind: "flag", on: "widens", unset: client === "2.1.197" },
    allowUnsandboxedCommands: falseNarrows,
    excludedCommands: entriesWiden,
    failIfUnavailable: trueNarrows,
    "network.allowedDomains": entriesWiden,
    "network.deniedDomains": entriesNarrow,
    "network.allowManagedDomainsOnly": trueNarrows,
    "network.strictAllowlist": trueNarrows,
    "network.allowUnixSockets": entriesWiden,
    "network.allowAllUnixSockets": trueWidens,
    "network.allowLocalBinding": trueWidens,
    "network.allowMachLookup": entriesWiden,
    "network.httpProxyPort": reach("network traffic takes another way out of the sandbox"),
    "network.socksProxyPort": reach("network traffic takes another way out of the sandbox"),
    "filesystem.allowWrite": entriesWiden,
    "filesystem.allowRead": entriesWiden,
    "filesystem.denyWrite": entriesNarrow,
    "filesystem.denyRead": entriesNarrow,
    "filesystem.disabled": trueWidens,
    "credentials.allowPlaintextInject": trueWidens,
    "credentials.files": entriesNarrow,
    "credentials.envVars": entriesNarrow,
    allowAppleEvents: trueWidens,
    enableWeakerNestedSandbox: trueWidens,
    enableWeakerNetworkIsolation: trueWidens,
  };
}

/** Keys of a flake's own `nixConfig`: what Nix itself trusts and runs when it touches the flake. */
export const NIX_CONFIG_EFFECTS: KeyEffects = {
  substituters: entriesWiden,
  "extra-substituters": entriesWiden,
  "trusted-substituters": entriesWiden,
  "extra-trusted-substituters": entriesWiden,
  "trusted-public-keys": entriesWiden,
  "extra-trusted-public-keys": entriesWiden,
  "require-sigs": falseWidens,
  sandbox: falseWidens,
  "restrict-eval": trueNarrows,
  "pure-eval": trueNarrows,
  "allow-import-from-derivation": falseNarrows,
  "allow-unsafe-native-code-during-evaluation": trueWidens,
  "accept-flake-config": trueWidens,
  "post-build-hook": code,
  "pre-build-hook": code,
  "build-hook": code,
  "diff-hook": code,
  "plugin-files": entriesWiden,
  "bash-prompt": neutral,
  "bash-prompt-prefix": neutral,
  "bash-prompt-suffix": neutral,
  "flake-registry": reach("names of flakes lead to other flakes"),
  "warn-dirty": neutral,
};
