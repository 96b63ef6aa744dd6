import type { JsonObject } from "../../src/model/json.ts";
import type { Call } from "../../src/model/permission.ts";
import type { ClientVersion } from "../../src/model/semantics.ts";
import { decisionKind } from "./compare.ts";
import { engineFor } from "./engine.ts";
import type { RuleSet } from "./scenario.ts";

/**
 * Picks the calls on which the engine could be unsound: it says that they do not run, and a reader that trusts more says
 * that they do, or a check of its own holds them, or a rule names much of their text. Of calls of one shape that are held
 * for reasons of one shape, only the first of the run is picked.
 */
export function atRisk(client: ClientVersion): (rules: RuleSet) => (call: Call) => boolean {
  const seen = new Set<string>();
  return (rules) => {
    const decide = engineFor(rules, client);
    const trust = engineFor(withTrust(rules), client);
    const named = namedLines(rules);
    return (call) => {
      if (PLAIN.test(call.argument)) return false;
      const result = decide(call);
      const kind = decisionKind(result);
      if (kind === "runs" || kind === "undecided") return false;
      const near = named.find((line) => call.argument.includes(line.slice(0, Math.ceil(line.length / 2))));
      const shape = [call.argument, result.rule?.text ?? result.check ?? "", near ?? ""]
        .map(shapeOf)
        .join("|");
      if (seen.has(shape)) return false;
      const held = result.check !== undefined || near !== undefined;
      if (!held && decisionKind(trust(call)) !== "runs") return false;
      seen.add(shape);
      return true;
    };
  };
}

/** What exact allow rules name, so long as it is no single word. */
function namedLines(rules: RuleSet): string[] {
  const lists = rules.files.map(({ settings }) => (settings.permissions as JsonObject | undefined)?.allow);
  return lists.flat().flatMap((rule) => {
    const text = typeof rule === "string" ? /^Bash\((.*)\)$/s.exec(rule)?.[1] : undefined;
    return text === undefined || !/\s/.test(text) || /\*|:\*$/.test(text)
      ? []
      : [text.replace(/\\(.)/gs, "$1")];
  });
}

/** Nobody reads these in two ways. */
const PLAIN = /^[\w ./:@%+,-]*$/;

/** Words that mean something to a shell or to the clients; all others are as good as one another. */
const TELLING = new Set(
  (
    "HOME PWD TMPDIR USER cd env time timeout nohup nice stdbuf xargs sudo command builtin exec eval export declare " +
    "local readonly read unset set source test printf echo bash sh for in do done while until if then else elif fi " +
    "case esac select function coproc cat rm rmdir mkdir mv cp sed find touch git proj EOF tmp dev null"
  ).split(" "),
);

function shapeOf(line: string): string {
  const words = line.replace(/\w+/g, (word) => (TELLING.has(word) || /^\d+$/.test(word) ? word : "x"));
  return words.replace(/x(?:[-./ ]+x)+/g, "x");
}

/** No deny and ask rules, and allow rules about commands that hold whatever stands around their program. */
function withTrust(rules: RuleSet): RuleSet {
  const files = rules.files.map(({ scope, settings }) => ({ scope, settings: trustingSettings(settings) }));
  return { ...rules, files };
}

function trustingSettings(settings: JsonObject): JsonObject {
  const { deny: _deny, ask: _ask, allow, ...others } = (settings.permissions ?? {}) as JsonObject;
  const rules = Array.isArray(allow) ? allow : [];
  return { ...settings, permissions: { ...others, allow: [...rules, ...rules.flatMap(anywhere)] } };
}

function anywhere(rule: unknown): string[] {
  const program = typeof rule === "string" ? /^Bash\(\W*([\w./-]+)/.exec(rule)?.[1] : undefined;
  return program === undefined ? [] : [`Bash(*${program}*)`];
}
