# ---- PostgreSQL, by psql: one statement in a transaction of its own, whose values are bound and never read as code

# URL, rows at least, rows at most, seconds for a lock, then the values; the statement is the input.
sql() {
  local url=$1 least=$2 most=$3 lock=$4 query code=0
  shift 4
  query=$(cat)
  if [[ $SHOWING == yes ]]; then
    printf 'postgres %s, in one transaction that waits %s s for a lock:\n%s\n' "$url" "$lock" "$query"
    local number=0 value
    for value in "$@"; do printf '$%s = %s\n' "$((++number))" "$value"; done
    if [[ -n $least$most ]]; then printf 'rolled back unless it returns or changes %s to %s rows\n' "${least:-0}" "${most:-any number of}"; fi
    return
  fi
  begin
  sql_server "$url"
  psql --no-psqlrc --no-password --quiet --tuples-only --no-align --field-separator $'\x1f' --record-separator $'\x1e' --pset null=$'\x01' --set ON_ERROR_STOP=1 \
    --file <(sql_session "$query" "$least" "$most" "$lock" "$@") >"$ANSWER/psql" || code=$?
  if [[ -f $ANSWER/committing && ! -f $ANSWER/committed ]] && ((code != 0)); then
    if ((code == 3)); then failed "Postgres refused to commit it, so nothing was changed: $(last_line "$ANSWER/stderr")"; fi
    unknown "The connection to Postgres was lost while it was committed, so nobody knows whether it happened: $(last_line "$ANSWER/stderr")"
  fi
  if [[ -f $ANSWER/rows-wrong ]]; then
    failed "It would have returned or changed $(cat "$ANSWER/rows") rows, and it should be ${least:-0} to ${most:-any number}, so it was rolled back and nothing was changed."
  fi
  if ((code != 0)); then failed "Postgres refused it or could not be reached, so nothing was changed: $(last_line "$ANSWER/stderr")"; fi
  sql_found
  done_now "$(cat "$ANSWER/rows") rows were returned or changed."
}

# What psql is told: limits, the statement, whether its rows are as many as there should be, and only then the commit.
sql_session() {
  local query=$1 least=$2 most=$3 lock=$4 number=0 value names='' access='read write'
  shift 4
  if [[ $ACTS_AS == read ]]; then access='read only'; fi
  printf 'begin %s;\n' "$access"
  printf 'set local statement_timeout = %s; set local lock_timeout = %s; set local idle_in_transaction_session_timeout = 30000;\n' \
    "$((${SECONDS_ALLOWED%.*} * 1000))" "$(awk -v s="$lock" 'BEGIN { printf "%d", s * 1000 }')"
  for value in "$@"; do
    number=$((number + 1)) names+="${names:+, }:'rollbot_$number'"
    printf '\\set rollbot_%s %s\n' "$number" "$(psql_word "$value")"
  done
  if ((number > 0)); then
    printf 'prepare rollbot as\n%s\n;\n' "$query"
    query="execute rollbot($names)"
  fi
  printf '\\o %s\n%s\n\\gdesc\n\\o %s\n%s\n;\n\\o\n' "$ANSWER/columns" "$query" "$ANSWER/table" "$query"
  printf '\\o %s\n\\qecho :ROW_COUNT\n\\o\n' "$ANSWER/rows"
  printf 'select :ROW_COUNT between %s and %s as rollbot_holds \\gset\n' "${least:-0}" "${most:-9223372036854775807}"
  printf '\\if :rollbot_holds\n\\else\n\\o %s\n\\qecho wrong\n\\o\nrollback;\n\\quit\n\\endif\n' "$ANSWER/rows-wrong"
  printf '\\o %s\n\\qecho committing\n\\o\ncommit;\n\\o %s\n\\qecho committed\n\\o\n' "$ANSWER/committing" "$ANSWER/committed"
}

# A value as a word of psql, in which only apostrophes and backslashes mean anything.
psql_word() {
  local text=${1//\\/\\\\}
  text=${text//\'/\'\'}
  text=${text//$'\n'/\\n}
  text=${text//$'\r'/\\r}
  text=${text//$'\t'/\\t}
  printf "'%s'" "$text"
}

# One value stands for itself, one row is an object, several are a list; where nothing is returned, it is how many rows were changed.
sql_found() {
  jq --null-input --compact-output --rawfile columns "$ANSWER/columns" --rawfile table "$ANSWER/table" --rawfile rows "$ANSWER/rows" '
    def value($type): if . == "\u0001" then null elif $type == "boolean" then . == "t"
      elif ($type | test("^(smallint|integer|bigint|oid|real|double precision|numeric)")) and test("^-?[0-9]{1,15}([.][0-9]+)?$") then tonumber
      elif $type == "json" or $type == "jsonb" then (. as $text | try fromjson catch $text) else . end;
    def records: rtrimstr("\n") | rtrimstr("\u001e") | split("\u001e") | map(split("\u001f"));
    ($rows | tonumber) as $count
    | if $columns == "" then $count
      elif $count == 0 then []
      else ($columns | records) as $columns
        | ($table | records) | map(. as $row | reduce range(0; $columns | length) as $n ({};
            .[$columns[$n][0]] = (($row[$n] // "") | value($columns[$n][1]))))
      end' >"$ANSWER/found" 2>/dev/null || return 0
  jq --compact-output 'if type != "array" or length != 1 then . elif (.[0] | length) == 1 then (.[0] | to_entries[0].value) else .[0] end' "$ANSWER/found" | observed
  jq --compact-output 'if type == "array" and length == 1 then .[0] else . end' "$ANSWER/found" >"$ANSWER/json"
}

# Takes the URL of a database apart; what is in it reaches psql by its environment.
sql_server() {
  local form='^postgres(ql)?://([^:@/]+)(:([^@/]*))?@([^]:/?#@[]+|\[[^]]+\])?(:([0-9]+))?/?([^?#/]*)([?]([^#]*))?$' part
  if [[ ! $1 =~ $form ]]; then
    failed "The URL of the database can't be read, so nothing was done: it has to begin with postgres://, with a user and a host, and special characters are written as %XX."
  fi
  local user=${BASH_REMATCH[2]} password=${BASH_REMATCH[4]} host=${BASH_REMATCH[5]} port=${BASH_REMATCH[7]} name=${BASH_REMATCH[8]} options=${BASH_REMATCH[10]}
  PGUSER=$(decoded "$user") PGPASSWORD=$(decoded "$password") PGHOST=$(decoded "${host//[][]/}") PGPORT=${port:-5432}
  PGDATABASE=$(decoded "${name:-$user}") PGSSLMODE=disable PGAPPNAME="rollbot/$RUN" PGCONNECT_TIMEOUT=5 PGOPTIONS=''
  export PGUSER PGPASSWORD PGHOST PGPORT PGDATABASE PGSSLMODE PGAPPNAME PGCONNECT_TIMEOUT PGOPTIONS
  while IFS= read -r part; do
    case $part in
      sslmode=*) PGSSLMODE=${part#*=} ;;
      host=*) PGHOST=$(decoded "${part#*=}") ;;
      sslrootcert=*)
        PGSSLROOTCERT=$(decoded "${part#*=}")
        export PGSSLROOTCERT
        ;;
    esac
  done <<<"${options//&/$'\n'}"
  if [[ -z $PGPASSWORD ]]; then unset PGPASSWORD; fi
}
