import { runGit } from "./process.ts";

/**
 * What Git itself knows about commit messages: comments, the line below which all is cut, trailers. The user's
 * configuration counts, since the message is the user's (`core.commentChar`).
 */
export interface MessageTools {
  /** The text as a comment. */
  comment(text: string): Promise<string>;
  /** Whether something but comments and blank lines is in it. */
  saysSomething(message: string): Promise<boolean>;
  addTrailer(file: string, trailer: string): Promise<void>;
  /** Is the commit under way a merge? `amended`: or one that amends a merge. */
  isMerge(amended: boolean): Promise<boolean>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const SCISSORS = /^.{0,8} ?-{24} >8 -{24}$/m;

/** `directory` is in the work tree. Messages are Latin-1, so that every byte is kept. */
export function messageTools(directory: string, env: Environment): MessageTools {
  const git = (args: string[], input?: string) =>
    runGit({
      args,
      cwd: directory,
      env: withoutGit(env),
      ...(input === undefined ? {} : { input: Buffer.from(input, "latin1") }),
    });
  const isThere = async (name: string) =>
    (await git(["rev-parse", "--verify", "--quiet", name])).exitCode === 0;
  return {
    comment: async (text) => (await git(["stripspace", "--comment-lines"], text)).stdout.toString("latin1"),
    saysSomething: async (message) => {
      const kept = message.split(SCISSORS, 1)[0]!;
      // Empty input would leave Git waiting.
      const stripped = await git(["stripspace", "--strip-comments"], `${kept}\n`);
      return stripped.stdout.toString("latin1").trim() !== "";
    },
    addTrailer: async (file, trailer) => {
      await git(["interpret-trailers", "--in-place", "--no-divider", "--trailer", trailer, file]);
    },
    isMerge: async (amended) => (await isThere("MERGE_HEAD")) || (amended && (await isThere("HEAD^2"))),
  };
}

/** A hook runs with variables that are about the one command that called it; the directory says the rest. */
function withoutGit(env: Environment): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("GIT_"),
  );
  return Object.fromEntries(kept);
}
