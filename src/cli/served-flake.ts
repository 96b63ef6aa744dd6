import { join } from "node:path";
import { checkChange } from "../check/check.ts";
import { explainCallWithTraces } from "../check/explain-call.ts";
import { inspectWith } from "../check/inspect.ts";
import { locateRepository } from "../git/location.ts";
import type { FlakePort } from "../mcp/context/flake.ts";
import { parseCall } from "../permissions/index.ts";
import { loadFormat } from "../render/formats.ts";
import { callExplanation } from "./call-explanation.ts";
import { createPorts, currentProgram } from "./doors.ts";
import type { Io } from "./io.ts";
import type { CheckOptions } from "./options.ts";
import { sessionRequest } from "./session-request.ts";

/** A model reads this as well as a person does. */
const COLUMNS = 100;

/** The flake of the directory a server was started in, as its files are at each time. */
export function servedFlake(options: CheckOptions, io: Io): FlakePort {
  const ports = createPorts(io.env);
  const program = currentProgram();
  const request = () => sessionRequest(options, io, ports);
  return {
    watched: async () => {
      const { gitDirectory } = locateRepository(io.cwd, io.env);
      const repository = await ports.revisions.open(io.cwd);
      try {
        const tree = await repository.resolve({
          kind: "worktree",
          includeUntracked: options.includeUntracked,
        });
        const files = tree === null ? [] : await repository.listFiles(tree, "");
        return { files: files.map((file) => join(repository.root, file)), gitDirectory };
      } finally {
        await repository.close();
      }
    },
    evaluate: async () =>
      inspectWith(await request(), ports, program, async ({ snapshot, run }) => ({
        snapshot,
        root: run.repository.root,
      })),
    why: async (text) => {
      const call = parseCall(text);
      const traced = await inspectWith(await request(), ports, program, (inspected) =>
        explainCallWithTraces(inspected, call),
      );
      return callExplanation(traced, COLUMNS);
    },
    check: async () => {
      const outcome = await checkChange(await request(), ports, program);
      if (outcome.kind === "not-evaluated") throw outcome.error;
      const { render } = await loadFormat("terminal");
      return render(outcome.report, { columns: COLUMNS, colour: false });
    },
  };
}
