import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { SURFACES } from "../../src/model/change.ts";
import { buildReport } from "../../src/report/index.ts";
import { changesBetween, judge } from "../constraints/support.ts";
import { snapshotOf } from "../support/context.ts";
import { changeOf, findingOf, flakeOf, inputOf } from "./support.ts";

interface Schema {
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: string[];
  items?: Schema;
  oneOf?: Schema[];
  $defs?: Record<string, Schema>;
}

const schema = JSON.parse(readFileSync("schema/report.schema.json", "utf8")) as Schema;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

function expectValid(report: unknown) {
  validate(report);
  expect(validate.errors ?? []).toEqual([]);
}

describe("every report fits the published schema", () => {
  test("an empty one", () => {
    expectValid(
      buildReport(inputOf({ flakes: [flakeOf({ before: { revision: null, tree: null, present: false } })] })),
    );
  });

  test("one with everything in it", () => {
    const position = { file: "flake.nix", line: 1, column: 2, input: "standards" };
    const witness = { call: "Bash(git push)", before: "default", after: "allow" } as const;
    const edit = { kind: "edit", file: "flake.nix", line: 3, commit: "1".repeat(40), author: "ada" } as const;
    const moved = {
      kind: "input",
      name: "standards",
      from: "a",
      to: null,
      url: "https://example.com",
    } as const;
    const change = changeOf({
      direction: "undecided",
      undecidedBecause: "too many steps",
      witness,
      textDiff: [{ kind: "same", text: "x" }],
      causes: [edit, moved, { kind: "joint", of: [edit, moved] }],
      position,
    });
    const finding = findingOf({
      source: "input:standards",
      change: "c1",
      witness,
      position,
      constraintPosition: position,
      subject: { path: "permissions.allow", rule: "Bash(git *)" },
      waived: { reason: "r", owner: "o", expires: "2026-12-31" },
    });
    const final = findingOf({ approvable: false });
    const inputs = [
      {
        name: "n",
        path: "n",
        kind: "redirected" as const,
        from: "a",
        to: null,
        url: "https://example.com",
        effects: 2,
      },
    ];
    expectValid(
      buildReport(
        inputOf({
          approve: [finding.fingerprint],
          flakes: [flakeOf({ changes: [change], findings: [finding, final], inputs })],
        }),
      ),
    );
  });

  test("one that was made from real snapshots", async () => {
    const constraints = { c: { forbid: { allow: ["Bash(git push *)"] } } };
    const before = snapshotOf({ constraints });
    const after = snapshotOf({ constraints, permissions: { allow: ["Bash(git *)"] }, persona: "p" });
    const changes = changesBetween(before, after);
    const findings = await judge(before, after, { changes });
    expect(findings.length).toBeGreaterThan(0);
    expectValid(buildReport(inputOf({ flakes: [flakeOf({ changes, findings })] })));
  });

  test("and what has another shape does not", () => {
    expect(validate({ ...buildReport(inputOf()), verdict: "fine" })).toBe(false);
    expect(validate({ ...buildReport(inputOf()), extra: 1 })).toBe(false);
  });
});

/** `name` or `name?` of every property of an interface in `src/model`. */
function membersOf(file: string, name: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(`src/model/${file}`, "utf8"), ts.ScriptTarget.ES2022);
  const found = source.statements.find(
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
  if (found === undefined) throw new Error(`there is no interface ${name} in ${file}`);
  return found.members
    .filter(ts.isPropertySignature)
    .map((member) => `${member.name.getText(source)}${member.questionToken ? "?" : ""}`)
    .sort();
}

function keysOf({ properties = {}, required = [] }: Schema): string[] {
  return Object.keys(properties)
    .map((key) => (required.includes(key) ? key : `${key}?`))
    .sort();
}

describe("the schema and the types of the model say the same", () => {
  const defs = schema.$defs!;
  test.each<[string, string, Schema]>([
    ["report.ts", "Report", schema],
    ["report.ts", "FlakeReport", defs.flake!],
    ["report.ts", "SideReport", defs.side!],
    ["report.ts", "Counts", schema.properties!.counts!],
    ["report.ts", "EvaluationFacts", schema.properties!.evaluation!],
    ["change.ts", "Change", defs.change!],
    ["change.ts", "Witness", defs.witness!],
    ["change.ts", "TextDiffPart", defs.change!.properties!.textDiff!.items!],
    ["finding.ts", "Finding", defs.finding!],
    ["lock.ts", "InputChange", defs.input!],
    ["position.ts", "Position", defs.position!],
  ])("%s: %s", (file, name, described) => {
    expect(keysOf(described)).toEqual(membersOf(file, name));
  });

  test("the same surfaces, in the same order", () => {
    expect(defs.surface!.enum).toEqual([...SURFACES]);
  });

  test("every field is described", () => {
    const missing: string[] = [];
    const visit = (at: Schema, path: string) => {
      for (const [key, property] of Object.entries(at.properties ?? {})) {
        if (!property.description) missing.push(`${path}.${key}`);
        visit(property, `${path}.${key}`);
      }
      if (at.items) visit(at.items, `${path}[]`);
      for (const one of at.oneOf ?? []) visit(one, path);
      for (const [name, definition] of Object.entries(at.$defs ?? {})) visit(definition, name);
    };
    visit(schema, "report");
    expect(missing).toEqual([]);
  });
});
