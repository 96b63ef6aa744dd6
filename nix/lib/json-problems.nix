# Values that JSON has no words for, by attribute path: functions, wherever they stand.
#
#   problemsInJson "tools[0].inputSchema" { type = x: x; }   ->   [ "tools[0].inputSchema.type: a function; …" ]
let
  inherit (builtins)
    attrNames
    concatLists
    elemAt
    genList
    isAttrs
    isFunction
    isList
    length
    ;
  problemsIn =
    path: value:
    if isFunction value then
      [ "${path}: a function; only what JSON can hold may stand here" ]
    else if isList value then
      concatLists (
        genList (index: problemsIn "${path}[${toString index}]" (elemAt value index)) (length value)
      )
    else if isAttrs value && !(value ? outPath) then
      concatLists (map (key: problemsIn "${path}.${key}" value.${key}) (attrNames value))
    else
      [ ];
in
problemsIn
