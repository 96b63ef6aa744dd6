import type { ClientFact } from "./fact.ts";
import { type ReadOnlyUse, usesOf, words } from "./read-only-use.ts";

const SEARCH: ReadOnlyUse = {
  globs: true,
  flags: words(
    "-a -b -c -h -i -l -n -o -q -r -s -u -v -w -x -z -E -F -G -H -I -L -P -R -T -U -V -Z " +
      "--extended-regexp --fixed-strings --basic-regexp --perl-regexp --ignore-case " +
      "--no-ignore-case --word-regexp --line-regexp --null-data --no-messages --invert-match " +
      "--version --help --byte-offset --line-number --line-buffered --with-filename " +
      "--no-filename --only-matching --quiet --silent --text --recursive " +
      "--dereference-recursive --files-without-match --files-with-matches --count --initial-tab " +
      "--null --no-group-separator --binary",
  ),
  text: words(
    "-d -e -f -D --regexp --file --label --binary-files --directories --devices --include " +
      "--exclude --exclude-from --exclude-dir --group-separator --color --colour",
  ),
  number: words("-m -A -B -C --max-count --before-context --after-context --context"),
  attachedNumbers: true,
};

/** Older clients alone know it. */
export const PYRIGHT_USE: ReadOnlyUse = {
  flags: words("--version --outputjson --stats --verbose --dependencies --warnings"),
  text: words("--pythonversion --pythonplatform --level"),
  dashesEndFlags: false,
};

/**
 * Programs that only read as long as their arguments say so: the flags that were seen to run. A flag that does not
 * stand here takes the command out of the set. Each flag was asked alone, with a word, with a number, with a word in
 * one piece and joined by `=`.
 */
