import { plainCommand, plainWord } from "./commands.ts";
import type { Random } from "./random.ts";

/** Small changes of a command line of plain words: each stays plain, and some leave what a rule covers. */
export function plainEdit(random: Random, line: string): string {
  const words = line.split(" ");
  const at = random.integer(0, words.length - 1);
  return random.weighted(
    [6, () => line],
    [5, () => `${line} ${plainWord(random)}`],
    [2, () => [...words.slice(0, at), plainWord(random), ...words.slice(at)].join(" ")],
    [2, () => (words.length > 1 ? words.slice(0, -1).join(" ") : line)],
    [2, () => words.filter((_, index) => index !== at || words.length === 1).join(" ")],
    [1, () => [...words.slice(0, at), plainWord(random), ...words.slice(at + 1)].join(" ")],
    [1, () => `${line}x`],
    [1, () => `x${line}`],
    [1, () => line.replace(" ", "")],
    [1, () => line.replace(" ", random.pick(["-", ":", "_"]))],
    [0.7, () => line.replace(words[0]!, words[0]!.toUpperCase())],
    [0.5, () => line.toUpperCase()],
    [0.5, () => (words.length > 1 ? [words[1], words[0], ...words.slice(2)].join(" ") : line)],
    [0.7, () => `/usr/bin/${line}`],
    [0.4, () => `./${line}`],
    [0.3, () => `../bin/${line}`],
    [0.3, () => `${words[0]}.sh ${words.slice(1).join(" ")}`.trim()],
    [0.5, () => `${line} ${plainCommand(random)}`],
    [0.3, () => words[0]!],
  );
}
