# ---- The log, and what is told to others: no secret gets into either.

# Takes the values of secrets out of a text, as they are, percent-encoded, in base64, as in JSON, and on one line.
redact() {
  local text=$1 value
  for value in ${HIDDEN[@]+"${HIDDEN[@]}"}; do text=${text//"$value"/"***"}; done
  printf '%s' "$text"
}

# No more than so many characters of a text. Secrets go first: of one that was cut in two nobody would find the rest.
shortened() {
  local text
  text=$(redact "$2")
  printf '%s' "${text:0:$1}"
}

# The same for what a program prints, line by line and without what could move a terminal's cursor.
redact_lines() {
  local line
  LC_ALL=C sed -u -e 's/\x1b\[[0-9;?]*[a-zA-Z]//g' -e 's/[\x00-\x08\x0b-\x1f\x7f]//g' |
    while IFS= read -r line || [[ -n $line ]]; do printf '    %s\n' "$(redact "$line")"; done
}

say() { printf '%s\n' "$(redact "$*")"; }

hide() {
  local value=$1 line
  if ((${#value} < 4)); then return; fi
  HIDDEN+=("$value" "$(V=$value jq --null-input --raw-output 'env.V | @uri')" "$(printf '%s' "$value" | base64 -w 0)")
  HIDDEN+=("$(V=$value jq --null-input --raw-output 'env.V | tojson | .[1:-1]')" "${value//$'\n'/ }")
  if [[ $value == *$'\n'* ]]; then
    while IFS= read -r line; do if ((${#line} >= 8)); then HIDDEN+=("$line"); fi; done <<<"$value"
  fi
}

# Appends one fact to the log, chained to the line before by its SHA-256, and has it on disk before anything else happens.
log() {
  local event=$1 line
  shift
  local -a fields=()
  while (($# > 1)); do
    fields+=(--arg "$1" "$(redact "$2")")
    shift 2
  done
  line=$(
    jq --null-input --compact-output --arg at "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --arg run "$RUN" --arg event "$event" --arg prev "$PREVIOUS" \
      ${fields[@]+"${fields[@]}"} '{ at: $at, run: $run, event: $event } + ($ARGS.named | del(.at, .run, .event, .prev)) + { prev: $prev }'
  ) || give_up 'The log could not be written.'
  if ! { printf '%s\n' "$line" >>"$LOG" && sync -- "$LOG"; }; then give_up "The log $LOG could not be written."; fi
  PREVIOUS=$(digest_of "$line")
}

digest_of() { printf '%s' "$1" | sha256sum | cut -d ' ' -f 1; }

# Without a log nothing more is done, because nobody could tell afterwards what was.
give_up() {
  printf '%s\n' "$1 Nothing more is done." >&2
  trap - EXIT
  exit "$NOT_VERIFIED"
}

# Tells the people behind ROLLBACK_WEBHOOK_URL; that they can't be told stops nothing.
notify() {
  local text
  text=$(redact "$1")
  if [[ -z ${ROLLBACK_WEBHOOK_URL-} ]]; then return; fi
  T="$LABEL$text" jq --null-input --compact-output '{ text: env.T }' |
    curl --disable --silent --show-error --fail --max-time 10 --request POST --header 'content-type: application/json' --data-binary @- \
      --config <(curl_option url "$ROLLBACK_WEBHOOK_URL") --output /dev/null 2>/dev/null ||
    printf '%s\n' '  (The webhook did not take the notification.)'
}

# One line of a curl configuration: what stands in it is in no list of processes.
curl_option() {
  local text=${2//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\r'/\\r}
  printf '%s = "%s"\n' "$1" "$text"
}
