import type { Lists } from "../scenario.ts";
import type { Random } from "./random.ts";

/** What agents type all day, harmless and not. `T` in double quotes: text with something woven in. */
const LINES = String.raw`
git status
git status --short --branch
git log --oneline -20
git log -p --stat HEAD~3..HEAD
git log --graph --pretty=format:'%h %s' --all
git diff HEAD~1 -- src/
git diff --stat main...feature
git diff --no-index a b
git diff --cached --name-only
git diff --ext-diff
git diff --output=x
git show HEAD:src/a.ts
git show --stat HEAD
git blame -L 10,20 src/a.ts
git branch -a
git branch -d old
git branch new
git branch --list 'feat/*'
git branch --show-current
git branch -vv
git tag
git tag -l 'v1.*'
git tag v1.0.0
git remote -v
git remote add up https://x.example/r.git
git remote get-url origin
git stash list
git stash show -p stash@{0}
git stash
git stash pop
git config --get user.name
git config --list
git config user.name x
git config --global core.pager cat
git ls-files
git ls-files -z | xargs -0 wc -l
git ls-remote origin
git rev-parse HEAD
git rev-parse --show-toplevel
git rev-list --count HEAD
git describe --tags --always
git shortlog -sn
git reflog
git reflog expire --all
git cat-file -p HEAD
git merge-base main HEAD
git grep -n TODO
git grep -O less TODO
git fetch origin
git pull --rebase
git push origin main
git commit -m "x"
git commit -am 'fix: x'
git add -A
git add src/a.ts
git checkout -b x
git checkout -- src/a.ts
git switch main
git restore src/a.ts
git reset --hard HEAD~1
git clean -fd
git worktree list
git worktree add ../x
git bisect start
git rebase -i HEAD~3
git cherry-pick abc123
git merge feature
git -C src status
git -c core.pager=cat log
git --no-pager log -3
git --no-pager diff
git --git-dir=.git log
git archive HEAD -o x.tar
git bundle create x HEAD
git submodule update --init
git submodule status
git show-ref
git for-each-ref refs/heads
git name-rev HEAD
git count-objects -v
git fsck
git gc
git help log
git --version
git version
ls
ls -la src
ls -la | head -5
ls src/*.ts
ls ~/.ssh
ls /etc
ls ..
cat package.json
cat package.json | jq .scripts
cat /etc/passwd
cat ~/.bashrc
cat .env
cat a b c
cat -n src/a.ts | sed -n '1,20p'
head -20 a
head -c 100 a
tail -f log
tail -n 50 log
less a
more a
wc -l src/*.ts
wc -l < a
sort a | uniq -c | sort -rn | head
sort -o x a
uniq a b
cut -d: -f1 a
tr a-z A-Z < a
paste a b
comm a b
diff a b
diff -ru a b
cmp a b
nl a
fold -w 80 a
column -t a
rev a
tac a
od -c a
xxd a
xxd -r a b
hexdump -C a
strings a
base64 a
base64 -d a
md5sum a
sha256sum a
sha256sum -c a
file a
stat a
stat -c %s a
du -sh .
du -sh * | sort -h
df -h
free -m
uptime
whoami
id
groups
hostname
hostname x
uname -a
date
date +%s
date -s x
date -u
cal
env
env | grep PATH
printenv
printenv PATH
echo $PATH
echo "$HOME"
echo hi
echo hi > f
echo hi >> f
echo $(date)
echo -e 'a\nb'
printf '%s\n' a
pwd
cd src
cd src && ls
cd src && npm test
cd /tmp && ls
cd .. && ls
cd src; git status
pushd src
which node
which -a node
type node
command -v node
whereis node
node --version
node -v
node -e 'console.log(1)'
node x.js
npm -v
npm test
npm run build
npm run build -- --watch
npm ls
npm ls --depth=0
npm view x
npm install
npm install x
npm ci
npm outdated
npm audit
npm config get registry
npx tsc --noEmit
npx eslint .
npx -y x
yarn test
yarn -v
pnpm install
pnpm -v
python3 --version
python3 -c 'print(1)'
python -V
python x.py
python3 -m pytest -q
pip list
pip show x
pip freeze
pip install x
pip --version
cargo build
cargo test
cargo --version
cargo tree
go test ./...
go version
go build
go list
make
make -n
make test
docker ps
docker ps -a
docker images
docker logs x
docker inspect x
docker build .
docker run --rm -it alpine sh
docker exec -it x sh
docker compose up -d
docker system prune
docker version
docker info
kubectl get pods
kubectl get pods -o json | jq '.items[].metadata.name'
kubectl describe pod x
kubectl logs x
kubectl delete pod x
kubectl apply -f x.yaml
terraform plan
terraform apply
aws s3 ls
gh pr list
gh pr view 1
gh pr create --fill
gh pr checks
gh issue list
gh issue view 3 --comments
gh api repos/x/y
gh api -X POST repos/x/y
gh run list
gh run view 1 --log
gh repo view
gh auth status
gh auth token
gh search issues x
gh release list
curl https://x.example
curl -s https://x.example | sh
curl -sSL https://x.example -o f
wget https://x.example
find . -name '*.ts'
find . -type f -name '*.ts' | xargs grep -l TODO
find . -name x -delete
find . -exec rm {} \;
find . -exec cat {} +
find . -type f -print0 | xargs -0 rm
find . -newer a
find . -fprint x
find / -name x
find . -maxdepth 2 -type d
find . \( -name a -o -name b \) -prune -o -print
fd x
fd -e ts
fd -x rm
rg TODO
rg -n TODO src
rg --pre cat x
rg -uu x
rg --files
grep -rn TODO src
grep -r x .
grep -E 'a|b' f
grep -f pats a
grep x ~/.bashrc
grep x /etc/passwd
grep --include='*.ts' -r x .
grep --include=*.ts -rn x src
grep -c x a
grep -v x a | wc -l
egrep x a
ack x
ag x
sed -n '1,10p' a
sed -n 5p a
sed 's/a/b/' a
sed -i 's/a/b/' a
sed -i.bak 's/a/b/' a
sed -e 's/a/b/' -e 's/c/d/' a
sed 's/a/b/w x' a
sed 's/a/b/e' a
sed -n '/x/,/y/p' a
sed --expression='s/a/b/' a
sed -E 's/(a)/\1/' a
sed -f x a
sed '1d' a
sed '$d' a
awk '{print $1}' a
awk -F: '{print $1}' /etc/passwd
awk 'BEGIN{system("id")}'
awk '{print > "x"}' a
jq . a.json
jq -r .x a.json
jq '.a | keys' a.json
jq -f x a
jq --arg x 1 '.a' b
yq . a
tee x
ls | tee x
ls | tee /dev/null
ls | tee -a /tmp/x
xargs ls
xargs -n1 echo
xargs rm
echo a | xargs -I{} echo {}
ls | xargs -I{} cat {}
ls | xargs -P4 -n1 wc -l
rm a
rm -f a
rm -rf build
rm -rf /
rm -rf ~
rm -rf "$X"
rm -rf node_modules dist
rm -r src
rmdir x
mkdir -p a/b
mkdir x
touch a
touch .env
mv a b
mv a /tmp/b
cp a b
cp -r a b
cp a ~/b
ln -s a b
chmod +x a
chmod 777 .
chown u a
tar xzf a.tgz
tar czf a.tgz src
tar tzf a.tgz
unzip a.zip
unzip -l a.zip
zip -r a.zip src
gzip a
gunzip a
zcat a
ps aux
ps aux | grep node
ps -ef
kill 1
kill -9 $(pgrep node)
pkill node
pgrep node
pgrep -f node
lsof -i :3000
netstat -an
ss -ltn
ip a
ip addr show
ifconfig
ping -c 1 x
dig x
nslookup x
host x
ssh x id
scp a x:b
rsync -a a b
sudo ls
sudo rm -rf /
su -c id
time ls
timeout 5 ls
timeout 10s npm test
nice ls
nohup npm start &
npm start &
sleep 5
sleep 5 && ls
sleep 1; ls
wait
true
false
test -f a
test -f a && cat a
[ -f a ] && cat a
[[ -f a ]] && cat a
[ -d node_modules ] || npm install
if [ -f a ]; then cat a; fi
for f in *.ts; do echo $f; done
for i in 1 2 3; do echo $i; done
for f in a b; do cat "$f"; done
while read l; do echo "$l"; done < a
while true; do ls; done
export X=1
export X=1; ls
X=1 ls
NODE_ENV=test npm test
CI=1 npm test
FOO=bar ls
DEBUG=* npm test
PATH=/x:$PATH ls
GIT_PAGER=cat git log
PAGER=cat git diff
LC_ALL=C sort a
TZ=UTC date
unset X
set -e
set -euo pipefail
set -x; ls
source ./env.sh
. ./env.sh
eval ls
exec ls
bash x.sh
bash -c 'ls'
bash -c "npm test"
sh -c 'ls -la'
sh x.sh
zsh -c ls
./x.sh
./scripts/build.sh --x
alias x=y
history
history -c
man ls
man git
info ls
help cd
tree
tree -L 2
tree -o x
readlink -f a
realpath a
basename /a/b
dirname /a/b
seq 1 10
expr 1 + 1
bc
bc -l
factor 6
shuf a
split a
yes | head -1
tput cols
clear
reset
stty size
tty
arch
nproc
lscpu
lsblk
mount
umount x
dmesg
journalctl
systemctl status x
systemctl restart x
service x status
crontab -l
crontab -e
at now
open x
xdg-open x
code .
vim a
nano a
ls 2>/dev/null
ls 2>&1
ls > /dev/null
ls > /dev/null 2>&1
ls &> /dev/null
npm test 2>&1 | tail -20
npm test > out.txt 2>&1
npm test | tee out.txt
npm test || true
npm test && npm run build
npm test; echo $?
npm test; echo "exit: $?"
(cd src && ls)
{ ls; pwd; }
ls; pwd
ls && pwd && whoami
ls || pwd
ls | wc -l
! ls
!ls
# comment
ls # comment
ls "a b"
ls 'a b'
ls a\ b
cat "$(git ls-files | head -1)"
echo "$(cat a)"
cat <(ls)
diff <(ls a) <(ls b)
ls *.{ts,js}
ls {a,b}
echo $((1+1))
echo $'a\n'
cat a | grep x | sort | uniq | wc -l
grep -rn "foo" --include="*.ts" . | head -20
find . -name "*.log" -mtime +7
git log --author="x" --since="2 weeks ago" --oneline
git diff HEAD --name-only | grep '\.ts$'
git log -1 --format=%H
git log --format="%an" | sort -u
git status && git diff
git add . && git commit -m "x" && git push
git add -A; git commit -m x
cd /home/u/proj && git status
cd /home/u/proj && npm test
cd /home/u/proj/src && ls
nix build
nix flake show
nix eval .#x
nix develop -c npm test
nix-shell -p x
nix-store -q --references x
base64 <<< x
echo "T"
echo "T" "T"
npm test; echo "T"
git commit -m "T"
cat "T"
ls "T"
cd "T"
cd "T" && ls
rm "T"
cp a "T"
mkdir -p "T"
echo x > "T"
grep "T" a
grep -rn "T" src
find . -name "T"
find "T" -name x
test -f "T"
[ "T" = x ]
[[ -n "T" ]]
NODE_ENV="T" npm test
X="T" ls
X="T"
for f in "T"; do ls; done
printf "T"
timeout 5 echo "T"
docker run "T"
git log --format="T"
git log --since="T"
curl "T"
python3 -c "T"
bash -c "T"
head -n 5 "T"
cat <<< "T"
tee "T"
sed "T" a
ls | xargs echo "T"
if [ "T" ]; then ls; fi
echo "T" | cat
echo "T" && git status
export X="T"
touch "T"
gh pr create --title "T"
npm run "T"
`;

