import { join } from "node:path/posix";
import type { LockedInput } from "../model/lock.ts";
import type { Position } from "../model/position.ts";

/** Where an input is locked. */
export function lockPosition(
  { line }: Pick<LockedInput, "line">,
  flakeDirectory: string,
): Position | undefined {
  return line === null ? undefined : { file: join(flakeDirectory, "flake.lock"), line, column: 1 };
}