export const READ_ONLY_USES: Readonly<Record<string, ReadOnlyUse>> = {
  grep: SEARCH,
  egrep: SEARCH,
  fgrep: SEARCH,
  sha256sum: {
    globs: true,
    flags: words(
      "-b -c -t -w -z --binary --check --tag --text --zero --ignore-missing --quiet --status " +
        "--strict --warn --help --version",
    ),
  },
  sha1sum: {
    globs: true,
    flags: words(
      "-b -c -t -w -z --binary --check --tag --text --zero --ignore-missing --quiet --status " +
        "--strict --warn --help --version",
    ),
  },
  md5sum: {
    globs: true,
    flags: words(
      "-b -c -t -w -z --binary --check --tag --text --zero --ignore-missing --quiet --status " +
        "--strict --warn --help --version",
    ),
  },
  which: {
    flags: words(
      "-a -p -s -v -w -V --help --version --all --skip-alias --skip-dot --show-dot --skip-functions --skip-tilde --show-tilde",
    ),
  },
  base64: {
    flags: words("-d -h -D --decode --ignore-garbage --help --version"),
    text: words("-i"),
    number: words("-b -w --wrap"),
    dashesEndFlags: false,
  },
  printf: {},
  test: {
    text: words("-b -c -d -e -f -g -h -k -n -p -r -s -u -w -x -z -G -L -N -O -S -nt -ot -ef"),
    numeral: words("-eq -ne -lt -le -gt -ge"),
    number: words("-t"),
    dashesEndFlags: false,
  },
  ps: {
    flags: words(
      "-a -c -d -e -f -j -l -m -w -y -A -F -H -L -N -T -V --help --deselect --forest --headers " +
        "--no-headers --info --version",
    ),
    text: words("-g -n -p -q -s -t -u -C -G -U --pid --quick-pid --sid --tty --user --sort"),
    number: words("--width"),
    dashesEndFlags: "2.1.197",
  },
  pgrep: {
    flags: words(
      "-a -c -f -i -l -n -o -v -w -x -L -V --list-name --list-full --inverse --lightweight " +
        "--count --full --ignore-case --newest --oldest --exact --logpidfile --help --version",
    ),
    text: words(
      "-d -g -r -s -t -u -F -G -O -P -U --delimiter --pgroup --group --older --parent --session " +
        "--terminal --euid --uid --pidfile --runstates --ns --nslist",
    ),
  },
  lsof: {
    flags: words("-a -b -g -h -i -l -n -o -r -s -t -v -x -C -E -F -H -K -L -N -O -P -Q -R -S -T -U -V -X"),
    text: words("-c -d -e -k -p -u -A"),
    dashesEndFlags: "2.1.197",
  },
  ss: {
    flags: words(
      "-a -b -d -e -h -i -l -m -n -o -p -s -t -u -w -x -z -E -H -M -O -S -V -Z -0 -4 -6 --help " +
        "--version --numeric --all --listening --options --extended --memory --processes --info " +
        "--tipcinfo --summary --tos --cgroup --bpf --events --context --contexts --ipv4 --ipv6 " +
        "--packet --tcp --mptcp --sctp --udp --dccp --raw --unix --tipc --vsock --no-header " +
        "--oneline --inet-sockopt",
    ),
    text: words("-f -A --family --query --socket"),
    dashesEndFlags: false,
  },
  netstat: {
    flags: words("-a -g -i -l -m -n -r -s -v -L"),
    text: words("-f -I"),
  },
  help: {
    flags: words("-d"),
  },
  tput: {
    flags: words("-x -V"),
    text: words("-T"),
  },
  rg: {
    flags: words(
      "-a -c -h -i -l -n -o -q -u -v -w -F -H -L -S --ignore-case --smart-case --fixed-strings " +
        "--word-regexp --count --files-with-matches --files-without-match --line-number --heading " +
        "--no-heading --hidden --no-ignore --only-matching --quiet --stats --text --type-list " +
        "--version --json --invert-match --follow --debug --column --help",
    ),
    text: words("-e -f -g -t -T --regexp --glob --type --type-not --color"),
    number: words("-d -m -A -B -C --after-context --before-context --context --max-count --max-depth"),
    attachedNumbers: true,
  },
  fd: {
    flags: words(
      "-a -g -h -i -p -q -s -F -H -I -L -V -0 -1 --hidden --no-ignore --no-ignore-vcs " +
        "--no-ignore-parent --case-sensitive --ignore-case --glob --regex --fixed-strings " +
        "--absolute-path --follow --full-path --print0 --prune --quiet --show-errors " +
        "--strip-cwd-prefix --one-file-system --help --version --no-require-git",
    ),
    text: words(
      "-c -e -o -t -E -S --and --exclude --type --extension --size --changed-within " +
        "--changed-before --owner --format --ignore-file --color --hyperlink --base-directory " +
        "--path-separator --search-path",
    ),
    number: words("-d -j --max-depth --min-depth --exact-depth --batch-size --threads --max-results"),
  },
  fdfind: {
    flags: words(
      "-a -g -h -i -p -q -s -F -H -I -L -V -0 -1 --hidden --no-ignore --no-ignore-vcs " +
        "--no-ignore-parent --case-sensitive --ignore-case --glob --regex --fixed-strings " +
        "--absolute-path --follow --full-path --print0 --prune --quiet --show-errors " +
        "--strip-cwd-prefix --one-file-system --help --version --no-require-git",
    ),
    text: words(
      "-c -e -o -t -E -S --and --exclude --type --extension --size --changed-within " +
        "--changed-before --owner --format --ignore-file --color --hyperlink --base-directory " +
        "--path-separator --search-path",
    ),
    number: words("-d -j --max-depth --min-depth --exact-depth --batch-size --threads --max-results"),
  },
  tree: {
    flags: words(
      "-a -c -d -f -g -h -i -l -n -p -q -r -s -t -u -v -x -A -C -D -F -J -N -Q -S -U -X " +
        "--dirsfirst --filesfirst --noreport --prune --matchdirs --ignore-case --inodes --device " +
        "--gitignore --info --fromfile --fromtabfile --du --si --version --help --metafirst " +
        "--nolinks --hyperlink",
    ),
    text: words(
      "-H -I -P -T --gitfile --infofile --sort --timefmt --charset --hintro --houtro --scheme " +
        "--authority",
    ),
    number: words("-L --filelimit"),
  },
  sort: {
    flags: words(
      "-b -c -d -f -g -h -i -m -n -r -s -u -z -C -M -R -V --ignore-leading-blanks " +
        "--dictionary-order --ignore-case --general-numeric-sort --ignore-nonprinting " +
        "--month-sort --human-numeric-sort --numeric-sort --random-sort --reverse --version-sort " +
        "--check --merge --stable --unique --zero-terminated --help --version",
    ),
    text: words("-k -t -S --sort --key --buffer-size --field-separator"),
    number: words("--batch-size --parallel"),
  },
  file: {
    flags: words(
      "-b -c -h -i -k -l -n -p -r -s -v -L -0 --help --version --brief --mime --mime-type " +
        "--mime-encoding --apple --keep-going --list --dereference --no-dereference --no-buffer " +
        "--print0 --preserve-date --raw --special-files",
    ),
    text: words("-F --exclude --exclude-quiet --separator"),
  },
  date: {
    flags: words("-u -I -R --utc --universal --debug --rfc-email --help --version"),
    text: words("-d -r --date --rfc-3339 --reference"),
    dashesEndFlags: true,
  },
  hostname: {
    flags: words(
      "-a -d -f -h -i -s -v -A -I -V --version --help --alias --all-fqdns --domain --fqdn " +
        "--long --ip-address --all-ip-addresses --short",
    ),
    operands: "none",
  },
  man: {
    flags: words("-a -d -f -h -k -w --whatis --apropos --all"),
    text: words("-s -S"),
  },
  xargs: {
    flags: words("-0 -r -t -x"),
    number: words("-L -P -n -s"),
    character: words("-d"),
    fixed: { "-I": "{}", "-E": "EOF" },
  },
  "docker logs": {
    flags: words("-f -t --follow --timestamps --details"),
    text: words("-n --tail --since --until"),
  },
  "docker inspect": {
    flags: words("-s --size"),
    text: words("-f --format --type"),
  },
};

export const READ_ONLY_USE_FACTS: readonly ClientFact[] = usesOf("read-only", READ_ONLY_USES);
