import { runStep } from "./github-runner.ts";
import { runAction } from "./run.ts";

await runStep(runAction);
