import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../scripts/get-node.mjs", import.meta.url));

/** What GitHub's runner starts the Action with, besides what runs the tests. */
export const NODES: { version: string; program: string }[] = [process.execPath, ...fetched()].map(
  (program) => ({ version: execFileSync(program, ["--version"], { encoding: "utf8" }).trim(), program }),
);

function fetched(): string[] {
  const printed = execFileSync(process.execPath, [script], { encoding: "utf8" });
  return printed.split("\n").filter((line) => line !== "");
}
