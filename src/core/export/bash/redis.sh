# ---- Redis, by redis-cli: the password is in its environment, and in no list of processes

redis_command() {
  local url=$1 reply
  shift
  if [[ $SHOWING == yes ]]; then
    printf 'redis %s\n%s\n' "$url" "$(in_words "$@")"
    return
  fi
  begin
  redis_server "$url"
  reply=$(redis "$@") || redis_lost "$1"
  printf '%s\n' "$reply" >&2
  if ! jq --compact-output . <<<"$reply" >"$ANSWER/value" 2>/dev/null; then jq --null-input --arg text "$reply" '$text' >"$ANSWER/value"; fi
  cp -- "$ANSWER/value" "$ANSWER/json"
  done_now "Redis answered ${1^^}."
}

redis_count() {
  local url=$1 match=$2 count
  if [[ $SHOWING == yes ]]; then
    printf 'redis %s\ncount the keys that match %s\n' "$url" "$(in_words "$match")"
    return
  fi
  begin
  redis_server "$url"
  count_keys "$match"
  count=$(wc -l <"$ANSWER/keys")
  observed <<<"$count"
  done_now "$count keys of the pattern \"$match\"."
}

# Deletes what matches, in batches with a rest between them; above its cap it deletes nothing at all.
redis_unlink() {
  local url=$1 match=$2 batch=$3 pause=$4 cap=$5 total deleted=0 cursor=0 page
  local -a keys
  if [[ $SHOWING == yes ]]; then
    printf 'redis %s\ndelete every key that matches %q (UNLINK, %s at a time%s)\n' "$url" "$match" "$batch" "${cap:+, refused above $cap keys}"
    return
  fi
  begin
  redis_server "$url"
  count_keys "$match"
  total=$(wc -l <"$ANSWER/keys")
  if [[ -n $cap ]] && ((total > cap)); then
    failed "More than $cap keys match \"$match\", so none was deleted: look at the pattern, or raise the step's cap."
  fi
  if ((total == 0)); then done_already "No key matches \"$match\"."; fi
  while true; do
    page=$(redis SCAN "$cursor" MATCH "$match" COUNT "$batch") || redis_lost SCAN
    cursor=$(jq --raw-output '.[0]' <<<"$page")
    mapfile -t -d '' keys < <(jq --raw-output --join-output '.[1][] | (., "\u0000")' <<<"$page")
    if ((${#keys[@]} > 0)); then
      page=$(redis UNLINK "${keys[@]}") || redis_lost UNLINK
      deleted=$((deleted + page))
      printf '%s of %s keys deleted\n' "$deleted" "$total" >&2
    fi
    if [[ $cursor == 0 ]]; then break; fi
    sleep "$pause"
  done
  observed <<<"$deleted"
  done_now "$deleted keys of the pattern \"$match\" deleted."
}

# All keys that match, each once, as JSON and one a line.
count_keys() {
  local cursor=0 page
  : >"$ANSWER/pages"
  while true; do
    page=$(redis SCAN "$cursor" MATCH "$1" COUNT 1000) || redis_lost SCAN
    jq --compact-output '.[1][]' <<<"$page" >>"$ANSWER/pages"
    cursor=$(jq --raw-output '.[0]' <<<"$page")
    if [[ $cursor == 0 ]]; then break; fi
  done
  LC_ALL=C sort -u -- "$ANSWER/pages" >"$ANSWER/keys"
}

# Takes the URL of a database apart.
redis_server() {
  local form='^(rediss?)://(([^:@/]*)(:([^@/]*))?@)?([^]:/?#@[]+|\[[^]]+\])(:([0-9]+))?(/([0-9]*))?$'
  if [[ ! $1 =~ $form ]]; then
    failed "The URL of the database can't be read, so nothing was done: it has to begin with redis:// or rediss://, and special characters of its password are written as %XX."
  fi
  local scheme=${BASH_REMATCH[1]} user=${BASH_REMATCH[3]} password=${BASH_REMATCH[5]} host=${BASH_REMATCH[6]}
  REDIS=(redis-cli -2 --json -e -h "${host//[][]/}" -p "${BASH_REMATCH[8]:-6379}" -n "${BASH_REMATCH[10]:-0}")
  if [[ $scheme == rediss ]]; then REDIS+=(--tls --sni "$host"); fi
  if [[ -n $user ]]; then REDIS+=(--user "$(decoded "$user")"); fi
  export REDISCLI_AUTH=''
  REDISCLI_AUTH=$(decoded "$password")
  if [[ -z $REDISCLI_AUTH ]]; then unset REDISCLI_AUTH; fi
}

redis() { "${REDIS[@]}" "$@" 2>"$ANSWER/redis-error"; }

redis_lost() {
  local why
  why=$(last_line "$ANSWER/redis-error")
  cat -- "$ANSWER/redis-error" >&2
  if [[ $why =~ ^Could\ not\ connect|AUTH\ failed ]]; then failed "Redis could not be reached, so nothing was done: $why"; fi
  if [[ $why =~ ^[A-Z]+\  ]]; then failed "Redis refused ${1^^}: $why"; fi
  if [[ $ACTS_AS == read ]]; then failed "Redis did not answer ${1^^}: $why"; fi
  unknown "The connection to Redis was lost, so nobody knows whether ${1^^} happened: $why"
}
