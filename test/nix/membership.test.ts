import { describe, expect, test } from "vitest";
import { placedByMembership } from "../../src/check/provenance/by-membership.ts";
import { CONTEXT_VERSION, normaliseContext } from "../../src/context/index.ts";
import { positionOf } from "../../src/model/position.ts";
import { DEFAULT_CLIENT } from "../../src/model/semantics.ts";
import { nixVersions } from "../support/nix.ts";
import { createRepository } from "../support/repository.ts";
import { lock, pathInput } from "./path-inputs.ts";
import { evaluate, presentSide } from "./support.ts";

/** Wider than the sets whose positions are read where that takes long. */
const TOOLS = Array.from(
  { length: 70 },
  (_, index) => `      t${index} = { description = "tool ${index}"; };`,
);

const STANDARDS = `{
  outputs = { self }: {
    claudeContext = {
      version = "${CONTEXT_VERSION}";
      permissions.allow = [ "Bash(git status)" "Bash(git diff)" ];
      tools = {
${TOOLS.join("\n")}
      };
    };
  };
}
`;

const flake = (url: string) => `{
  inputs.standards.url = "${url}";
  outputs = { self, standards }: let theirs = standards.claudeContext; in {
    claudeContext = {
      version = "${CONTEXT_VERSION}";
      permissions.allow = theirs.permissions.allow ++ [ "Bash(npm test)" ];
      tools = theirs.tools // { own = { description = "tool 1"; }; };
    };
  };
}
`;

describe.each(nixVersions())("on Nix $version", (nix) => {
  test("what was taken over from an input stands there, be it in a list or in a wide set", async () => {
    const standards = pathInput({ "flake.nix": STANDARDS });
    const repository = createRepository({
      "flake.nix": flake(standards.url),
      "flake.lock": lock({ standards: "standards" }, { standards: standards.node }),
    });
    const value = placedByMembership(presentSide(await evaluate(nix, repository)));
    const { positions } = normaliseContext(value, { client: DEFAULT_CLIENT });
    const at = (path: string) => {
      const { input, file, line } = positionOf(positions, path)!;
      return { file: `${input ?? "."}/${file}`, line };
    };
    expect(at("permissions.allow[1]")).toEqual({ file: "standards/flake.nix", line: 5 });
    expect(at("permissions.allow[2]")).toEqual({ file: "./flake.nix", line: 6 });
    expect(at("tools.t3").file).toBe("standards/flake.nix");
    expect(at("tools.own")).toEqual({ file: "./flake.nix", line: 7 });
  });
});