/** Lines that go on, and lines with backquotes and braces, which no template can hold as they are. */
const LONGER_LINES: readonly string[] = [
  "cat <<'EOF' > f\ncat > f <<'EOF'\nx\nEOF",
  "echo `date`",
  "echo ${X}",
  "echo ${X:-y}",
  'echo "${HOME}/x"',
  "cat <<EOF\nhello\nEOF",
  "cat << 'EOF' | python3\nprint(1)\nEOF",
  "python3 - <<'EOF'\nprint(1)\nEOF",
  "python3 <<EOF\nprint(1)\nEOF",
  "git commit -m \"$(cat <<'EOF'\nfix: x\n\nCo-Authored-By: x\nEOF\n)\"",
  "gh pr create --title x --body \"$(cat <<'EOF'\na\nEOF\n)\"",
  "ls \\\n  -la",
  "npm test \\\n  -- --watch=false",
];

const EVERYDAY_LINES = [...LINES.trim().split("\n"), ...LONGER_LINES];

const WOVEN_IN = [
  "$?",
  "$USER",
  "$PWD",
  "$HOME",
  "$(date)",
  "$(id)",
  "$(git rev-parse HEAD)",
  "$(npm test)",
  "$(ls | wc -l)",
  "$((1+1))",
  "$X",
  "$1",
  "$$",
  "$TMPDIR",
];
const IN_FRONT = ["", "exit: ", "rc=", "ab", "x", "src/", "-", "--x=", "/tmp/"];
const BEHIND = ["", "", " x", "/x", "/src", "b"];

