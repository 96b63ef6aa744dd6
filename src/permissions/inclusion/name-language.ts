import type { Piece } from "./automaton.ts";
import { ANY, allBut } from "./characters.ts";

const NOT_DOT = allBut(".");
const IN_HOST = allBut("/:@?# \\");
const IN_LABEL = allBut("./:@?# \\");

/** `*` stands for any text: tool names, and the tool part of MCP rules. */
export function globPieces(pattern: string): Piece[] {
  return joined(pattern, { kind: "many", of: ANY });
}

/** Labels with a dot behind each; an empty one is none. */
const LABELS: Piece = {
  kind: "repeated",
  pieces: [
    { kind: "one", of: IN_LABEL },
    { kind: "many", of: IN_LABEL },
    { kind: "text", text: "." },
  ],
};

/** The hosts that `WebFetch(domain:…)` matches, as `matchesDomain` has it. */
export function domainPieces(pattern: string): Piece[] {
  if (pattern === "*") return anyHostPieces();
  const withinLabel: Piece = { kind: "many", of: NOT_DOT };
  if (!pattern.startsWith("*.")) return joined(pattern, withinLabel);
  return [LABELS, ...joined(pattern.slice(2), withinLabel)];
}

export function anyHostPieces(): Piece[] {
  return [
    { kind: "one", of: IN_HOST },
    { kind: "many", of: IN_HOST },
  ];
}

function joined(pattern: string, star: Piece): Piece[] {
  return pattern.split("*").flatMap((part, i): Piece[] => {
    const text: Piece[] = part === "" ? [] : [{ kind: "text", text: part }];
    return i === 0 ? text : [star, ...text];
  });
}
