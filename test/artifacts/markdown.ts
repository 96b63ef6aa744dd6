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

/** Texts in which `@x.md` looks like code and may be none. */
export const DOUBTFUL: [name: string, text: string][] = [
  ["a fence in a list", "- ```\n  a\n  ```\n@x.md"],
  ["a fence in raw HTML", "<div>\n```\n</div>\n\n@x.md\n```"],
  ["a fence that an indented line may close", "```\n  ```\n@x.md"],
  ["a fence with a blank that is none behind it", "```\n```\t\n@x.md"],
  ["a span that began a line above", "a ` b\n`@x.md` c"],
  ["an escaped backtick", "\\`@x.md`"],
  ["a span in a link's address", "[a](`b) @x.md `"],
  ["a span in a title over two lines", "[a](/x '\n`b') @x.md `"],
  ["a span in an attribute", "<a title='\n`b'> @x.md `"],
  ["a span across cells", "| `a | @x.md ` |"],
  ["a span struck through", "~~a `b~~ @x.md `c"],
  ["a span in a bare address", "https://a.example/`b @x.md `"],
  ["a definition that swallows a fence", "[a]: /x '\n```\n'\n@x.md\n```"],
];
