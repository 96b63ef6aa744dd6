/** The formats by name, apart from their code: who only parses a command line need not load it. */
export const FORMAT_NAMES = ["terminal", "json", "markdown", "sarif", "github", "junit", "html"] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

export function isFormatName(name: string): name is FormatName {
  return (FORMAT_NAMES as readonly string[]).includes(name);
}
