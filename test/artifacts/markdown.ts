import fc from "fast-check";

/** Pieces that mean something to a Markdown parser, in any order. */
export function markdown(): fc.Arbitrary<string> {
  const likely = ["@x.md", " @x.md", "\n@x.md", "`", "\n", "\n\n", "```\n"];
  const pieces = [
    ...likely,
    ...likely,
    ...[
      "``",
      "```",
      "~~~\n",
      "~~",
      "\r",
      "  ",
      "    ",
      "\t",
      "- ",
      "1. ",
      "> ",
      "# ",
      "| ",
      "|---|\n",
      "\\",
      "*",
      "_",
    ],
    ...[
      "<!-- ",
      " -->",
      "<div>",
      "</div>",
      "<a b='",
      "'>",
      "[",
      "](",
      "]: ",
      "https://a.example/",
      "a",
      "b ",
    ],
  ];
  return fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 24 }).map((parts) => parts.join(""));
}
