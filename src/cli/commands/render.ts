import { mkdirSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { type PlannedFile, PROJECT_TARGETS, signedFile } from "../../artifacts/index.ts";
import { mendingCommand } from "../../check/behavior-lock/index.ts";
import {
  drifting,
  filesOfTree,
  isUndecided,
  type Planned,
  type ProjectFiles,
  planFor,
} from "../../check/rendering/index.ts";
import { filesOfDirectory } from "../../files/project-directory.ts";
import { writeRendered } from "../../files/write-rendered.ts";
import { NixclaudeError, UsageError } from "../../model/errors.ts";
import { visible } from "../../render/escape.ts";
import { createPorts } from "../doors.ts";
import type { Io } from "../io.ts";
import { requireWorkTree } from "../lock-file.ts";
import type { CheckOptions } from "../options.ts";
import { parseOptions, type RawOptions } from "../parse-options.ts";
import { layoutOf, printError } from "../print.ts";
import { noteLines, renderCheckedFiles, renderedJson, stateInWords } from "../render-answer.ts";
import { parseRenderOptions, type RenderFlags, type RenderOptions } from "../render-options.ts";
import { type RenderSource, renderSource } from "../render-source.ts";
import { type Project, rememberWritten, withStrangers } from "../rendered-before.ts";

/** Writes, compares or prints the files that a client reads. Returns the exit status. */
export async function run(raw: RawOptions & RenderFlags, format: string, io: Io): Promise<number> {
  const wanted = parseRenderOptions(raw, format);
  const options = asked(raw);
  if (options.flakes.length > 1) {
    throw new UsageError("contradictory-flags", "several flakes are named, and each has files of its own", {
      hint: "Name one flake at a time.",
    });
  }
  try {
    return await renderSource(wanted, options, io, (source) => deliver(source, wanted, options, io));
  } catch (error) {
    if (error instanceof NixclaudeError) return printError(error, options, io);
    throw error;
  }
}

/** The files as they are, in CI as well: that is where they are written. */
function asked(raw: RawOptions): CheckOptions {
  const options = parseOptions(raw);
  return options.head === undefined && !options.staged ? { ...options, worktree: true } : options;
}

async function deliver(
  source: RenderSource,
  wanted: RenderOptions,
  options: CheckOptions,
  io: Io,
): Promise<number> {
  const { destination, targets } = wanted;
  switch (destination.kind) {
    case "check": {
      const { repository, tree, directory } = source.flake!;
      const planned = await planFor(source.rendered, filesOfTree(repository, tree, directory), targets);
      const lying = options.worktree ? filesOfDirectory(join(repository.root, directory)) : null;
      return answerCheck(await withUntracked(planned, lying), source, wanted, options, io);
    }
    case "stdout":
      return print(source, wanted, options, io);
    case "directory": {
      const root = resolve(io.cwd, destination.path);
      mkdirSync(root, { recursive: true });
      return write({ root: realpathSync(root), project: null }, source, wanted, options, io);
    }
    case "project": {
      const { repository, directory } = source.flake!;
      requireWorkTree(repository.root);
      const { cache } = createPorts(io.env);
      const place = { root: join(repository.root, directory), project: { repository, directory, cache } };
      const status = await write(place, source, wanted, options, io);
      if (wanted.format === "terminal" && status !== 1) await sayWhatGitLacks(source, io);
      return status;
    }
  }
}

/** A file that is missing because Git was not told of it is no riddle then. */
async function withUntracked(planned: Planned, lying: ProjectFiles | null): Promise<Planned> {
  const files = planned.files.map(async (file) => {
    const lies = file.state === "missing" && (await lying?.read(file.path))?.kind === "file";
    return lies ? { ...file, because: "it lies there, and Git does not know it yet" } : file;
  });
  return { ...planned, files: await Promise.all(files) };
}

function answerCheck(
  planned: Planned,
  source: RenderSource,
  wanted: RenderOptions,
  options: CheckOptions,
  io: Io,
): number {
  const exitCode = drifting(planned.files).length > 0 ? 1 : isUndecided(planned) ? 3 : 0;
  const answer = {
    ...planned,
    label: source.label,
    mend: mendOf(planned, source, wanted, options),
    exitCode,
  };
  io.stdout.write(
    wanted.format === "json"
      ? renderedJson(answer, false)
      : renderCheckedFiles(answer, layoutOf(options, io)),
  );
  return exitCode;
}

/** Where files are written; a directory that was named for the purpose is no project. */
interface Place {
  root: string;
  project: Project | null;
}

async function write(
  { root, project }: Place,
  source: RenderSource,
  wanted: RenderOptions,
  options: CheckOptions,
  io: Io,
): Promise<number> {
  const found = await planFor(source.rendered, filesOfDirectory(root), wanted.targets);
  const planned = project === null ? found : { ...found, files: await withStrangers(found.files, project) };
  const refused = planned.files.filter(({ state, loses }) => state === "blocked" || (loses && !wanted.force));
  const due = drifting(planned.files);
  const exitCode = refused.length > 0 ? 1 : isUndecided(planned) ? 3 : 0;
  if (refused.length === 0) {
    writeRendered(
      root,
      due.map(({ path, found, wanted: after, executable }) => ({ path, before: found, after, executable })),
    );
    if (project !== null) await rememberWritten(planned.files, project);
  }
  if (wanted.format === "json") {
    const answer = {
      ...planned,
      label: source.label,
      mend: mendOf(planned, source, wanted, options),
      exitCode,
    };
    io.stdout.write(renderedJson(answer, refused.length === 0));
    return exitCode;
  }
  const lines = refused.length > 0 ? refusal(refused) : done(due, planned);
  const notes = noteLines(planned, { columns: io.columns });
  io.stderr.write(`${[...lines, ...notes].join("\n")}\n`);
  return exitCode;
}

/** What Git does not know is in no commit, and no check of one sees it. */
async function sayWhatGitLacks({ rendered, flake }: RenderSource, io: Io): Promise<void> {
  const { repository, tree, directory } = flake!;
  const paths = [...rendered.files, ...rendered.beside].map(({ path }) => path);
  const known = await Promise.all(
    paths.map((path) => repository.readFile(tree, directory === "" ? path : `${directory}/${path}`)),
  );
  const lacking = known.filter((bytes) => bytes === null).length;
  if (lacking > 0) {
    io.stderr.write(
      `${lacking} of them ${lacking === 1 ? "is" : "are"} not in the ${tree.label} of Git yet: add with \`git add\`.\n`,
    );
  }
}

function done(due: readonly PlannedFile[], { files }: Planned): string[] {
  if (due.length > 0) {
    return due.map(({ path, wanted }) => `${wanted === null ? "Removed" : "Wrote"} ${visible(path)}.`);
  }
  return [files.length === 0 ? "The context renders to no file." : "Every file fits: nothing was written."];
}

/** The one file that is rendered; with several, it would not be known where one ends. */
function print(
  { rendered, label }: RenderSource,
  wanted: RenderOptions,
  options: CheckOptions,
  io: Io,
): number {
  const { files, beside } = rendered;
  const paths = [...files, ...beside].map(({ path }) => path);
  if (paths.length > 1) {
    throw new UsageError(
      "several-files",
      `${paths.length} files are rendered: ${paths.map(visible).join(", ")}`,
      {
        hint: "Name one with --target, or a directory for all of them with --output DIR.",
      },
    );
  }
  const [file] = files;
  const [other] = beside;
  if (file !== undefined) io.stdout.write(signedFile(file.path, rendered));
  if (other !== undefined) io.stdout.write(new TextDecoder().decode(other.bytes));
  const notes = noteLines({ files: [], rendered }, layoutOf(options, io));
  if (paths.length === 0)
    notes.unshift(`The context in ${visible(label)} says nothing for ${targetsOf(wanted)}.`);
  if (notes.length > 0) io.stderr.write(`${notes.join("\n")}\n`);
  return rendered.omitted.length > 0 ? 3 : 0;
}

function targetsOf({ targets, printed }: RenderOptions): string {
  return [...targets, ...printed].join(", ");
}

/** The command that makes every file fit; what stands in the way has to be moved first, and no command does that. */
function mendOf(
  { files }: Planned,
  { flake }: RenderSource,
  wanted: RenderOptions,
  options: CheckOptions,
): string {
  if (flake === null) return `nixclaude render --context ${wanted.context}`;
  const whole = PROJECT_TARGETS.length === wanted.targets.length;
  const command = [
    "nixclaude render",
    ...(whole ? [] : wanted.targets.map((target) => `--target ${target}`)),
    ...(files.some(({ loses, state }) => loses && state !== "blocked") ? ["--force"] : []),
  ];
  return mendingCommand(options, flake.directory, flake.attribute, command.join(" "));
}

function refusal(refused: readonly PlannedFile[]): string[] {
  return [
    "Nothing was written:",
    ...refused.map((file) => `  ${visible(file.path)} ${visible(stateInWords(file))}.`),
    refused.some(({ state }) => state !== "blocked")
      ? "Move what is to stay into the flake's context, or leave the file out with --target; --force replaces it."
      : "Move what is in the way, and run this again.",
  ];
}
