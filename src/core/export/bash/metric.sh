# ---- Metrics: one number that counts, or none

# Title, pointer, pointer to how many it is drawn from, pointer to since when it is true, how old it may be, URL, then headers.
metric_of_endpoint() {
  local title=$1 pointer=$2 samples=$3 at=$4 stale=$5 url=$6
  shift 6
  if [[ $SHOWING == yes ]]; then
    printf 'read %s: %s of %s\n' "$title" "$pointer" "$url"
    return
  fi
  begin
  ask_json "$title" "$url" '' "$@"
  if [[ $at != - ]]; then METRIC_AT=$(moment_of "$(json_at "$at" "$ANSWER/json")"); else METRIC_AT=$EPOCHSECONDS; fi
  METRIC=$(json_at "$pointer" "$ANSWER/json") METRIC_SAMPLES=''
  if [[ $samples != - ]]; then METRIC_SAMPLES=$(json_at "$samples" "$ANSWER/json" | number_in); fi
  METRIC=$(number_in <<<"$METRIC")
  has_reading "$title" "$stale" "$samples"
}

# Title, how old it may be, URL of the Prometheus, query, query for how many it is drawn from, then headers.
metric_of_prometheus() {
  local title=$1 stale=$2 url=${3%/} query=$4 samples=${5:--}
  shift 5
  if [[ $SHOWING == yes ]]; then
    printf 'read %s from the Prometheus at %s:\n%s\n' "$title" "$url" "$query"
    return
  fi
  begin
  ask_json "$title" "$url/api/v1/query" "query=$query" "$@"
  only_series "$title"
  METRIC_AT=$(jq '.[0]' "$ANSWER/point") METRIC=$(jq '.[1]' "$ANSWER/point" | number_in) METRIC_SAMPLES=''
  if [[ $samples != - ]]; then
    ask_json "$title" "$url/api/v1/query" "query=$samples" "$@"
    only_series "$title"
    METRIC_SAMPLES=$(jq '.[1]' "$ANSWER/point" | number_in)
  fi
  has_reading "$title" "$stale" "$samples"
}

# Asks for JSON within ten seconds, without proxy, redirect or second try.
ask_json() {
  local title=$1 url=$2 query=$3 status
  shift 3
  if [[ ! $url =~ ^https?://[^/?#@]+([/?#]|$) ]]; then failed "There is no reading of $title. Its address is no http or https URL without a user in it."; fi
  status=$(
    curl --disable --silent --show-error --noproxy '*' --proto '=http,https' --max-time 10 --max-filesize 1048576 --output "$ANSWER/body" \
      --write-out '%{http_code}' --config <(
        curl_option url "$url"
        if [[ -n $query ]]; then printf 'get\n' && curl_option data-urlencode "$query"; fi
        curl_option header 'accept: application/json'
        while (($# > 1)); do
          curl_option header "$1: $2"
          shift 2
        done
      )
  ) || failed "There is no reading of $title. ${url%%[?#]*} can't be read: $(last_line "$ANSWER/stderr")"
  if ! jq --compact-output --slurp 'if length == 1 then .[0] else error("one value is expected") end' <"$ANSWER/body" >"$ANSWER/json" 2>/dev/null; then
    failed "There is no reading of $title. ${url%%[?#]*} answered $status, and not with JSON that can be read."
  fi
  if [[ $status != 2?? ]]; then failed "There is no reading of $title. ${url%%[?#]*} answered $status."; fi
}

# A number that may be missing a part, or that is one of several, is none.
only_series() {
  if ! jq --exit-status --compact-output '
    if .status == "success" and ((.warnings // []) | length) == 0
    then (if .data.resultType == "scalar" then .data.result elif .data.resultType == "vector" and (.data.result | length) == 1 then .data.result[0].value else null end)
    else null end' "$ANSWER/json" >"$ANSWER/point"; then
    failed "There is no reading of $1. Prometheus has not exactly one number for it, or warns that it may be wrong: $(shortened 200 "$(cat "$ANSWER/json")")"
  fi
}

json_at() { jq --compact-output --arg at "$1" "$JUDGE"'pointer($at) | .[]' "$2"; }

# The number that an answer gives, whatever way it is written; nothing where it is none.
number_in() {
  jq --raw-output 'if type == "boolean" then (if . then 1 else 0 end) elif type == "number" then .
    elif type == "string" and test("\\A\\s*[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)(e[+-]?[0-9]+)?\\s*\\z"; "i")
    then (gsub("[\\s+]"; "") | sub("\\A(?<s>-?)[.]"; "\(.s)0.") | sub("[.](?<e>e|\\z)"; "\(.e)") | tonumber) else empty end' 2>/dev/null
}

# Seconds since 1970 of a date with its time zone, or of such seconds.
moment_of() {
  local text
  text=$(jq --raw-output . <<<"$1" 2>/dev/null) || text=''
  if [[ $text =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T.+(Z|[+-][0-9]{2}:?[0-9]{2})$ ]]; then date --date "$text" +%s.%N; else number_in <<<"$1"; fi
}

has_reading() {
  local title=$1 stale=$2 samples=$3
  if [[ -z $METRIC || -z $METRIC_AT || ($samples != - && -z $METRIC_SAMPLES) ]]; then failed "There is no reading of $title: what is there is no number."; fi
  if awk -v at="$METRIC_AT" -v now="$EPOCHREALTIME" -v stale="$stale" 'BEGIN { exit !(now - at > stale) }'; then
    failed "There is no reading of $title: the last one is older than $stale s."
  fi
  if awk -v at="$METRIC_AT" -v now="$EPOCHREALTIME" 'BEGIN { exit !(at - now > 60) }'; then
    failed "There is no reading of $title: the last one is of a time that is still to come, so one of two clocks is wrong."
  fi
  if [[ $METRIC == -* || $METRIC_SAMPLES == -* ]]; then failed "There is no reading of $title: it gives $METRIC, which is no number that could be judged."; fi
  if [[ -n $METRIC_SAMPLES ]] && awk -v n="$METRIC_SAMPLES" 'BEGIN { exit !(n == 0) }'; then
    failed "There is no reading of $title: it is drawn from nothing, because nobody has asked for anything."
  fi
  printf '%s\n' "$METRIC" >"$ANSWER/value"
  printf '{"value":%s%s}\n' "$METRIC" "${METRIC_SAMPLES:+,\"samples\":$METRIC_SAMPLES}" >"$ANSWER/json"
  done_now "$title: $METRIC."
}
