import type { Format } from "./options.ts";

/** Every format by name; a format is loaded when it is asked for. */
export const FORMATS = {
  terminal: {
    description: "text for people, in a terminal or a log",
    load: async (): Promise<Format> => import("./terminal.ts"),
  },
  json: {
    description: "the report as data (schema: nixclaude schema report)",
    load: async (): Promise<Format> => import("./json.ts"),
  },
  markdown: {
    description: "for a pull request's comment or a job summary",
    load: async (): Promise<Format> => import("./markdown.ts"),
  },
} as const satisfies Record<string, { description: string; load(): Promise<Format> }>;

export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
