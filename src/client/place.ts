import { posix } from "node:path";

/** Where a session takes place: its home directory and its project, which is also the working directory. */
export interface Place {
  home: string;
  project: string;
}

/** In the box; the same paths as `USUAL_SURROUNDINGS`, so that the engine and the client see the same world. */
export const BOX_PLACE: Place = { home: "/home/u", project: "/home/u/proj" };

/** The client's own directory for settings that an administrator sets. */
export const MANAGED_DIRECTORY = "/etc/claude-code";

/** A path of a call or file as the client would be given it: absolute. */
export function absoluteIn(place: Place, path: string): string {
  if (path === "~") return place.home;
  if (path.startsWith("~/")) return posix.join(place.home, path.slice(2));
  return posix.isAbsolute(path) ? posix.normalize(path) : posix.join(place.project, path);
}

export function isWithin(directory: string, path: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
