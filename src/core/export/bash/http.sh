# ---- HTTP: one request, directly, without a proxy, a redirect or a second try

# Method, URL, good statuses (none: 200 to 299), pointer (-: all of the answer), body, then names and values of headers.
http_request() {
  local method=$1 url=$2 statuses=$3 pointer=$4 body=$5 name code=0 status reached kind first
  shift 5
  if [[ $SHOWING == yes ]]; then
    printf '%s %s\n' "$method" "$url"
    while (($# > 1)); do
      printf '%s: %s\n' "$1" "$2"
      shift 2
    done
    if [[ -n $body ]]; then jq . <<<"$body"; fi
    return
  fi
  begin
  if [[ ! $url =~ ^https?://[^/?#@]+([/?#]|$) ]]; then failed 'The address is no http or https URL, or it has a user in it: correct the procedure or the target.'; fi
  name="$method ${url%%[?#]*}"
  read -r status reached kind < <(
    curl --disable --silent --show-error --noproxy '*' --proto '=http,https' --connect-timeout 10 --max-filesize 1048576 \
      --output "$ANSWER/body" --write-out '%{http_code} %{time_pretransfer} %{content_type}' --config <(request_options "$@") || printf ' %s' "$?" >"$ANSWER/curl"
  ) || true
  if [[ -f $ANSWER/curl ]]; then code=$(cat "$ANSWER/curl"); fi
  if ((code != 0 && code != 63)); then lost_request; fi
  printf '%s: %s\n' "$name" "$status" >&2
  first=$(shortened 300 "$(grep -m 1 '[^[:space:]]' "$ANSWER/body" 2>/dev/null)")
  if ! good_status; then
    if ((status >= 500 && status != 501 && status != 505 && status != 511)) && ! only_reads; then
      unknown "$name answered $status, which leaves open whether it happened${first:+: $first}"
    fi
    failed "$name answered $status${first:+: $first}"
  fi
  read_body
  done_now "$name answered $status."
}

request_options() {
  curl_option url "$url"
  if [[ $method == HEAD ]]; then printf 'head\n'; else curl_option request "$method"; fi
  local given=' '
  while (($# > 1)); do
    given+="${1,,} "
    curl_option header "$1: $2"
    shift 2
  done
  curl_option user-agent rollbot
  if [[ $given != *' accept '* ]]; then curl_option header 'accept: application/json, */*'; fi
  curl_option header 'expect:'
  if [[ -z $body ]]; then return; fi
  if [[ $given != *' content-type '* ]]; then curl_option header 'content-type: application/json'; fi
  curl_option data-raw "$body"
}

# What is read may be asked for again; of everything else nobody knows, unless it was never sent.
lost_request() {
  local why
  why=$(last_line "$ANSWER/stderr")
  if [[ -z ${reached-} || ${reached-} =~ ^[0.]+$ ]]; then failed "$name was not sent, so nothing was done: $why"; fi
  if only_reads; then failed "$name was not answered: $why"; fi
  unknown "$name was sent and not answered, so nobody knows whether it happened: $why"
}

only_reads() { [[ ($method == GET || $method == HEAD) && $ACTS_AS == read ]]; }

good_status() { if [[ -z $statuses ]]; then ((status >= 200 && status <= 299)); else [[ " $statuses " == *" $status "* ]]; fi; }

read_body() {
  if [[ $pointer != - ]]; then : >"$ANSWER/needed"; fi
  if ((code == 63)) || (($(wc -c <"$ANSWER/body" 2>/dev/null || echo 0) > 1048576)); then
    unreadable 'The answer is larger than 1 MiB, which is too much to be read.'
  elif [[ $method == HEAD || ! -s $ANSWER/body ]]; then
    if [[ $pointer != - ]]; then unreadable 'The answer is empty.'; fi
  elif [[ $pointer == - && ! $kind =~ [/+]json ]]; then
    observed_text "$(cat "$ANSWER/body")"
  else
    read_json "$pointer" <"$ANSWER/body"
  fi
}

# Keeps an answer in JSON, and as what was observed the part of it that a pointer names.
read_json() {
  if ! jq --compact-output --slurp 'if length == 1 then .[0] else error("one value is expected") end' >"$ANSWER/json" 2>/dev/null; then
    rm -f -- "$ANSWER/json"
    unreadable 'The answer is not JSON that can be read.'
  elif [[ $1 == - ]]; then
    observed <"$ANSWER/json"
  else
    jq --compact-output --arg at "$1" "$JUDGE"'pointer($at) | .[]' "$ANSWER/json" | observed
    if [[ ! -s $ANSWER/value ]]; then
      rm -- "$ANSWER/value"
      unreadable "There is nothing at $1 in the answer."
    fi
  fi
}
