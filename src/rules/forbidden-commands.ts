/** A command that an instruction names in a sentence that forbids, or asks to ask first. */
export interface NamedCommand {
  /** As the policy writes it: `git push --force`, `--no-verify`. */
  text: string;
  /** Bash rules that cover its uses. */
  rules: string[];
}

/** An instruction longer than this is read from its beginning only. */
const READ_CHARACTERS_MAX = 20_000;

const FORBIDS =
  /\b(?:never|do not|don['’]t|must not|mustn['’]t|may not|shall not|should not|shouldn['’]t|cannot|can['’]t|avoid|refuse|forbidden|prohibited|not allowed|disallowed|without (?:asking|approval|permission|confirmation|being asked)|ask (?:before|first|me before|for (?:permission|approval|confirmation)))\b/i;
/** A clause with a verb of its own says something else: "never use npm, use pnpm". */
const RECOMMENDS = /\b(?:use|prefer|run|call|choose|always|instead|rather)\b/i;

/** The commands that a policy forbids by name: in code or quotes, as a flag, or as a program it mentions. */
export function commandsForbiddenIn(policy: string): NamedCommand[] {
  const found = new Map<string, NamedCommand>();
  for (const sentence of sentencesOf(policy.slice(0, READ_CHARACTERS_MAX))) {
    for (const clause of forbiddingClauses(sentence)) {
      for (const named of commandsNamedIn(clause, sentence)) found.set(named.text, named);
    }
  }
  return [...found.values()];
}

