/**
 * Commands that only read, or nearly: the client runs many of them without a rule, by tables of programs and flags
 * that it does not publish. Flags that write, run or leave the project stand among the harmless ones on purpose.
 * A line: program, subcommands where there are some, flags (with `=`, a value of their own), operands.
 */
export interface ReadOnlyForm {
  program: string;
  subcommands: readonly string[];
  flags: readonly string[];
  operands: readonly string[];
}

const TABLE = `
ls | | -l -la -R -1 -h --color --all --recursive --sort=time -d -i | src . .. /etc ~ a*
cat | | -n -A -b -s --number | a src/a.ts .env /etc/hostname ~/x ../x
head | | -5 -n5 -c10 --lines=5 -q -v -n | a src/a.ts 3
tail | | -5 -f -F --follow -n+3 -c10 --pid=1 -n | a src/a.ts 3
grep | | -r -i -n -v -l -E -P --include=*.ts --color=always -f -e -A3 -C2 -R --exclude-dir=x -z -- | x TODO . src a .env
egrep | | -r -i | x a
fgrep | | -r -i | x a
rg | | -n -i -l --files --hidden -g -t --pre --pre=cat -z --search-zip --hostname-bin=x -u --json --no-ignore -f -e -A3 --glob=*.ts --sort=path | x TODO . src a
find | | -name -type -maxdepth -newer -size -path -not -print -print0 -ls -exec -execdir -ok -delete -fprint -fprintf -fls -prune -regex -o -L -empty | . src f a 2 x
fd | | -e -t -x -X --exec --exec-batch -H -I --type=f -a -l --list-details -0 --max-depth=2 | x ts src .
wc | | -l -c -w -m --lines --files0-from=a -L | a src/a.ts
which | | -a --all | git npm
stat | | -c -f -L --format=%n -t --printf=%n | a src
du | | -s -h -sh -a --max-depth=1 --files0-from=a -X --exclude=x | . src /etc
df | | -h -T -i -a --output --output=source -x | . /
sort | | -n -r -u -k2 -t, -o --output=b -oa --compress-program=x -T -S1M --parallel=2 --files0-from=a -c -R -V -h -m --random-source=a --debug -z -s -ro --outp=b | a src/a.ts
uniq | | -c -d -u -i -f1 --count -w5 | a b
cut | | -d, -f1 -c1-3 -s --output-delimiter=x -b1 --complement | a
tr | | -d -s -c | a-z A-Z x y
tree | | -L -a -d -I -o -R -H --output=x -f -J -X --fromfile --info -P --noreport | . src 2 x
file | | -b -i -m -f -C -z -L --mime --magic-file=x --files-from=a --brief -k -s -0 -P | a src
diff | | -u -r -q --brief -y --color -N -w --from-file=a --to-file=b --exclude-from=a -x --unified=3 -I | a b src
cmp | | -s -l -n5 | a b
comm | | -1 -2 -3 -12 --nocheck-order --output-delimiter=x | a b
paste | | -d, -s | a b
join | | -1 -t, | a b
fold | | -w10 -s | a
fmt | | -w10 | a
pr | | -l5 -t | a
nl | | -ba | a
rev | | | a
tac | | -r -s | a
od | | -c -x -An -tx1 -N5 -w | a
xxd | | -p -r -l5 -u | a
hexdump | | -C -n5 -e -f | a
strings | | -n5 -a -t | a
base64 | | -d -w0 --decode -i | a
base32 | | -d | a
md5sum | | -c --check -b --tag | a
sha1sum | | -c -b | a
sha256sum | | -c --check --tag -b -z | a
sha512sum | | -c | a
cksum | | -a --algorithm=x -c | a
sum | | -r | a
jq | | -r -c -n -f -e -s --arg --argjson --from-file=a --rawfile --slurpfile -L -S -R --seq --stream --indent -j --args --jsonargs -M --unbuffered | . .a a x input env
yq | | -r -i | . a
column | | -t -s, -N | a
seq | | -s, -w -f | 1 5
expr | | | 1 + 2
echo | | -n -e -E | hi x $HOME $PATH a*
printf | | -v | x %s a
date | | -u -s -d -f -r +%s --set=x --date=x --file=a -I -R --iso-8601 --rfc-3339=s --reference=a --utc | +%Y x 010100002030
cal | | -3 -y | 2026
sleep | | | 1 5s
basename | | -a -s | a/b a
dirname | | -z | a/b
realpath | | -s -m --relative-to=. -e -z | a .
readlink | | -f -e -m -n | a
pwd | | -P -L |
true | | |
false | | |
test | | -f -d -e -n -z | a x = y
[ | | -f -d | a ]
whoami | | |
id | | -u -g -un -Z -G | root
groups | | | root
uname | | -a -r -s -m |
arch | | |
nproc | | --all --ignore=1 |
locale | | -a -k -m | charmap
hostname | | -f -i -I -s -F -d -A -b --file=a --fqdn -y | x
uptime | | -p -s |
free | | -h -m -s -c -l |
ps | | -ef -a -e -f -o -u -p -ww --forest aux auxe e -eo pid,cmd axe | 1 e
pgrep | | -f -l -a -u -F -x --logpidfile | node
pidof | | | node
top | | -b -n1 |
lsof | | -i -p -t -n -P +D -m +m -r -D -i:80 | a
ss | | -t -l -n -p -tlnp -K -D -F -N --kill --diag=a --filter=a -a -u |
netstat | | -t -l -n -tlnp -a -r -i -s -c |
ip | addr link route | -4 -s |
ifconfig | | -a | eth0
man | | -k -P -f --pager=x -H -w -K -l -C --html=x -a -t | ls git
help | | -d -s -m | cd
info | | -o | ls
tldr | | | ls
type | | -a -t -p -f -P | git ls
command | | -v -V | git
history | | -c -a -w -r -d -n -s -p 5 | x a
tput | | -S -T | cols cup reset init sgr0
env | | -0 -i -u | x
printenv | | -0 | HOME
set | | -e -x -o | pipefail
export | | -p -n | X=1
alias | | -p | x=y
cd | | -P -L - | src .. /tmp ~ . a/../b
pushd | | | src
node | | -v --version -p -e | a
python3 | | --version -V -c -m -VV | a
python | | --version -V | a
npm | ls view outdated list root bin config prefix | --depth=0 -g --json --version -v | x
pip | list show freeze | --version -v | x
pip3 | list show | --version |
cargo | metadata tree search | --version -V --offline |
rustc | | --version -V |
go | version env list doc vet | -w -json |
java | | -version --version |
gcc | | --version -v |
make | | -n --version --dry-run -p |
docker | ps images logs inspect version info stats top container image | -a -q --no-trunc --format --filter -n5 -s --size --digests -f -aq | x
kubectl | get describe logs version | -o -n -A --kubeconfig=x | pods x
gh | pr issue run repo auth api search release | list view status diff checks --json --repo --web -w -R --jq --limit --state | x 1
nix | eval show-derivation path-info store | --json --raw | .#x
terraform | version show | | x
brew | list info | | x
systemctl | status list-units is-active | --user | x
journalctl | | -n5 -u --vacuum-time=1s | x
dpkg | | -l -L -s | x
apt | list show | | x
awk | | -F, -f -v | {print} a
sed | | -n -e -i -E -r -s --in-place --expression=p -f --quiet -z -u --posix --debug -ne -i.bak -l5 | p 1p 1,5p $p s/a/b/ s/a/b/g s/a/b/p s/a/b/e s/a/b/w y/a/b/ d 1d 1e 1w /x/p a src/a.ts =
less | | -N -R | a
more | | | a
bat | | -p --paging=never | a
zcat | | | a.gz
zgrep | | | x a.gz
tar | | -tf -xf -czf | a.tar
unzip | | -l -p | a.zip
numfmt | | --to=iec | 1024
tsort | | | a
split | | -l5 -b1 | a
shuf | | -n1 -o -e -i1-5 | a b
look | | | x
iconv | | -f -t -l -o | a
getent | | | passwd
getconf | | -a | PAGESIZE
lscpu | | -e |
lsblk | | -f |
lsb_release | | -a |
who | | -a |
w | | |
last | | |
dmesg | | -c -C -T |
tty | | |
stty | | -a | raw
ulimit | | -a -n | 5
umask | | -S | 022
nslookup | | | x.example
dig | | +short | x.example
host | | | x.example
ping | | -c1 | x.example
claude | doctor mcp config | -h --help --version -p | x
pyright | | --version --outputjson --watch --createstub -p | a
tokei | | |
cloc | | | .
xargs | | -n1 -0 -I{} -r -P2 -t -p -d, -L1 -a -E | cat echo grep ls rm x wc head printf
`;

