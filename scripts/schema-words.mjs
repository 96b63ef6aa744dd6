/**
 * The schema as its validator is compiled from: without what is only for readers, and with words for every place.
 * ajv hands the failing subschema out with each error, so messages need no second table:
 *   x-expected    what belongs here; a place without words of its own has those of the place around it
 *   x-drops-file  the client drops its whole settings file for a value of the wrong type
 */
export function schemaWithWords(schema) {
  const { $id, $schema, ...rest } = schema;
  return { $id, $schema, ...withWords(rest, undefined, schema.$defs) };
}

const FOR_READERS = ["title", "description", "examples"];
const SUBSCHEMA = ["then", "else", "items", "additionalProperties", "not"];
const MAP_OF_SUBSCHEMAS = ["properties", "patternProperties", "$defs"];
const LIST_OF_SUBSCHEMAS = ["allOf", "anyOf"];

function withWords(node, inherited, definitions) {
  if (node === true) return true;
  // As an object, so that the error can carry words.
  if (node === false) return withWords({ not: {} }, inherited, definitions);
  if (node.$ref !== undefined) {
    // The errors of the definition carry its own words; these are for the case that the key is missing.
    const definition = definitions[node.$ref.replace("#/$defs/", "")];
    return { $ref: node.$ref, "x-expected": definition["x-expected"] ?? derivedWords(definition) };
  }
  const expected = node["x-expected"] ?? derivedWords(node) ?? inherited;
  const words = expected === undefined ? {} : { "x-expected": expected };
  const children = Object.entries(node)
    .filter(([keyword]) => !FOR_READERS.includes(keyword))
    .map(([keyword, value]) => {
      // The definitions are not around each other.
      const around = keyword === "$defs" ? undefined : expected;
      // A closed set stays closed: ajv then names the unknown key.
      if (keyword === "additionalProperties" && value === false) return [keyword, false];
      // A condition has no errors.
      if (keyword === "if") return [keyword, value];
      if (SUBSCHEMA.includes(keyword)) return [keyword, withWords(value, around, definitions)];
      if (LIST_OF_SUBSCHEMAS.includes(keyword))
        return [keyword, value.map((child) => withWords(child, around, definitions))];
      if (!MAP_OF_SUBSCHEMAS.includes(keyword)) return [keyword, value];
      return [
        keyword,
        Object.fromEntries(
          Object.entries(value).map(([key, child]) => [key, withWords(child, around, definitions)]),
        ),
      ];
    });
  return { ...Object.fromEntries(children), ...words };
}

const TYPE_WORDS = {
  string: "a string",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  array: "a list",
  object: "an attribute set",
};

function derivedWords(node) {
  // Inside conditions and encodings the surrounding place has the words.
  if (node.description === undefined && node.title === undefined) return undefined;
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return `one of ${node.enum.map((value) => JSON.stringify(value)).join(", ")}`;
  return typeof node.type === "string" ? TYPE_WORDS[node.type] : undefined;
}
