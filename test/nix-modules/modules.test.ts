import { describe } from "vitest";
import { nixVersions } from "../support/nix.ts";
import { describeModules } from "./module-cases.ts";
import { OWN_LIB } from "./module-world.ts";

describe.each(nixVersions())("on Nix $version, with as much of a module system as is ours", (nix) => {
  describeModules(nix, OWN_LIB);
});