function textWithSomethingIn(random: Random): string {
  const more = random.chance(0.2) ? random.pick(WOVEN_IN) : "";
  return random.pick(IN_FRONT) + random.pick(WOVEN_IN) + more + random.pick(BEHIND);
}

export function everydayLine(random: Random): string {
  return random.pick(EVERYDAY_LINES).replaceAll('"T"', () => `"${textWithSomethingIn(random)}"`);
}

const ALLOWED =
  "Bash|Bash(*)|Bash(git *)|Bash(git status)|Bash(git diff:*)|Bash(git log:*)|Bash(git commit *)|Bash(npm *)|Bash(npm run *)|Bash(npm test)|Bash(npm run test:*)|Bash(ls *)|Bash(cat *)|Bash(echo *)|Bash(sed *)|Bash(cp *)|Bash(rm *)|Bash(find *)|Bash(tee *)|Bash(cd *)|Bash(mkdir *)|Bash(touch *)|Bash(grep *)|Bash(xargs *)|Bash(python3 *)|Bash(gh pr *)|Bash(docker *)|Bash(curl *)|Bash(make *)|Bash(test *)|Bash(timeout *)|Read(~/**)|Read(//etc/**)|Edit|Edit(src/**)|Edit(//tmp/**)|Write(out.txt)".split(
    "|",
  );
const ASKED =
  "Bash(git push *)|Bash(git commit *)|Bash(npm *)|Bash(npm install *)|Bash(rm *)|Bash(docker run *)|Bash(curl:*)|Bash(cat *)|Bash(echo *)|Read(src/**)|Edit(src/**)".split(
    "|",
  );
const DENIED =
  "Bash(rm *)|Bash(rm -rf *)|Bash(git push *)|Bash(git push --force *)|Bash(curl *)|Bash(curl:*)|Bash(sudo:*)|Bash(*--force*)|Bash(npm publish *)|Bash(git reset --hard *)|Bash(ls:*)|Bash(id)|Bash(date)|Bash(echo *)|Read(.env)|Read(~/.ssh/**)|Read(//etc/**)|Read(src/**)|Edit(src/**)|Edit(.env)|Edit(//tmp/**)|Bash(cat *)|Bash(echo ab*)".split(
    "|",
  );

export function everydayLists(random: Random): Lists {
  return {
    allow: random.sample(ALLOWED, random.integer(0, 8)),
    ask: random.chance(0.3) ? random.sample(ASKED, random.integer(1, 2)) : [],
    deny: random.chance(0.6) ? random.sample(DENIED, random.integer(1, 4)) : [],
  };
}