function sentencesOf(text: string): string[] {
  // Not at a dot inside code (`git checkout -- .`) or in a file name.
  return text
    .split(/\n\s*\n|\n\s*[-*•]\s|(?<=[.!?])\s+(?=[A-Z`"'])/)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => sentence !== "");
}

/** Clauses that forbid, and those after them that only go on with the list. */
function forbiddingClauses(sentence: string): string[] {
  const clauses = clausesOf(sentence);
  // "git push needs a person: ask first" forbids in its second half what its first half names.
  const asksLater = clauses.length > 1 && /\bask (?:before|first)\b/i.test(clauses.at(-1)!);
  let forbids = false;
  return clauses.filter((clause) => {
    if (FORBIDS.test(clause)) forbids = true;
    else if (RECOMMENDS.test(clause)) forbids = false;
    return forbids || (asksLater && !RECOMMENDS.test(clause));
  });
}

/** Parts between commas, semicolons, colons, dashes and "but", where these stand outside of code. */
function clausesOf(sentence: string): string[] {
  const clauses = [""];
  sentence.split("`").forEach((part, index, parts) => {
    // Every second part is code; a last backtick without its pair opens none.
    if (index % 2 === 1 && index < parts.length - 1) {
      clauses.push(`${clauses.pop()}\`${part}\``);
      return;
    }
    const [first, ...others] = part.split(/[;:,](?=\s)| [-–—] |\bbut\b/);
    clauses.push(`${clauses.pop()}${first}`, ...others);
  });
  return clauses;
}

function commandsNamedIn(clause: string, sentence: string): NamedCommand[] {
  const quoted = [
    ...clause.matchAll(/`([^`]{1,200})`|"([^"]{1,200})"|“([^”]{1,200})”|'([^']{1,200})'(?!\w)/g),
  ]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? match[4])!.trim())
    .filter(isCommand);
  const plain = clause.replace(/`[^`]{1,200}`|"[^"]{1,200}"|“[^”]{1,200}”/g, " ");
  const spoken = programsIn(plain);
  const flags = [...plain.matchAll(/(?<![\w-])(--[a-z][\w-]+|-[a-zA-Z]{1,3})(?![\w-])/g)]
    .map((match) => match[1]!)
    .filter((flag) => ![...quoted, ...spoken].some((command) => command.split(" ").includes(flag)));
  const inCode = quoted.filter((text) => text.startsWith("-"));
  const commands = [...quoted.filter((text) => !text.startsWith("-")), ...spoken];
  return [
    ...[...new Set(commands)].map((text) => ({ text, rules: rulesForCommand(text) })),
    ...[...new Set([...inCode, ...flags])].flatMap((flag) => flagCommand(flag, sentence)),
  ];
}

/** A flag alone, or a program in lower case with words: not a sentence that somebody is told to say. */
function isCommand(text: string): boolean {
  return /^-{1,2}[A-Za-z][\w-]*$/.test(text) || /^[a-z][\w.+-]*(?: [^\s]+){0,8}$/.test(text);
}

/** Programs whose names are not also everyday words, so that plain text that has them means them. */
const PROGRAMS = new Set(
  (
    "git npm pnpm yarn npx bunx uvx pip pip3 pipx poetry cargo rustup curl wget ssh scp sftp rsync sudo doas su rm rmdir mv cp chmod chown dd " +
    "mkfs docker podman kubectl helm terraform tofu pulumi ansible ansible-playbook aws gcloud az gh glab nix nix-shell nix-build nix-env " +
    "nixos-rebuild home-manager darwin-rebuild systemctl launchctl crontab psql mysql mongosh redis-cli sqlite3 python python3 node deno bun perl " +
    "ruby php bash zsh eval sops gpg agenix apt apt-get brew dnf pacman rclone nc ncat socat gradle mvn twine vercel netlify fly flyctl heroku"
  ).split(" "),
);
const STOP_WORDS = new Set(
  (
    "a an the to in on at of for from with without and or nor unless until before after when while if as by is are be it this that these those " +
    "here there any all anything commands command directly yourself ever again first me us my our your you i we use run using running please " +
    "ask asking approval permission files file branch branches changes history repository machine production code packages secrets data into"
  ).split(" "),
);

/** `terraform apply` in "never run terraform apply without asking": a program with the words that belong to it. */
function programsIn(text: string): string[] {
  const words = text.split(/\s+/).map((word) => word.replace(/^[("'“]+|[)"'”.,;:!?]+$/g, ""));
  return words.flatMap((word, index) => {
    if (!PROGRAMS.has(word)) return [];
    const rest: string[] = [];
    for (const next of words.slice(index + 1, index + 4)) {
      if (!/^(?:-{1,2}[\w-]+|[a-z][a-z0-9-]*)$/.test(next) || STOP_WORDS.has(next)) break;
      rest.push(next);
    }
    return [[word, ...rest].join(" ")];
  });
}

/** Flags that say by themselves whose they are. */
const FLAG_OWNERS: Readonly<Record<string, readonly string[]>> = {
  "--no-verify": ["git commit", "git push"],
  "--force": ["git push"],
  "--force-with-lease": ["git push"],
  "--amend": ["git commit"],
  "--no-gpg-sign": ["git commit"],
  "--hard": ["git reset"],
  "--mirror": ["git push"],
  "--admin": ["gh pr merge"],
  "--impure": ["nix build", "nix run", "nix develop", "nix eval"],
  "--accept-flake-config": ["nix build", "nix run", "nix develop"],
  "--privileged": ["docker run", "podman run"],
  "--dangerously-skip-permissions": ["claude"],
  "--auto-approve": ["terraform apply", "tofu apply"],
  "-auto-approve": ["terraform apply", "tofu apply"],
  "-rf": ["rm"],
  "-fr": ["rm"],
};

/** The flag behind the programs that the sentence names, else behind those that are known to have it. */
function flagCommand(flag: string, sentence: string): NamedCommand[] {
  const named = programsIn(sentence.replace(/[`"“”]/g, " ")).map((command) => withoutFlags(command));
  const owners = named.length > 0 ? named : (FLAG_OWNERS[flag] ?? []);
  if (owners.length === 0) return [];
  return [{ text: flag, rules: owners.flatMap((owner) => rulesForCommand(`${owner} ${flag}`)) }];
}

function withoutFlags(command: string): string {
  return command
    .split(" ")
    .filter((word) => !word.startsWith("-"))
    .join(" ");
}

/** The command itself and with more behind it; its flags also behind other words. */
function rulesForCommand(command: string): string[] {
  const rules = [`Bash(${command})`, `Bash(${command} *)`];
  const words = command.split(" ");
  const flags = words.filter((word) => word.startsWith("-"));
  const head = withoutFlags(command);
  if (flags.length === 0 || head === "") return rules;
  const [flag] = flags as [string];
  return [...rules, `Bash(${head} * ${flag})`, `Bash(${head} * ${flag} *)`];
}
