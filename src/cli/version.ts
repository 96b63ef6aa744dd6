import packageJson from "../../package.json" with { type: "json" };

declare const __NIXCLAUDE_BUILD__: string | undefined;

export const VERSION: string = packageJson.version;

/** Differs for every build of different sources (`scripts/build.mjs` sets it): cached results are kept apart by it. */
export const BUILD: string = typeof __NIXCLAUDE_BUILD__ === "string" ? __NIXCLAUDE_BUILD__ : "source";
