import type { ClaudeContext } from "../../model/context.ts";
import type { PermissionMode } from "../../model/permission.ts";
import { attributePath } from "../../model/position.ts";
import { inWords } from "../rule-lists.ts";
import { type DemandFact, type DemandKind, ofKind } from "./kind.ts";

/** `forbid.modes`: no session starts in one of these, and bypass is disabled where it is named. */
export const forbidModes: DemandKind<"forbid-modes"> = {
  kind: "forbid-modes",
  describe: ({ modes }) =>
    `No session starts in ${inWords(modes)}${modes.includes("bypassPermissions") ? ", and bypass is disabled" : ""}.`,
  check: ({ modes }, { after, constraint: { id } }) => {
    const { permissions, agents } = after.context;
    const facts: DemandFact[] = [];
    // A mode that is not pinned is judged as `default`, as everywhere; but the client may start in `auto` as well.
    const mode: PermissionMode = permissions.defaultMode ?? "default";
    if (permissions.defaultMode === null && modes.includes("auto") && !isAutoDisabled(after.context)) {
      facts.push({
        subject: { path: "permissions.defaultMode" },
        key: "auto",
        message: `no mode is pinned, so that sessions may start in \`auto\`, which ${id} forbids`,
        help: 'Set permissions.defaultMode, or permissions.disableAutoMode = "disable".',
      });
    }
    if (modes.includes(mode)) {
      facts.push({
        subject: { path: "permissions.defaultMode" },
        message: `sessions start in the mode \`${mode}\`, which ${id} forbids`,
        help: "Set permissions.defaultMode to another mode.",
      });
    }
    if (modes.includes("bypassPermissions") && !permissions.bypassDisabled) {
      facts.push({
        subject: { path: "permissions.disableBypassPermissionsMode" },
        message: `bypassing permissions is not disabled, as ${id} demands`,
        help: 'Set permissions.disableBypassPermissionsMode = "disable".',
      });
    }
    for (const [name, { attributes }] of Object.entries(agents)) {
      const { permissionMode } = attributes;
      if (!modes.some((forbidden) => forbidden === permissionMode)) continue;
      facts.push({
        subject: { path: attributePath("agents", name) },
        message: `the agent \`${name}\` starts in the mode \`${permissionMode}\`, which ${id} forbids`,
        help: "Change permissionMode in the agent's front matter.",
      });
    }
    return facts;
  },
  loosened({ modes }, now) {
    const still = new Set(ofKind(now, "forbid-modes").flatMap((demand) => demand.modes));
    const lost = modes.filter((mode) => !still.has(mode));
    return lost.length === 0 ? null : { what: `it no longer forbids the mode ${inWords(lost)}` };
  },
};

function isAutoDisabled({ permissions, settings }: ClaudeContext): boolean {
  return permissions.other.disableAutoMode === "disable" || settings.disableAutoMode === "disable";
}
