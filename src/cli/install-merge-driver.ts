import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { configureMergeDriver } from "../git/merge-driver-setup.ts";
import { BEHAVIOR_LOCK_FILE } from "../model/behavior-lock.ts";
import type { Io } from "./io.ts";
import { writeInRepository } from "./lock-file.ts";

const DRIVER = {
  name: "nixclaude-lock",
  settings: {
    name: "behavior lock, evaluated from what is merged",
    // Git quotes the path itself; the other words are names of its temporary files.
    driver: "nixclaude lock --merge-driver -- %O %A %B %P",
    // The common ancestor of a criss-cross merge is nobody's state: it is not worth an evaluation.
    recursive: "binary",
  },
};
const ATTRIBUTES_LINE = `${BEHAVIOR_LOCK_FILE} merge=${DRIVER.name}`;

/** Has merges of behavior locks resolved by evaluating, in this clone. Running it twice changes nothing. */
export async function installMergeDriver(io: Io): Promise<number> {
  const { root, changed } = await configureMergeDriver(io.cwd, DRIVER);
  const attributes = addAttributes(root);
  if (!changed && !attributes) {
    io.stderr.write("Already set up.\n");
    return 0;
  }
  if (changed) io.stderr.write(`Set merge.${DRIVER.name} in this clone's configuration.\n`);
  if (attributes) io.stderr.write(`Added "${ATTRIBUTES_LINE}" to .gitattributes: commit it.\n`);
  return 0;
}

function addAttributes(root: string): boolean {
  const path = join(root, ".gitattributes");
  const text = existsSync(path) ? readFileSync(path, "latin1") : "";
  if (text.split(/\r?\n/).some((line) => line.trim() === ATTRIBUTES_LINE)) return false;
  const newline = text === "" || text.endsWith("\n") ? "" : "\n";
  writeInRepository(root, ".gitattributes", Buffer.from(`${text}${newline}${ATTRIBUTES_LINE}\n`, "latin1"));
  return true;
}
