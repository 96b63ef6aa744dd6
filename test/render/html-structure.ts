/** An element's start as the page writes it. */
export interface Tag {
  name: string;
  attributes: Record<string, string>;
}

/** Elements that have no end. */
const VOID = new Set(["meta", "br", "input", "rect", "path"]);
const REFERENCE = "&(?:amp|lt|gt|quot|apos|#58);";
const TOKEN = new RegExp(
  `<(/?)([a-z][a-z0-9]*)((?:\\s[a-zA-Z-]+="(?:[^<>&"]|${REFERENCE})*")*)(/?)>|(?:[^<>&]|${REFERENCE})+`,
  "y",
);

/**
 * The start tags of a page, by a reader written for this test that takes less than a browser does: every element is
 * closed, every attribute quoted, every reference known. The style is left out.
 * @throws Error at the first character that it cannot read
 */
export function htmlTags(page: string): Tag[] {
  const body = page
    .replace(/^<!doctype html>\n/, "")
    .replace(/<style>[^<]*(?:<(?!\/style)[^<]*)*<\/style>/, "");
  const tags: Tag[] = [];
  const open: string[] = [];
  for (let at = 0; at < body.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(body);
    if (match === null) throw new Error(`cannot be read at ${JSON.stringify(body.slice(at, at + 40))}`);
    const [, end, name, attributes, empty] = match;
    if (name === undefined) continue;
    if (end === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    if ((empty === "/") !== VOID.has(name)) throw new Error(`<${name}> is not closed as it should be`);
    if (empty === "") open.push(name);
    tags.push({ name, attributes: attributesOf(attributes ?? "") });
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  return tags;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([a-zA-Z-]+)="([^"]*)"/g)].map(
    ([, name, value]) => [name!, value!] as const,
  );
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`given twice: ${text}`);
  return Object.fromEntries(pairs);
}

const ELEMENTS = new Set(
  (
    "html head meta title body a header h1 h2 h3 h4 p nav ul li main section article span dl div dt dd del ins code pre " +
    "strong br details summary table caption thead tbody tr th td fieldset legend label input svg rect text tspan path"
  ).split(" "),
);
const ATTRIBUTES = new Set(
  (
    "lang charset http-equiv content name class href rel id role tabindex aria-label aria-labelledby scope type checked " +
    "autocomplete viewBox width height x y rx d"
  ).split(" "),
);
const OWN_ANCHOR = /^#[a-z]+(?:-\d+-\d+)?$/;
const KNOWN_PAGE =
  /^https:\/\/(?:github\.com|gitlab\.com|codeberg\.org|git\.sr\.ht|bitbucket\.org)\/[\w.~/%-]+(?:#(?:L|lines-)\d+)?$/;

/** Tags that no page of ours may have: other elements or attributes, links to unknown places, names that are not unique. */
export function strayTags(tags: readonly Tag[]): Tag[] {
  const ids = tags.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]));
  return tags.filter(({ name, attributes }) => {
    const { href, id } = attributes;
    const known = ELEMENTS.has(name) && Object.keys(attributes).every((one) => ATTRIBUTES.has(one));
    const leads =
      href === undefined || KNOWN_PAGE.test(href) || (OWN_ANCHOR.test(href) && ids.includes(href.slice(1)));
    const unique = id === undefined || ids.indexOf(id) === ids.lastIndexOf(id);
    return !known || !leads || !unique;
  });
}
