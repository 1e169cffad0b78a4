# ---- Judging: whether what was observed is what it should be.

JUDGE=$(
  cat <<'JQ'
def say: if type == "string" then . else tojson end;
def hidden: (env.HIDDEN_TEXTS // "") | split("\u001e")[] | select(. != "");
def shown: reduce hidden as $secret (tojson; split($secret) | join("***")) | if length > 120 then .[:120] + "…" else . end;
def scalar: type | . != "object" and . != "array";
def same($wanted): if ($wanted | scalar) and scalar
  then (if ($wanted | type) == "number" and type == "number" then . == $wanted else say == ($wanted | say) end)
  else (if type == "string" then (. as $text | try fromjson catch $text) else . end) == $wanted end;
def holds($wanted): if type == "array" then any(.[]; same($wanted)) else say | contains($wanted) end;
def figure: if type == "number" then . elif type != "string" then null
  else (capture("\\A\\s*[+]?(?<n>-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?)\\s*(?<p>%?)\\s*\\z"; "i") // null)
    | if . == null then null elif .p == "%" then (.n | tonumber) / 100 else (.n | tonumber) end end;
def pointer($at): if $at == "" then [.] else
  reduce ($at[1:] | split("/") | if . == [] then [""] else . end | .[] | gsub("~1"; "/") | gsub("~0"; "~")) as $key ([.];
    if . == [] then .
    elif (.[0] | type) == "object" and (.[0] | has($key)) then [.[0][$key]]
    elif (.[0] | type) == "array" and ($key | test("\\A(0|[1-9][0-9]*)\\z")) and (.[0] | length) > ($key | tonumber) then [.[0][$key | tonumber]]
    else [] end) end;
def wishes($expect): . as $it | (figure) as $n | [
  (if $expect | has("equals") then { says: "equal \($expect.equals | shown)", holds: ($it | same($expect.equals)) } else empty end),
  (if $expect | has("not") then { says: "not equal \($expect.not | shown)", holds: ($it | same($expect.not) | not) } else empty end),
  (if $expect | has("contains") then { says: "contain \($expect.contains | shown)", holds: ($it | holds($expect.contains)) } else empty end),
  (if $expect | has("matches") then { says: "match /\($expect.written)/", holds: ($it | say | .[:65536] | test($expect.matches)) } else empty end),
  (if $expect | has("above") then { says: "be above \($expect.above)", holds: ($n != null and $n > $expect.above) } else empty end),
  (if $expect | has("below") then { says: "be below \($expect.below)", holds: ($n != null and $n < $expect.below) } else empty end),
  (if $expect | has("atLeast") then { says: "be at least \($expect.atLeast)", holds: ($n != null and $n >= $expect.atLeast) } else empty end),
  (if $expect | has("atMost") then { says: "be at most \($expect.atMost)", holds: ($n != null and $n <= $expect.atMost) } else empty end)];
def judge($expect): if . == [] then { holds: false, says: "There is nothing to compare, and there should be." } else .[0]
  | wishes($expect) as $wishes | ($wishes | all(.holds)) as $holds
  | { $holds, says: (if $holds then "It is \(shown), as it should be." else "It is \(shown), and it should \($wishes | map(.says) | join(" and "))." end) } end;
JQ
)

# Judges the answer of an action against what it has to observe: sets STATUS and SAYS.
judge() {
  local expect=$1 value=/dev/null whole=/dev/null verdict
  if [[ -f $ANSWER/value ]]; then value=$ANSWER/value; fi
  if [[ -f $ANSWER/json ]]; then whole=$ANSWER/json; fi
  verdict=$(
    HIDDEN_TEXTS=$(printf '%s\x1e' ${HIDDEN[@]+"${HIDDEN[@]}"}) EXPECT=$expect jq --null-input --compact-output --slurpfile value "$value" --slurpfile whole "$whole" "$JUDGE"'
      (env.EXPECT | fromjson) as $expect | ($value | judge($expect)) as $judged
      | if $judged.holds and ($expect | has("beside"))
        then (if $whole == [] then [] else $whole[0] | pointer($expect.beside.pointer) end | judge($expect.beside)) as $other
          | { holds: $other.holds, says: "\($judged.says) Beside it, at \($expect.beside.pointer): \($other.says)" }
        else $judged end' 2>/dev/null
  ) || verdict='{"holds":false,"says":"It could not be judged."}'
  if [[ $(jq .holds <<<"$verdict") != true ]]; then STATUS=failed; fi
  SAYS="$SAYS $(jq --raw-output .says <<<"$verdict")"
}

# Reads a value that later items need. It becomes an argument of theirs, so it must not look like an option.
read_output() {
  local id=$1 name=$2 pointer=$3 pattern=$4 value
  if [[ $pointer == - && -f $ANSWER/given.$name ]]; then
    value=$(cat "$ANSWER/given.$name")
  elif [[ $pointer == - ]]; then
    value=$(jq --raw-output 'if type == "string" then . else tojson end' "$ANSWER/value" 2>/dev/null)
  else
    value=$(
      { if [[ -f $ANSWER/json ]]; then cat "$ANSWER/json"; else jq --raw-output . "$ANSWER/value"; fi; } 2>/dev/null |
        jq --raw-output --arg at "$pointer" "$JUDGE"'pointer($at)[0]
          | if type == "object" or type == "array" or . == null then empty elif type == "string" then . else tojson end' 2>/dev/null
    )
  fi
  if [[ -z $value ]]; then
    SAYS="$SAYS The output \"$name\" is missing."
  elif ((${#value} > 4096)); then
    SAYS="$SAYS The output \"$name\" is longer than 4096 characters."
  elif [[ $pattern == - && $value == -* ]]; then
    SAYS="$SAYS The output \"$name\" begins with a dash and has no pattern that allows it."
  elif [[ $pattern != - ]] && ! jq --exit-status --null-input --arg value "$value" --arg pattern "$pattern" '$value | test($pattern)' >/dev/null; then
    SAYS="$SAYS The output \"$name\" does not look as it must."
  elif [[ $(redact "$value") != "$value" ]]; then
    SAYS="$SAYS The output \"$name\" looks like a secret, and outputs are written down."
  else
    OUT[$id.$name]=$value
    return
  fi
  STATUS=failed
}
