/** What a job's runner offers a step; `@actions/core` is behind it. */
export interface Runner {
  /** An input of action.yml; empty text when it was not given. */
  input(name: string): string;
  output(name: string, value: string): void;
  /** Adds to the page of the job. */
  summary(markdown: string): Promise<void>;
  notice(message: string): void;
  /** Marks the step as failed, with an error at the top of the log. */
  fail(message: string): void;
  /** Lines for the log: orders to the runner included. */
  print(text: string): void;
}

/** What the environment of a run says about it. */
export interface RunContext {
  env: Readonly<Record<string, string | undefined>>;
  /** `GITHUB_WORKSPACE`: what was checked out. */
  workspace: string;
  /** A directory that is empty at the start of the job and that no step of a pull request has filled. */
  temporary: string;
  repository: string;
  serverUrl: string;
  apiUrl: string;
  run: { id: number; attempt: number; url: string; workflow: string };
}

/** @param env of the process. */
export function runContext(env: RunContext["env"]): RunContext {
  const serverUrl = env.GITHUB_SERVER_URL || "https://github.com";
  const repository = env.GITHUB_REPOSITORY ?? "";
  const id = Number(env.GITHUB_RUN_ID ?? 0);
  return {
    env,
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    temporary: env.RUNNER_TEMP || "/tmp",
    repository,
    serverUrl,
    apiUrl: env.GITHUB_API_URL || "https://api.github.com",
    run: {
      id,
      attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
      url: `${serverUrl}/${repository}/actions/runs/${id}`,
      workflow: workflowPath(env.GITHUB_WORKFLOW_REF ?? ""),
    },
  };
}

/** `acme/shop/.github/workflows/claude.yml@refs/heads/main` → `.github/workflows/claude.yml`. */
function workflowPath(reference: string): string {
  return reference.split("@")[0]!.split("/").slice(2).join("/");
}
