import { describe } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { describeModules } from "./module-cases.ts";
import { REAL } from "./real-modules.ts";

describe.each(nixVersions())("on Nix $version, with nixpkgs' own module system", (nix) => {
  describeModules(nix, REAL.lib);
});
