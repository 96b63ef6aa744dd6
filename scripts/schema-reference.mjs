/** docs/claude-context.md, from the descriptions and examples of the schema. */
export function referenceDocument(schema) {
  const sections = Object.entries(schema.$defs)
    .filter(([, definition]) => definition.properties !== undefined && documentedKeys(definition).length > 0)
    .map(([name, definition]) => section(name, definition, schema.$defs));
  return `${[
    "<!-- Made by scripts/compile-schemas.mjs from schema/claude-context.schema.json; do not edit. -->",
    "# claudeContext, version 2025-01",
    "The flake output `claudeContext` says how Claude behaves in a repository. Every key is optional but `version`; " +
      "a key that is not listed is an error that names the nearest one that is. A package may stand wherever a program is " +
      'named, a path wherever text is expected. Examples are JSON; in Nix, `["a" "b"]` is `[ "a" "b" ]` and ' +
      '`{"a": 1}` is `{ a = 1; }`.',
    keyTable(schema, schema.$defs),
    ...sections,
  ].join("\n\n")}\n`;
}

function section(name, definition, definitions) {
  return [
    `## ${definition.title}`,
    `<a id="${name.toLowerCase()}"></a>${definition.description}`,
    keyTable(definition, definitions),
  ].join("\n\n");
}

function documentedKeys(definition) {
  return Object.entries(definition.properties ?? {}).filter(
    ([, property]) =>
      typeof property === "object" && property.description !== undefined && property.not === undefined,
  );
}

function keyTable(definition, definitions) {
  const rows = documentedKeys(definition).map(([key, property]) => {
    const required = (definition.required ?? []).includes(key) ? " (required)" : "";
    const example = property.examples?.[0];
    const shown = example === undefined ? "" : code(JSON.stringify(example));
    return `| \`${key}\`${required} | ${typeWords(property, definitions)} | ${cell(property.description)} | ${shown} |`;
  });
  return ["| key | shape | meaning | example |", "|---|---|---|---|", ...rows].join("\n");
}

function typeWords(property, definitions) {
  const name = definitionName(property);
  if (name !== undefined) return definitionWords(name, definitions);
  if (property.const !== undefined) return code(JSON.stringify(property.const));
  if (property.enum !== undefined) return property.enum.map((value) => code(JSON.stringify(value))).join(" ");
  return [property.type].flat().join(" or ");
}

/** A link to the definition's section; one without keys of its own is named, with links to what is in it. */
function definitionWords(name, definitions) {
  const link = (target) => `[${definitions[target].title}](#${target.toLowerCase()})`;
  if (documentedKeys(definitions[name]).length > 0) return link(name);
  const parts = sectionsWithin(definitions[name], definitions, new Set([name])).map(link);
  const title = definitions[name].title.replace(/^[A-Z](?![A-Z])/, (first) => first.toLowerCase());
  return parts.length === 0 ? title : `${title}: ${parts.join(", ")}`;
}

/** Names of the nearest definitions with a section that a schema refers to. */
function sectionsWithin(node, definitions, seen) {
  if (typeof node !== "object" || node === null) return [];
  const name = definitionName(node);
  if (name === undefined) {
    return Object.values(node).flatMap((child) => sectionsWithin(child, definitions, seen));
  }
  if (seen.has(name)) return [];
  seen.add(name);
  return documentedKeys(definitions[name]).length > 0
    ? [name]
    : sectionsWithin(definitions[name], definitions, seen);
}

function definitionName(node) {
  return /^#\/\$defs\/(.+)$/.exec(node.$ref ?? "")?.[1];
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}

/** A code span that survives backticks and table bars in its text. */
function code(text) {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${cell(text)}${fence}`;
}
