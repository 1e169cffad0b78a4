# Replaces a text or a pattern in a text on the input: JSON with a verdict (ok, plain where it is no text, or how often it stands
# there instead) and the text. With "keep", what has been replaced already is found no second time, and is right as it is.
replaced() {
  local text=$ANSWER/replaced.before
  cat >"$text"
  if ! cmp -s <(jq --raw-input --slurp --raw-output --join-output . <"$text") "$text"; then
    printf '{"verdict":"plain"}\n'
    return
  fi
  HOW=$1 FIND=$2 WITH=$3 COUNT=$4 KEEP=$5 jq --raw-input --slurp --compact-output '
    def around: . as $text
      | if env.HOW == "text" then split(env.FIND)
        else [match(env.FIND; "g") | select(.length > 0)] as $found
          | [range(0; ($found | length) + 1) as $n
              | $text[(if $n == 0 then 0 else $found[$n - 1] | .offset + .length end):(if $n == ($found | length) then null else $found[$n].offset end)]]
        end | if . == [] then [""] else . end;
    . as $text | (env.COUNT | tonumber) as $count
    | (if env.KEEP == "keep" and env.WITH != "" then split(env.WITH) | if . == [] then [""] else . end else [.] end) as $segments
    | [$segments[] | around] as $pieces
    | ([$pieces[] | length - 1] | add) as $found
    | if env.KEEP == "keep" and $found == 0 and ($segments | length) - 1 == $count then { verdict: "ok", $text }
      elif $found != $count then { verdict: "\($found)" }
      else { verdict: "ok", text: ([$pieces[][]] | join(env.WITH)) } end' <"$text"
}
