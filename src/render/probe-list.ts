import { formatCall } from "../model/permission.ts";
import { PROBE_CATEGORIES, type Probe } from "../permissions/index.ts";
import { visible } from "./escape.ts";
import { hanging, padEnd } from "./layout.ts";

const SEVERITY_COLUMNS = "critical".length + 2;

/** The catalogue of probes for a terminal, by category. */
export function probeList(probes: readonly Probe[], columns: number): string {
  const blocks = Object.entries(PROBE_CATEGORIES).map(([category, meaning]) => {
    const rows = probes
      .filter((probe) => probe.category === category)
      .flatMap(({ call, severity, reason }) =>
        hanging(
          padEnd(`  ${severity}`, SEVERITY_COLUMNS + 2),
          visible(`\`${formatCall(call)}\` ${reason}`),
          columns,
        ),
      );
    return [...hanging(`${category}: `, meaning, columns, 2), ...rows].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}
