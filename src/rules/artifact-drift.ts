import type { ArtifactDrift, ArtifactDrifts } from "../model/artifact-drift.ts";
import { assertNever } from "../model/assert-never.ts";
import type { Rule } from "./rule.ts";

const drift = (
  state: ArtifactDrift["state"],
  because: string | null = null,
): { artifacts: ArtifactDrifts } => ({
  artifacts: {
    mend: "nixclaude render",
    before: null,
    after: [{ file: ".claude/settings.json", state, because }],
  },
});

export const artifactDrift: Rule = {
  id: "artifact-drift",
  severity: "error",
  docs: {
    what: "Reports a file written by `nixclaude render` that does not say what the context says.",
    why: "The client reads `CLAUDE.md`, `.claude/settings.json` and their like, and no flake. Where they say something else than the context that was judged, a session does something else than what was reviewed: a rule that the flake dropped is still approved, a policy that it added is unknown. Only files that carry the header of `nixclaude render` are looked at, and those that carried it before the change.",
    example:
      '# flake.nix, while .claude/settings.json is still the one that was rendered before\nclaudeContext.permissions.deny = [ "Read(.env)" ];',
    instead:
      "Run `nixclaude render`, look at what it changes, and commit the files with the change. `nixclaude render --check` shows what differs. What was changed in the files themselves belongs into the flake.",
  },
  examples: {
    fires: [
      drift("stale"),
      drift("edited"),
      drift("missing"),
      drift("by-hand"),
      drift("leftover"),
      drift("edited-leftover"),
      drift("unknown", "it is a package, which is not built to look inside"),
      drift("blocked", "is a symbolic link"),
    ],
    silent: [{}, { artifacts: { mend: "nixclaude render", before: null, after: [] } }],
  },
  check: ({ artifacts }) =>
    (artifacts?.after ?? []).map((one) => ({
      message: `\`${one.file}\` ${whatIsWrong(one)}.`,
      help: helpFor(one, artifacts!.mend),
      subject: { path: one.file },
      ...(one.state !== "missing" && { position: { file: one.file, line: 1, column: 1 } }),
    })),
};

function whatIsWrong({ state, because }: ArtifactDrift): string {
  switch (state) {
    case "stale":
      return "does not fit the context: it was rendered from another one";
    case "edited":
      return "does not fit the context: it was changed after it was rendered";
    case "by-hand":
      return "does not fit the context: it was rendered once, and stands there without its header now";
    case "missing":
      return "is not there, and the context renders to it";
    case "leftover":
    case "edited-leftover":
      return "was rendered, and the context has nothing for it any more";
    case "unknown":
      return `cannot be held against the context: ${because ?? "what it should say is not known"}`;
    case "blocked":
      return `does not fit the context: it ${because ?? "is no file"}`;
    default:
      return assertNever(state);
  }
}

function helpFor({ state }: ArtifactDrift, mend: string): string {
  switch (state) {
    case "edited":
    case "edited-leftover":
    case "by-hand":
      return `Put what is to stay into the flake, run \`${mend} --force\`, and commit the file.`;
    case "unknown":
      return "Write it as text in the context, or remove the file.";
    case "blocked":
      return `Remove what is in its place, and run \`${mend}\`.`;
    case "missing":
    case "stale":
    case "leftover":
      return `Run \`${mend}\`, look at what it changes, and commit the files.`;
    default:
      return assertNever(state);
  }
}
