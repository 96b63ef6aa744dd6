# Texts by the characters that JavaScript, and with it the client, takes for blanks and ends of lines.
let
  inherit (builtins)
    concatStringsSep elemAt filter foldl' fromJSON genericClosure head isList isString length map match replaceStrings split
    stringLength substring;

  character = code: fromJSON ''"\u${code}"'';
  startsWith = prefix: text: substring 0 (stringLength prefix) text == prefix;
  endsWith = suffix: text:
    stringLength text >= stringLength suffix && substring (stringLength text - stringLength suffix) (-1) text == suffix;

  lineEnds = map character [ "2028" "2029" ];
  blanks = [ "\n" "\r" "\t" " " ] ++ lineEnds ++ map character [
    "000b" "000c" "00a0" "1680" "2000" "2001" "2002" "2003" "2004" "2005" "2006" "2007" "2008" "2009" "200a" "202f" "205f"
    "3000" "feff"
  ];
  letters = text: builtins.genList (index: substring index 1 text) (stringLength text);

  # Where a walk ends that `next` leads on, until it says null. Functions that call themselves have a depth in Nix.
  walk = start: next:
    let
      steps = genericClosure {
        startSet = [{ key = start; }];
        operator = { key }: let to = next key; in if to == null then [ ] else [{ key = to; }];
      };
    in
    (elemAt steps (length steps - 1)).key;

  # Some versions copy the whole text for each part of it: long runs are passed in leaps.
  leap = 4096;
  isOnly = signs: text: text != "" && replaceStrings signs (map (_: "") signs) text == "";
  # How many bytes at the start, or at the end, are nothing but some signs.
  sizeAtStart = signs: text:
    let
      size = stringLength text;
      is = index: sign: substring index (stringLength sign) text == sign;
      far = walk 0 (index: if index + leap <= size && isOnly signs (substring index leap text) then index + leap else null);
      next = index: let found = filter (is index) signs; in if index >= size || found == [ ] then null else index + stringLength (head found);
    in
    walk far next;
  sizeAtEnd = signs: text:
    let
      size = stringLength text;
      is = index: sign: index >= stringLength sign && substring (index - stringLength sign) (stringLength sign) text == sign;
      far = walk size (index: if index >= leap && isOnly signs (substring (index - leap) leap text) then index - leap else null);
      next = index: let found = filter (is index) signs; in if found == [ ] then null else index - stringLength (head found);
    in
    size - walk far next;

  trimStart = text: substring (sizeAtStart blanks text) (-1) text;
  withoutLast = signs: text: substring 0 (stringLength text - sizeAtEnd signs text) text;
in
rec {
  inherit startsWith endsWith lineEnds;

  texts = filter isString;
  has = pattern: text: length (split pattern text) > 1;
  lines = text: texts (split "\n" text);

  # A lone carriage return ends a line, too.
  unixLines = replaceStrings [ "\r\n" "\r" ] [ "\n" "\n" ];

  startsWithBlank = text: builtins.any (blank: startsWith blank text) blanks;
  isBlank = text: text == "" || isOnly blanks text;
  trim = text: withoutLast blanks (trimStart text);
  oneLine = text:
    concatStringsSep " " (filter (word: word != "") (texts (split " " (replaceStrings blanks (map (_: " ") blanks) text))));

  # Without the line ends at its end.
  withoutLastLines = withoutLast [ "\n" ];

  runsOf = sign: text: map head (filter isList (split "(${sign}+)" text));
  longestRun = sign: text: foldl' (longest: run: let size = stringLength run; in if size > longest then size else longest) 0 (runsOf sign text);
  repeat = count: sign: concatStringsSep "" (builtins.genList (_: sign) count);

  # How many backslashes stand at its end.
  backslashesBefore = sizeAtEnd [ "\\" ];

  toLower = replaceStrings (letters "ABCDEFGHIJKLMNOPQRSTUVWXYZ") (letters "abcdefghijklmnopqrstuvwxyz");

  isWordByte = byte: match "[A-Za-z0-9]" byte != null;
}
