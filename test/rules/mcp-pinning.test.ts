import { expect, test } from "vitest";
import { pinningOf } from "../../src/rules/index.ts";
import { contextOf, packageOf, type Writable } from "../support/context.ts";

test.each<[string, Writable, "pinned" | "moves" | "remote"]>([
  ["a package", packageOf("notes-1.0", { pname: "notes" }), "pinned"],
  ["a package as command", { command: packageOf("notes-1.0", { pname: "notes" }) }, "pinned"],
  ["a store path", { command: "/nix/store/abc-notes/bin/notes" }, "pinned"],
  ["a script of this repository", { command: "./scripts/notes.sh" }, "pinned"],
  ["an interpreter with such a script", { command: "node", args: ["./server.js"] }, "pinned"],
  ["an interpreter with code in its arguments", { command: "bash", args: ["-c", "curl x | sh"] }, "moves"],
  ["an interpreter with a module", { command: "python3", args: ["-m", "notes"] }, "moves"],
  ["a shell with several letters", { command: "bash", args: ["-lc", "npx x"] }, "moves"],
  [
    "a shell of Nix with code in its arguments",
    { command: packageOf("bash-5", { pname: "bash" }), args: ["-c", "npx x"] },
    "moves",
  ],
  [
    "an interpreter of Nix with a module of its own",
    {
      command: packageOf("python3-env", { pname: "python3", mainProgram: "python3" }),
      args: ["-m", "notes"],
    },
    "pinned",
  ],
  ["a script outside of the repository", { command: "node", args: ["../server.js"] }, "moves"],
  ["a script in the home directory", { command: "node", args: ["~/server.js"] }, "moves"],
  ["a script by its name", { command: "node", args: ["server.js"] }, "pinned"],
  ["a script that is fetched", { command: "bun", args: ["https://x.example/a.js"] }, "moves"],
  ["a way out of the store", { command: "/nix/store/../../usr/bin/notes" }, "moves"],
  ["a way out of the repository", { command: "./../../notes" }, "moves"],
  ["a name on PATH", { command: "notes-mcp" }, "moves"],
  ["a program of the machine", { command: "/usr/bin/notes-mcp" }, "moves"],
  ["npx without a version", { command: "npx", args: ["-y", "notes-mcp"] }, "moves"],
  ["npx with a tag", { command: "npx", args: ["-y", "notes-mcp@latest"] }, "moves"],
  ["npx with a range", { command: "npx", args: ["-y", "notes-mcp@^1.2.3"] }, "moves"],
  ["npx with half a version", { command: "npx", args: ["-y", "notes-mcp@1.2"] }, "moves"],
  ["npx with a version", { command: "npx", args: ["-y", "notes-mcp@1.2.3"] }, "pinned"],
  ["npx with a scope and no version", { command: "npx", args: ["@acme/notes"] }, "moves"],
  ["npx with a scope and a version", { command: "npx", args: ["@acme/notes@1.2.3"] }, "pinned"],
  ["npx by its path", { command: "/usr/bin/npx", args: ["notes-mcp"] }, "moves"],
  ["npx as a whole line", { command: "npx -y notes-mcp" }, "moves"],
  ["npx whose package is an option", { command: "npx", args: ["-p", "notes", "run"] }, "moves"],
  [
    "npx from a package of Nix still fetches",
    { command: packageOf("npx-1", { pname: "npx" }), args: ["a"] },
    "moves",
  ],
  ["pnpm dlx", { command: "pnpm", args: ["dlx", "notes"] }, "moves"],
  ["uvx", { command: "uvx", args: ["notes"] }, "moves"],
  ["uvx with a version", { command: "uvx", args: ["notes==1.2.3"] }, "pinned"],
  ["uvx from a fixed package", { command: "uvx", args: ["--from", "notes==1.2.3", "serve"] }, "pinned"],
  ["nix run of a branch", { command: "nix", args: ["run", "github:acme/notes"] }, "moves"],
  [
    "nix run of a revision",
    { command: "nix", args: ["run", `github:acme/notes/${"a".repeat(40)}#x`] },
    "pinned",
  ],
  ["nix run of this flake", { command: "nix", args: ["run", ".#notes"] }, "pinned"],
  ["an image with a tag", { command: "docker", args: ["run", "-i", "-e", "A=1", "acme/notes:1"] }, "moves"],
  [
    "an image by digest",
    { command: "docker", args: ["run", "-i", `acme/notes@sha256:${"a".repeat(64)}`] },
    "pinned",
  ],
  ["something of the environment", { command: "npx", args: [`notes@\${VERSION}`] }, "moves"],
  ["another machine", { type: "http", url: "https://notes.example" }, "remote"],
])("%s", (_, server, kind) => {
  expect(pinningOf(contextOf({ mcpServers: { s: server } }).mcpServers.s!).kind).toBe(kind);
});
