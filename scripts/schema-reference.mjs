/** docs/claude-context.md, from the descriptions and examples of the schema. */
export function referenceDocument(schema) {
  const sections = Object.entries(schema.$defs)
    .filter(([, definition]) => definition.properties !== undefined && documentedKeys(definition).length > 0)
    .map(([name, definition]) => section(name, definition));
  return `${[
    "<!-- Made by scripts/compile-schemas.mjs from schema/claude-context.schema.json; do not edit. -->",
    "# claudeContext, version 2025-01",
    "The flake output `claudeContext` says how Claude behaves in a repository. Every key is optional but `version`; " +
      "a key that is not listed is an error that names the nearest one that is. A package may stand wherever a program is " +
      'named, a path wherever text is expected. Examples are JSON; in Nix, `["a" "b"]` is `[ "a" "b" ]` and ' +
      '`{"a": 1}` is `{ a = 1; }`.',
    keyTable(schema),
    ...sections,
  ].join("\n\n")}\n`;
}

function section(name, definition) {
  return [
    `## ${definition.title}`,
    `<a id="${name.toLowerCase()}"></a>${definition.description}`,
    keyTable(definition),
  ].join("\n\n");
}

function documentedKeys(definition) {
  return Object.entries(definition.properties ?? {}).filter(
    ([, property]) =>
      typeof property === "object" && property.description !== undefined && property.not === undefined,
  );
}

function keyTable(definition) {
  const rows = documentedKeys(definition).map(([key, property]) => {
    const required = (definition.required ?? []).includes(key) ? " (required)" : "";
    const example = property.examples?.[0];
    const shown = example === undefined ? "" : code(JSON.stringify(example));
    return `| \`${key}\`${required} | ${typeWords(property)} | ${cell(property.description)} | ${shown} |`;
  });
  return ["| key | shape | meaning | example |", "|---|---|---|---|", ...rows].join("\n");
}

function typeWords(property) {
  const name = /^#\/\$defs\/(.+)$/.exec(property.$ref ?? "")?.[1];
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  if (property.const !== undefined) return code(JSON.stringify(property.const));
  if (property.enum !== undefined) return property.enum.map((value) => code(JSON.stringify(value))).join(" ");
  return [property.type].flat().join(" or ");
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}

/** A code span that survives backticks and table bars in its text. */
function code(text) {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${cell(text)}${fence}`;
}
