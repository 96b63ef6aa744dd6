import type { ChangeFact } from "../model/change.ts";
import type { Side, SurfaceOptions } from "./side.ts";
import { diffTextUnits } from "./text-unit.ts";

/** Commands and output styles: both are texts that a person chooses by name. The path says which. */
export function diffCommands(before: Side, after: Side, options: SurfaceOptions): ChangeFact[] {
  const commands = { surface: "commands", root: "commands", noun: "command" } as const;
  const styles = { surface: "commands", root: "outputStyles", noun: "output style" } as const;
  return [
    ...diffTextUnits(commands, before.context.commands, after.context.commands, options),
    ...diffTextUnits(styles, before.context.outputStyles, after.context.outputStyles, options),
  ];
}
