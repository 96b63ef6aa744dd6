const SHOWN = "(the key)";
/** Fewer characters of Base64 than these stand in many a text. */
const SHORTEST_BASE64 = 8;
const BASE64_CHARACTER = "[A-Za-z0-9+/_-]";

/**
 * The text without these secrets: as they are, with any of their characters in URL encoding, and in Base64 (either
 * alphabet, at any place in what was encoded, over several lines).
 */
export function withoutKeys(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret !== "").reduce(withoutKey, text);
}

function withoutKey(text: string, secret: string): string {
  const bytes = Buffer.from(secret, "utf8");
  const forms = [urlEncoded(secret), ...[0, 1, 2].flatMap((place) => base64At(bytes, place) ?? [])];
  return text.replaceAll(secret, SHOWN).replace(new RegExp(forms.join("|"), "g"), SHOWN);
}

/** Each character as it is, or as the `%XX` of its bytes. */
function urlEncoded(secret: string): string {
  const characters = [...secret].map((character) => {
    const hex = [...Buffer.from(character, "utf8")].map((byte) => {
      const digits = byte.toString(16).padStart(2, "0");
      return `%${[...digits].map((digit) => `[${digit}${digit.toUpperCase()}]`).join("")}`;
    });
    return `(?:${escaped(character)}|${hex.join("")}${character === " " ? "|\\+" : ""})`;
  });
  return characters.join("");
}

/**
 * What the bytes become behind so many others. The first and the last character can hold bits of what stands around
 * them, and are any.
 */
function base64At(bytes: Buffer, place: number): string | null {
  const encoded = Buffer.concat([Buffer.alloc(place), bytes]).toString("base64");
  const start = Math.ceil((place * 8) / 6);
  const end = Math.floor(((place + bytes.length) * 8) / 6);
  const certain = [...encoded.slice(start, end)];
  if (certain.length < SHORTEST_BASE64) return null;
  const inner = certain.map((character) =>
    character === "+" || character === "-" ? "[+-]" : character === "/" ? "[/_]" : character,
  );
  // Blanks only behind a character, or a long row of them would be read again from each of its places.
  const before = place === 0 ? "" : `(?:${BASE64_CHARACTER}\\s*)?`;
  const after = (place + bytes.length) % 3 === 0 ? "" : `(?:\\s*${BASE64_CHARACTER})?={0,2}`;
  return before + inner.join("\\s*") + after;
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
