import type { TestNix } from "../support/nix.ts";
import { describeContext } from "./cases/context.ts";
import { describeFlakeParts } from "./cases/flake-parts.ts";
import { describeHome } from "./cases/home.ts";
import { describeNixos } from "./cases/nixos.ts";
import { modulesOn } from "./module-world.ts";

/** Everything that is said of the modules, with the module system that `lib` is. */
export function describeModules(nix: TestNix, lib: string): void {
  const modules = modulesOn(nix, lib);
  describeContext(modules);
  describeNixos(modules);
  describeHome(modules);
  describeFlakeParts(modules);
}
