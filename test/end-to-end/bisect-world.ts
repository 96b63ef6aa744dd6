import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { defaultNix } from "../support/nix.ts";
import { userEnvironment } from "../support/program.ts";
import { createDirectory, createRepository, type Files, type TestRepository } from "../support/repository.ts";

const store = join(createDirectory(), "store");

/** Runs `nix flake ...` in a repository and commits what it wrote. */
export function nixFlake(repository: TestRepository, ...args: string[]): string {
  repository.git("add", "-A");
  const features = ["--extra-experimental-features", "nix-command flakes"];
  execFileSync(defaultNix().binary, [...features, "flake", ...args], {
    cwd: repository.root,
    // A store of its own: by default Nix would make one for the whole machine.
    env: userEnvironment({ NIX_REMOTE: store }),
    stdio: "pipe",
  });
  return repository.commit(`flake.lock: ${args[0]}`);
}

export interface InputState {
  allow?: string[];
  deny?: string[];
  persona?: string;
  /** Stands in the flake as it is: what does not evaluate, for instance. */
  nix?: string;
}

/** A flake of an organisation, whose words others use. */
export function inputFiles({ allow = [], deny = [], persona = "Careful.", nix = "null" }: InputState): Files {
  const list = (rules: readonly string[]) => `[ ${rules.map((rule) => JSON.stringify(rule)).join(" ")} ]`;
  return {
    "flake.nix": `{
  outputs = _: {
    words = {
      allow = ${list(allow)};
      deny = ${list(deny)};
      persona = ${JSON.stringify(persona)};
      more = ${nix};
    };
  };
}
`,
  };
}

/** A repository whose context is made of the words of its input `company`. */
export function rootFiles(inputs: string, context = ""): Files {
  return {
    "flake.nix": `{
  inputs = { ${inputs} };
  outputs = { company, ... }: {
    claudeContext = builtins.seq company.words.more {
      version = "2025-01";
      inherit (company.words) persona;
      permissions = { inherit (company.words) allow deny; };
      ${context}
    };
  };
}
`,
  };
}

/** One commit for each state; the first is `old`. Returns ids, the first included. */
export function commitStates(company: TestRepository, states: readonly InputState[]): string[] {
  return states.map((state, index) => {
    company.write({ ...inputFiles(state), "log.txt": `${index}\n` });
    return company.commit(`Commit ${index}`);
  });
}

/** A repository that has the input at its first commit in HEAD~1, and at its last in HEAD. */
export function updatedRoot(states: readonly InputState[], context = "") {
  const company = createRepository({ "README.md": "The company's words.\n" });
  const [first, ...rest] = states;
  const ids = commitStates(company, [first!]);
  const root = createRepository(rootFiles(`company.url = "git+file://${company.root}";`, context));
  nixFlake(root, "lock");
  ids.push(
    ...rest.map((state, index) => {
      company.write({ ...inputFiles(state), "log.txt": `${index + 1}\n` });
      return company.commit(`Commit ${index + 1}`);
    }),
  );
  nixFlake(root, "update", "company");
  return { company, root, ids };
}
