# Texts by the characters that JavaScript, and with it the client, takes for blanks and ends of lines.
let
  inherit (builtins)
    concatStringsSep filter foldl' fromJSON isList isString length map match replaceStrings split stringLength substring;

  character = code: fromJSON ''"\u${code}"'';
  startsWith = prefix: text: substring 0 (stringLength prefix) text == prefix;
  endsWith = suffix: text:
    stringLength text >= stringLength suffix && substring (stringLength text - stringLength suffix) (-1) text == suffix;

  lineEnds = map character [ "2028" "2029" ];
  blanks = [ "\n" "\r" "\t" " " ] ++ lineEnds ++ map character [
    "000b" "000c" "00a0" "1680" "2000" "2001" "2002" "2003" "2004" "2005" "2006" "2007" "2008" "2009" "200a" "202f" "205f"
    "3000" "feff"
  ];
  firstOf = test: filter test blanks;

  trimStart = text:
    let found = firstOf (blank: text != "" && startsWith blank text); in
    if found == [ ] then text else trimStart (substring (stringLength (builtins.head found)) (-1) text);
  trimEnd = text:
    let found = firstOf (blank: endsWith blank text); in
    if found == [ ] then text
    else trimEnd (substring 0 (stringLength text - stringLength (builtins.head found)) text);
in
rec {
  inherit startsWith endsWith lineEnds trimEnd;

  texts = filter isString;
  has = pattern: text: length (split pattern text) > 1;
  lines = text: texts (split "\n" text);

  # A lone carriage return ends a line, too.
  unixLines = replaceStrings [ "\r\n" "\r" ] [ "\n" "\n" ];

  startsWithBlank = text: firstOf (blank: startsWith blank text) != [ ];
  isBlank = text: replaceStrings blanks (map (_: "") blanks) text == "";
  trim = text: trimEnd (trimStart text);
  oneLine = text:
    concatStringsSep " " (filter (word: word != "") (texts (split " " (replaceStrings blanks (map (_: " ") blanks) text))));

  # Without the line ends at its end.
  withoutLastLines = text: if endsWith "\n" text then withoutLastLines (substring 0 (stringLength text - 1) text) else text;

  runsOf = sign: text: map builtins.head (filter isList (split "(${sign}+)" text));
  longestRun = sign: text: foldl' (longest: run: let size = stringLength run; in if size > longest then size else longest) 0 (runsOf sign text);
  repeat = count: sign: concatStringsSep "" (builtins.genList (_: sign) count);

  # How many backslashes stand at its end.
  backslashesBefore = text:
    let
      count = number:
        let at = stringLength text - number - 1; in
        if at >= 0 && substring at 1 text == "\\" then count (number + 1) else number;
    in
    count 0;

  isWordByte = byte: match "[A-Za-z0-9]" byte != null;
}
