# Markdown in which the client acts on nothing, as src/artifacts/memory-markdown.ts makes it.
#
# In a memory file the client replaces `@path` by what that file holds, and takes out comments at the start of a line.
# A backslash before each makes them text again. In code none is needed, where no parser could take it for prose. Nix
# knows no Unicode classes: an `@` behind a letter that is not ASCII is escaped here, and left alone there.
let
  inherit (builtins)
    any concatMap concatStringsSep elem elemAt filter genericClosure genList head isList length map seq split stringLength substring;
  inherit (import ./characters.nix)
    backslashesBefore endsWith has isBlank isWordByte lineEnds lines longestRun repeat runsOf startsWith startsWithBlank texts
    unixLines withoutLastLines;

  # ---- code and prose

  # Constructs that may reach over several lines and bind stronger than a code span, and those within a line.
  unsure = "<[A-Za-z/!?]|](\\(|:)|~";
  unsureBesideSpans = "[\\|]|://|[wW][wW][wW]\\.";

  leadingRun = line:
    let
      sign = substring 0 1 line;
      first = filter isList (split "(${sign}+)" line);
    in
    if elem sign [ "`" "~" ] then head (head first) else "";

  opens = line:
    let
      run = leadingRun line;
      rest = substring (stringLength run) (-1) line;
    in
    stringLength run >= 3
    && (if startsWith "`" run then !(has "`" rest) else !(any (end: has end rest) lineEnds));

  closes = line: open:
    let run = leadingRun line; in
    startsWith open run && builtins.replaceStrings [ " " ] [ "" ] (substring (stringLength run) (-1) line) == "";

  # Spans are pairs of equal runs of backticks; null when a parser could see others.
  spansOf = line:
    let
      pieces = split "(`+)" line;
      count = (length pieces - 1) / 2;
      run = index: head (elemAt pieces (2 * index + 1));
      text = index: elemAt pieces (2 * index);
      pair = index: [
        { code = false; text = text (2 * index); }
        { code = true; text = run (2 * index) + text (2 * index + 1) + run (2 * index + 1); }
      ];
      pairs = genList pair (count / 2);
      isPaired = count / 2 * 2 == count
        && builtins.all (index: run (2 * index) == run (2 * index + 1)) (genList (index: index) (count / 2));
    in
    if count == 0 then [{ code = false; text = line; }]
    else if !isPaired || has unsureBesideSpans line then null
    else builtins.concatLists pairs ++ [{ code = false; text = text count; }];

  # Code and prose, as far as no parser could disagree; `parts` is null when one could. The closure walks line by
  # line: a fold that adds to a list would copy it for each.
  scan = text:
    let
      all = lines text;
      count = length all;
      lineAt = index: if index == count - 1 then elemAt all index else elemAt all index + "\n";

      # What one line is, behind the fence that is open before it.
      read = open: index:
        let
          bare = elemAt all index;
          line = lineAt index;
          code = open: { isSure = true; inherit open; parts = [{ code = true; text = line; }]; };
          spans = if has "`{3}|~{3}" bare || has unsure bare then null else spansOf line;
        in
        if open != null then
          if !(contains open bare) then code open
          # An indented fence, or one with words behind it, may close the block or not.
          else if closes bare open then code null
          else unsureFrom
        else if opens bare then code (leadingRun bare)
        else if spans == null then unsureFrom
        else { isSure = true; open = null; parts = spans; };
      unsureFrom = { isSure = false; open = null; parts = [ ]; };

      # Known before the next line is looked at, so that no chain of unknowns grows.
      at = index: line: { key = seq line.isSure (seq line.open index); inherit line; };
      walked = genericClosure {
        startSet = [ (at 0 (read null 0)) ];
        operator = { key, line }: if line.isSure && key + 1 < count then [ (at (key + 1) (read line.open (key + 1))) ] else [ ];
      };
      final = (elemAt walked (length walked - 1)).line;
    in
    {
      parts = if final.isSure then concatMap (one: one.line.parts) walked else null;
      inherit (final) open;
    };

  contains = fence: line: any (run: startsWith fence run) (runsOf (substring 0 1 fence) line);

  # ---- escapes

  escaped = text: escapeImports (escapeComments text);

  escapeComments = text:
    let
      pieces = texts (split "<!--" text);
      ends = "\n|${concatStringsSep "|" lineEnds}";
      startsLine = index:
        let
          rows = texts (split ends (elemAt pieces index));
          tail = elemAt rows (length rows - 1);
        in
        (index == 0 || length rows > 1) && isBlank tail;
      piece = index:
        if index == 0 then head pieces
        else (if startsLine (index - 1) then "\\<!--" else "<!--") + elemAt pieces index;
    in
    concatStringsSep "" (genList piece (length pieces));

  escapeImports = text:
    let
      pieces = texts (split "@" text);
      count = length pieces;
      follows = index:
        let next = elemAt pieces index; in
        if next == "" then index < count - 1 else !(startsWithBlank next);
      starts = index:
        let
          before = elemAt pieces index;
          backslashes = backslashesBefore before;
        in
        if backslashes > 0 then backslashes / 2 * 2 == backslashes
        else before == "" || !(isWordByte (substring (stringLength before - 1) 1 before));
      piece = index:
        if index == 0 then head pieces
        else (if follows index && starts (index - 1) then "\\@" else "@") + elemAt pieces index;
    in
    concatStringsSep "" (genList piece count);
in
{
  # The text with nothing in it that the client would act on.
  asPlainText = markdown:
    let
      text = unixLines markdown;
      scanned = scan text;
    in
    if scanned.parts == null then escaped text
    else concatStringsSep "" (map (part: if part.code then part.text else escaped part.text) scanned.parts);

  # The text with its last fence closed, so that what follows is not taken for code.
  withClosedFence = markdown:
    let
      text = unixLines markdown;
      inherit (scan text) open;
    in
    if open == null then text else "${withoutLastLines text}\n${open}";

  # A code block around any text: the fence is longer than every run of backticks in it.
  codeBlock = text: language:
    let
      longest = longestRun "`" text + 1;
      fence = repeat (if longest < 3 then 3 else longest) "`";
    in
    "${fence}${language}\n${unixLines text}\n${fence}";

  # A code span around one line of text.
  codeSpan = text:
    let
      ticks = repeat (longestRun "`" text + 1) "`";
      pad = if startsWith "`" text || endsWith "`" text then " " else "";
    in
    "${ticks}${pad}${text}${pad}${ticks}";
}
