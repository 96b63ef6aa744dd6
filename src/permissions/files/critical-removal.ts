import { isInside } from "../rules/paths.ts";
import type { Surroundings } from "../types.ts";

/**
 * Would `rm` or `rmdir` of this target take a directory that nothing may remove unasked? The root and what stands
 * directly in it, the home, the project and everything above it, and everything directly in one of these
 * (reference, section 2.3). `path` is absolute and normal and may end in a glob.
 * `inRoot`: what stands directly in the root counts.
 */
export function isCriticalRemoval(
  path: string,
  directories: readonly string[],
  surroundings: Surroundings,
  inRoot = true,
): boolean {
  if (/^[A-Za-z]:[\\/]?\*?$/.test(path)) return true;
  const target = path.endsWith("/*") ? path.slice(0, -2) || "/" : path;
  const everythingIn = target !== path;
  if (target === "/" || target === surroundings.home) return true;
  if (isInside(surroundings.project, target)) return true;
  if (everythingIn && directories.includes(target)) return true;
  return inRoot && /^\/[^/]+$/.test(target);
}
