import { runComment } from "./comment.ts";
import { runStep } from "./github-runner.ts";

await runStep(runComment);
