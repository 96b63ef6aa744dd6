import type { CompletionCommand } from "./completion-words.ts";

/** Every word in these scripts is ours (names and descriptions of `commands.ts`), none comes from a repository. */

export function bashCompletion(commands: readonly CompletionCommand[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ values }) => values.length > 0)
      .map(({ flag, values }) => `    "${name} ${flag}") words="${values.join(" ")}" ;;`),
  );
  const files = commands.flatMap(({ name, options }) =>
    options
      .filter(({ takesValue, values }) => takesValue && values.length === 0)
      .map(({ flag }) => `"${name} ${flag}"`),
  );
  const words = commands.map(
    ({ name, words, options }) =>
      `      ${name}) words="${[...words, ...options.map(({ flag }) => flag)].join(" ")}" ;;`,
  );
  return `_nixclaude() {
  local current=\${COMP_WORDS[COMP_CWORD]} command=\${COMP_WORDS[1]} words=""
  # Bash hands over "--flag=value" as three words.
  local previous=\${COMP_WORDS[COMP_CWORD-1]}
  if [ "$previous" = "=" ]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [ "$current" = "=" ]; then current=""; previous=\${COMP_WORDS[COMP_CWORD-1]}; fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${commands.map(({ name }) => name).join(" ")} --help --version"
  else case "$command $previous" in
${values.join("\n")}
    ${files.join("|")}) COMPREPLY=($(compgen -f -- "$current")) || :; return ;;
    *) case "$command" in
${words.join("\n")}
    esac ;;
  esac; fi
  # "Nothing to offer" is no failure, also under set -e.
  COMPREPLY=($(compgen -W "$words" -- "$current")) || :
}
complete -o default -F _nixclaude nixclaude
`;
}

export function zshCompletion(commands: readonly CompletionCommand[]): string {
  const summaries = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, words, options }) => {
    const specs = options.map(({ flag, description, takesValue, values }) => {
      const value = takesValue ? `:value:${values.length > 0 ? `(${values.join(" ")})` : "_files"}` : "";
      return quoted(`*${flag}[${description.replace(/[[\]:\\]/g, "\\$&")}]${value}`);
    });
    const word = words.length > 0 ? [quoted(`1:name:(${words.join(" ")})`)] : [];
    return `    ${name}) _arguments ${[...specs, ...word].join(" ")} ;;`;
  });
  return `#compdef nixclaude
_nixclaude() {
  local -a commands
  commands=(
${summaries.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
compdef _nixclaude nixclaude
`;
}

export function fishCompletion(commands: readonly CompletionCommand[]): string {
  const lines = commands.flatMap(({ name, summary, words, options }) => {
    const within = `complete -c nixclaude -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c nixclaude -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
      ...(words.length > 0 ? [`${within} -f -a '${words.join(" ")}'`] : []),
      ...options.map(({ flag, description, takesValue, values }) =>
        [
          within,
          `-l ${flag.slice(2)}`,
          `-d ${quoted(description)}`,
          ...(takesValue ? ["-r"] : []),
          ...(values.length > 0 ? [`-f -a '${values.join(" ")}'`] : []),
        ].join(" "),
      ),
    ];
  });
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
