import { findChanges, mayWiden, sentence } from "./change-finding.ts";
import type { Rule } from "./rule.ts";

export const settingWidened: Rule = {
  id: "setting-widened",
  severity: "warning",
  docs: {
    what: "Reports a setting of the client that lets more run or arrive than before, or whose effect is not known.",
    why: "Settings that are not rules widen more than any rule: helpers that run commands, plugins, marketplaces, approval of all servers of a project. A setting that nixclaude does not know is reported, never taken as harmless.",
    example: "settings.enableAllProjectMcpServers = true;",
    instead:
      "Name what is needed one by one (`enabledMcpjsonServers`), and leave out settings that nobody here can explain.",
  },
  examples: {
    fires: [
      { before: {}, after: { settings: { enableAllProjectMcpServers: true } } },
      { before: {}, after: { settings: { apiKeyHelper: "./key.sh" } } },
      { before: {}, after: { settings: { someNewKey: 1 } } },
    ],
    silent: [
      { before: {}, after: { settings: { theme: "dark" } } },
      { before: { settings: { enableAllProjectMcpServers: true } }, after: {} },
    ],
  },
  check: ({ changes }) =>
    findChanges(changes, "settings", mayWiden, (change) => ({
      message: sentence(change.summary),
      help: "Check what the setting makes the client do without asking.",
    })),
};