const GIT_TABLE = `
status | -s --short -b --porcelain -u --ignored -z --column -v
log | --oneline -5 -p --stat --graph --all -n3 --output=a --format=%H --pretty=x -S --follow -G --ext-diff --textconv --show-signature -L --no-pager -O --since=x --author=x | HEAD main a src origin/main..HEAD
diff | --stat --cached --name-only -w --output=a --ext-diff --textconv --no-index --no-ext-diff -O -p --word-diff -U5 --exit-code --staged --check -o --outpu=a --color=always | HEAD main a HEAD~1 /etc/hostname
show | --stat --name-only --output=a --ext-diff --textconv -s --format=%B --show-signature | HEAD HEAD:a main v1
shortlog | -s -n -sn --output=a -e --group=author --all | HEAD
blame | -L1,5 -w --contents -C -M --porcelain -e --ignore-revs-file=a -s -t | a src/a.ts HEAD
reflog | show expire delete exists --all -n5 | HEAD HEAD@{1}
grep | -n -i -l -O --open-files-in-pager -E -e --no-index -f --untracked -P --cached | x a HEAD src
ls-files | -m -o -s --others --exclude-standard -z -d -c --with-tree=HEAD -X --exclude-from=a --cached | a src
ls-tree | -r --name-only -l | HEAD main
ls-remote | --heads --tags --upload-pack=x --exec=x -q --get-url --refs --symref -o --server-option=x | origin https://x.example/r ext::sh
rev-parse | --short --abbrev-ref --show-toplevel --git-dir --verify --parseopt --sq-quote --is-inside-work-tree | HEAD main
rev-list | --count --all -n1 --max-count=1 --objects | HEAD main
cat-file | -p -t -s -e --batch --textconv --filters --batch-check --batch-all-objects | HEAD HEAD:a blob
describe | --tags --always --dirty --abbrev=0 --long --exact-match | HEAD
branch | -a -r -v -vv --list -l --show-current -d -D -m -M -c -f --merged --contains --set-upstream-to=x -u --edit-description --format=x --sort=x --no-merged --points-at --column --color --unset-upstream --delete -q | x main feature HEAD a*
tag | -l -n -d -a --list -f -m -s --contains --sort=x --points-at -v --format=x --merged --delete -n5 --annotate | v1 x v*
remote | -v --verbose show get-url add remove set-url rename update prune set-head -n | origin x https://x.example
stash | list show push pop drop apply clear branch create -p --stat store | stash@{0} x
worktree | list add remove prune move lock --porcelain -v | x
config | --get --get-all --list -l --global --unset get list --get-regexp --edit -e --add set unset --local --show-origin --system --name-only --get-urlmatch -f --file=a --blob=x --type=bool --default=x | user.name core.pager x a
for-each-ref | --format=x --sort=x --count=1 --shell --merged -s --python | refs/heads
merge-base | --is-ancestor --fork-point --all --octopus | HEAD main
name-rev | --all --tags | HEAD
cherry | -v | main HEAD
range-diff | | a..b c..d
show-ref | --heads --tags --verify -d --exclude-existing | main
show-branch | --all |
count-objects | -v -H
diff-tree | -r --name-only -p --output=a | HEAD
diff-index | --cached | HEAD
diff-files | --name-only
check-ignore | -v --stdin | a
check-attr | -a | a
verify-commit | | HEAD
verify-pack | -v | a
fsck | --full
var | -l | GIT_EDITOR
version | --build-options
help | -a -w -m -i | log
whatchanged | -n1
archive | --list --output=a --remote=x --exec=x | HEAD
bundle | list-heads verify create | a
notes | list show add | HEAD
submodule | status foreach update summary | id
bisect | log run start view
symbolic-ref | --short -d -q | HEAD x refs/heads/x
interpret-trailers | | a
credential | fill
hash-object | -w | a
fetch | --dry-run --all --upload-pack=x | origin
pull | --rebase
`;

export const READ_ONLY_FORMS: readonly ReadOnlyForm[] = lines(TABLE).map(
  ([program, subcommands, flags, operands]) => ({
    program: program!,
    subcommands: words(subcommands),
    flags: words(flags),
    operands: words(operands),
  }),
);

export const GIT_FORMS: readonly ReadOnlyForm[] = lines(GIT_TABLE).map(([subcommand, flags, operands]) => ({
  program: `git ${subcommand}`,
  subcommands: [],
  flags: words(flags),
  operands: words(operands),
}));

function lines(table: string): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

function words(cell: string | undefined): string[] {
  return (cell ?? "").split(" ").filter((word) => word !== "");
}
