import type { RejectedSetting } from "../../model/client-session.ts";
import { ClientError } from "../../model/errors.ts";
import { attributePath, positionOf } from "../../model/position.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { ClientPort } from "../ports.ts";
import { formatPosition } from "../side.ts";
import type { SideSession } from "./session-request.ts";

/** Keys of the settings file that are attributes of a context under the same name; all others stand in `settings`. */
const OWN_ATTRIBUTES: ReadonlySet<string> = new Set(["permissions", "hooks", "env", "model", "sandbox"]);

/**
 * Attributes whose value the client skips while it takes the rest.
 * @throws ClientError `client-settings-rejected` when it drops a whole file, with its own words and the attribute.
 */
export async function skippedSettings(
  port: ClientPort,
  client: string | null,
  session: SideSession | null,
  snapshot: Snapshot,
): Promise<string[]> {
  if (client === null || session === null || snapshot.kind === "absent") return [];
  const rejected = await port.rejected({ client, request: { ...session.request, calls: [] } });
  const fatal = rejected.filter(({ scope }) => scope === "file");
  if (fatal.length > 0) throw droppedFile(fatal, snapshot);
  return rejected.map(({ key }) => attributeOf(key));
}

function droppedFile(
  rejected: readonly RejectedSetting[],
  snapshot: Extract<Snapshot, { kind: "present" }>,
): ClientError {
  const lines = rejected.map(({ key, message }) => {
    const attribute = attributeOf(key);
    const position = positionOf(snapshot.positions, attribute);
    return `${attribute}${position === undefined ? "" : ` (${formatPosition(position)})`}: ${message}`;
  });
  return new ClientError("client-settings-rejected", `The client does not take these settings: ${lines[0]}`, {
    hint: "Mend the attribute. Until then the client drops the whole settings file, its deny rules included.",
    details: lines,
  });
}

function attributeOf(key: readonly string[] | null): string {
  const [first, ...rest] = key ?? [];
  if (first === undefined) return "settings";
  const root = OWN_ATTRIBUTES.has(first) ? first : attributePath("settings", first);
  return rest.reduce<string>(
    (path, step) => attributePath(path, /^\d+$/.test(step) ? Number(step) : step),
    root,
  );
}
