import type { ClientFact } from "./fact.ts";
import { type ReadOnlyUse, usesOf, words } from "./read-only-use.ts";

/** The same for git, by subcommand: nothing stands between `git` and it (`git -C . status` asks). */
export const READ_ONLY_GIT: Readonly<Record<string, ReadOnlyUse>> = {
  "git status": {
    flags: words(
      "-b -s -v --no-renames --verbose --short --branch --ahead-behind --porcelain --long " +
        "--ignored --column --no-column --no-ahead-behind --renames",
    ),
    text: words("-u -M --find-renames --ignore-submodules --untracked-files"),
    countFlag: true,
  },
  "git diff": {
    flags: words(
      "-l -p -s -u -B -C -D -M -R --quiet --stat --numstat --shortstat --dirstat --summary " +
        "--name-only --name-status --check --color --minimal --patience --histogram " +
        "--patch-with-stat --no-color --word-diff --color-words --no-renames --exit-code " +
        "--full-index --binary --break-rewrites --find-renames --find-copies --find-copies-harder " +
        "--irreversible-delete --pickaxe-regex --pickaxe-all --ignore-space-at-eol " +
        "--ignore-space-change --ignore-all-space --ignore-blank-lines --function-context " +
        "--no-ext-diff --cached --no-index --staged",
    ),
    text: words(
      "-G -O -S --diff-algorithm --diff-filter --word-diff-regex --ws-error-highlight " + "--relative",
    ),
    number: words("--abbrev --inter-hunk-context"),
    countFlag: true,
  },
  "git log": {
    flags: words(
      "-p -s --source --decorate --all --follow --no-decorate --stat --patch --no-patch " +
        "--numstat --shortstat --name-only --name-status --reverse --walk-reflogs --merges " +
        "--no-merges --no-min-parents --no-max-parents --first-parent --branches --tags --remotes " +
        "--cherry-mark --cherry-pick --left-right --boundary --full-history --dense --sparse " +
        "--simplify-merges --ancestry-path --date-order --author-date-order --topo-order " +
        "--no-walk --graph --abbrev-commit --oneline --relative-date --color --no-color " +
        "--pickaxe-regex --pickaxe-all --no-ext-diff",
    ),
    text: words("-G -S --since --grep --after --until --before --author --committer --date --diff-filter"),
    number: words("-n --max-count --skip --max-age --min-age"),
    countFlag: true,
    pretty: words("--format --pretty"),
  },
  "git show": {
    flags: words(
      "-m -p -s --quiet --decorate --no-decorate --stat --patch --no-patch --raw --numstat " +
        "--shortstat --name-only --name-status --first-parent --graph --abbrev-commit --oneline " +
        "--relative-date --color --no-color --word-diff --color-words --no-ext-diff",
    ),
    text: words("--date --diff-filter --word-diff-regex"),
    countFlag: true,
    pretty: words("--format --pretty"),
  },
  "git rev-list": {
    flags: words(
      "--source --all --reverse --walk-reflogs --merges --no-merges --no-min-parents " +
        "--no-max-parents --first-parent --branches --tags --remotes --full-history --dense " +
        "--sparse --ancestry-path --graph --abbrev-commit --oneline --count",
    ),
    text: words("--since --grep --after --until --before --author --committer"),
    number: words("-n --max-count --skip --min-parents --max-parents --abbrev --max-age --min-age"),
    countFlag: true,
    pretty: words("--format --pretty"),
  },
  "git shortlog": {
    flags: words(
      "-c -e -n -s --all --summary --committer --no-merges --branches --tags --remotes " +
        "--numbered --email",
    ),
    text: words("--since --after --until --before --author --group"),
    countFlag: true,
    pretty: words("--format"),
  },
  "git for-each-ref": {
    text: words("--merged --no-merged --points-at --contains --no-contains --sort"),
    number: words("--count"),
    countFlag: true,
    pretty: words("--format"),
  },
  "git tag": {
    flags: words("-i -l --column --no-column --list --ignore-case"),
    text: words("--merged --no-merged --points-at --contains --no-contains --sort"),
    number: words("-n"),
    countFlag: true,
    pretty: words("--format"),
    operands: "behind-list",
    lists: words("-l --list"),
  },
  "git branch": {
    flags: words(
      "-a -i -l -r -v --all --remotes --no-abbrev --color --no-color --verbose --column " +
        "--no-column --merged --no-merged --list --show-current --ignore-case",
    ),
    text: words("--points-at --contains --no-contains --sort"),
    listedNumber: words("--abbrev"),
    countFlag: true,
    operands: "behind-list",
    lists: words("-l --list --merged --no-merged"),
  },
  "git ls-remote": {
    flags: words("-b -h -q -t --quiet --branches --tags --exit-code --heads --refs --get-url --symref"),
    countFlag: true,
    operands: "none",
  },
  "git reflog": {
    flags: words(
      "--decorate --all --no-decorate --branches --tags --remotes --graph --oneline " + "--relative-date",
    ),
    text: words("--since --grep --after --until --before --author --committer --date"),
    number: words("-n --max-count"),
    countFlag: true,
  },
  "git stash list": {
    flags: words(
      "--decorate --all --no-decorate --branches --tags --remotes --graph --oneline " + "--relative-date",
    ),
    text: words("--date"),
    number: words("-n --max-count"),
    countFlag: true,
    dashesEndFlags: "2.1.197",
  },
  "git blame": {
    flags: words(
      "-e -f -l -n -p -s -t -w -C -M --color --no-color --porcelain --incremental --root " +
        "--show-stats --score-debug --show-name --show-number --line-porcelain --show-email",
    ),
    text: words("-L --date --ignore-rev --ignore-revs-file"),
    number: words("--abbrev"),
    countFlag: true,
    dashesEndFlags: "2.1.197",
  },
  "git stash show": {
    flags: words(
      "-p -s --stat --patch --no-patch --numstat --shortstat --name-only --name-status --color " +
        "--no-color --word-diff --no-ext-diff",
    ),
    text: words("--diff-filter --word-diff-regex"),
    number: words("--abbrev"),
    countFlag: true,
  },
  "git worktree list": {
    flags: words("-v --verbose --porcelain"),
    text: words("--expire"),
    countFlag: true,
  },
  "git ls-files": {
    flags: words(
      "-c -d -f -i -k -m -o -s -t -u -v -z --cached --ignored --recurse-submodules --deleted " +
        "--modified --others --stage --killed --directory --eol --unmerged --exclude-standard " +
        "--full-name --error-unmatch --debug --no-empty-directory",
    ),
    text: words("-x -X --exclude --exclude-from --exclude-per-directory"),
    number: words("--abbrev"),
    countFlag: true,
  },
  "git rev-parse": {
    flags: words(
      "--verify --show-prefix --show-toplevel --abbrev-ref --symbolic --symbolic-full-name " +
        "--git-dir --git-common-dir --absolute-git-dir --is-inside-git-dir --is-inside-work-tree " +
        "--is-bare-repository --is-shallow-repository --show-cdup",
    ),
    text: words("--short"),
    countFlag: true,
  },
  "git cat-file": {
    flags: words("-e -p -s -t --batch-check"),
    countFlag: true,
  },
  "git describe": {
    flags: words("--tags --long --contains --dirty --exact-match --always --broken"),
    text: words("--exclude --match"),
    number: words("--abbrev --candidates"),
    countFlag: true,
  },
  "git grep": {
    flags: words(
      "-c -h -i -l -n -o -q -v -w -E -F -G -H -L -P --quiet --not --basic-regexp " +
        "--extended-regexp --fixed-strings --perl-regexp --color --no-color --cached --no-index " +
        "--recurse-submodules --ignore-case --full-name --count --untracked --invert-match " +
        "--word-regexp --line-number --files-with-matches --files-without-match --only-matching " +
        "--break --heading --and --or",
    ),
    text: words("-e"),
    number: words("-A -B -C --max-depth --context --before-context --after-context --threads"),
    countFlag: true,
  },
  "git merge-base": {
    flags: words("--all --octopus --is-ancestor --independent --fork-point"),
    countFlag: true,
  },
  "git config --get": {
    flags: words(
      "-z --name-only --null --path --worktree --global --system --local --bool --int " +
        "--bool-or-int --expiry-date --show-origin --show-scope",
    ),
    text: words("--default --type"),
    countFlag: true,
  },
  "git remote": { flags: words("-v --verbose"), operands: "none", bundles: false },
  "git remote show": { flags: words("-n"), operands: "one-name", needs: "-n" },
};

export const READ_ONLY_GIT_FACTS: readonly ClientFact[] = usesOf("read-only", READ_ONLY_GIT);
