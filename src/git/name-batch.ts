import type { GitResult } from "./process.ts";
import type { View } from "./view.ts";

interface Question {
  names: readonly string[];
  resolve(answer: GitResult): void;
  reject(error: unknown): void;
}

const waiting = new WeakMap<View, Question[]>();

/**
 * What `cat-file --batch-check` prints for these names. Both ends of a comparison are asked for at the same time, and
 * cost one Git process; where it cannot answer all, each is asked by itself, so that no end speaks for the other.
 */
export function askForNames(view: View, names: readonly string[]): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const others = waiting.get(view);
    if (others !== undefined) {
      others.push({ names, resolve, reject });
      return;
    }
    const questions: Question[] = [{ names, resolve, reject }];
    waiting.set(view, questions);
    queueMicrotask(() => {
      waiting.delete(view);
      void answer(view, questions);
    });
  });
}

async function answer(view: View, questions: readonly Question[]): Promise<void> {
  try {
    const whole = await ask(
      view,
      questions.flatMap(({ names }) => names),
    );
    const lines = whole.stdout.toString("utf8").split("\n").slice(0, -1);
    const isWhole = whole.exitCode === 0 && whole.stderr === "" && lines.length === countOf(questions);
    for (const { names, resolve } of questions) {
      if (questions.length === 1) resolve(whole);
      else if (!isWhole) resolve(await ask(view, names));
      else resolve({ ...whole, stdout: Buffer.from(textOf(lines.splice(0, names.length))) });
    }
  } catch (error) {
    // Whoever has an answer already does not hear of it.
    for (const { reject } of questions) reject(error);
  }
}

function countOf(questions: readonly Question[]): number {
  return questions.reduce((sum, { names }) => sum + names.length, 0);
}

function ask(view: View, names: readonly string[]): Promise<GitResult> {
  return view.git(["cat-file", "--batch-check=%(objectname)"], { input: Buffer.from(textOf(names)) });
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
