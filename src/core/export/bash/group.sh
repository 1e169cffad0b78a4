# ---- Acting: each action in a process group of its own, which is ended when its time is over.

# Performs a part of an item (act, check, undo, undo-check) for at most so many seconds. Sets STATUS, SAYS and EXIT_STATUS.
perform() {
  local id=$1 part=$2 seconds=$3 follow=$4 effect=$5 code=0 follower=''
  fresh_answer
  ACTS_AS=$effect
  set -m
  (
    set -euo pipefail
    trap - INT TERM HUP EXIT
    item "$id" "$part"
    failed 'The action has said nothing.'
  ) </dev/null >"$ANSWER/stdout" 2>"$ANSWER/stderr" 3<&- 9>&- &
  GROUP=$!
  (
    sleep "$seconds"
    : >"$ANSWER/late"
    kill -TERM -- "-$GROUP" && sleep "$GRACE_SECONDS"
    kill -KILL -- "-$GROUP"
  ) </dev/null >/dev/null 2>&1 3<&- 9>&- &
  WATCHDOG=$!
  set +m
  if [[ $follow == yes ]]; then
    {
      follow "$ANSWER/stdout" &
      follow "$ANSWER/stderr"
      wait
    } &
    follower=$!
  fi
  { wait "$GROUP" || code=$?; } 2>/dev/null
  while alive "$GROUP"; do sleep 0.1; done
  if [[ -n $follower ]]; then wait "$follower"; fi
  GROUP=''
  {
    kill -KILL -- "-$WATCHDOG"
    wait "$WATCHDOG"
  } 2>/dev/null
  conclude "$code" "$effect" "$seconds"
}

# Shows what comes into a file until the group has ended. Each has its own, so that no line is a mixture in which no secret is found.
follow() { tail -n +1 -s 0.2 -f --pid="$GROUP" "$1" 2>/dev/null | redact_lines; }

fresh_answer() {
  rm -rf -- "${ANSWER:?}"
  mkdir -m 700 -- "$ANSWER"
  # Whoever follows them must find them, however late the action begins.
  : >"$ANSWER/stdout"
  : >"$ANSWER/stderr"
}

# Whether a process of the group still runs; those that have ended and were not yet collected don't count.
alive() { ps -e -o pgid=,stat= | awk -v group="$1" '$1 == group && $2 !~ /^Z/ { found = 1 } END { exit !found }'; }

# Reads what an action has left behind: what was cut short, or broke off, may have happened unless it only reads.
conclude() {
  local code=$1 effect=$2 seconds=$3
  EXIT_STATUS=$(cat "$ANSWER/exit" 2>/dev/null) || EXIT_STATUS=''
  if [[ -f $ANSWER/status && ! -f $ANSWER/late ]]; then
    STATUS=$(cat "$ANSWER/status") SAYS=$(tr '\n' ' ' <"$ANSWER/says")
    return
  fi
  STATUS=unknown SAYS="It broke off with exit status $code: $(last_line "$ANSWER/stderr")"
  if [[ -f $ANSWER/late ]]; then SAYS="It had not ended after $seconds s, so it was ended, and nobody knows how far it came."; fi
  if [[ $effect == read || (-f $ANSWER/harmless && ! -f $ANSWER/late) ]]; then STATUS=failed; fi
}

# Judges an answer and reads the values that later items need.
settle() {
  local id=$1 part=$2 expect
  if [[ $STATUS != ok && $STATUS != already ]]; then return; fi
  expect=$(item "$id" "$part-expect")
  if [[ -s $ANSWER/mistake ]]; then
    STATUS=failed SAYS="$SAYS $(head -n 1 "$ANSWER/mistake")"
    return
  fi
  if [[ -s $ANSWER/unreadable && (-n $expect || $part == act && ${#OUTPUTS[@]} -gt 0 || -f $ANSWER/needed) ]]; then
    STATUS=unknown SAYS="$SAYS $(cat "$ANSWER/unreadable")"
    if [[ $EFFECT == read || $part == *check ]]; then STATUS=failed; fi
    return
  fi
  if [[ -n $expect ]]; then judge "$expect"; fi
  if [[ $part != act || $STATUS == failed ]]; then return; fi
  local number file
  for file in "$ANSWER"/given.*; do if [[ -f $file ]]; then read_output "$id" "${file##*/given.}" - -; fi; done
  for ((number = 0; number < ${#OUTPUTS[@]}; number += 3)); do
    read_output "$id" "${OUTPUTS[number]}" "${OUTPUTS[number + 1]}" "${OUTPUTS[number + 2]}"
  done
}

# Asks again and again until it holds as often in a row as it should, and never beyond its window.
poll() {
  local id=$1 every=$2 within=$3 times=$4 row=0 asked=0 until asked_at limit pause heard='' status=''
  until=$(later "$EPOCHREALTIME" "$within")
  while true; do
    asked_at=$EPOCHREALTIME
    limit=$(awk -v now="$asked_at" -v until="$until" 'BEGIN { left = until - now; print (left > 30 ? 30 : left < 0.1 ? 0.1 : left) }')
    perform "$id" act "$limit" no read
    settle "$id" act
    asked=$((asked + 1))
    if [[ $STATUS == ok || $STATUS == already ]]; then row=$((row + 1)); else row=0; fi
    if ((row >= times)); then return; fi
    # The last question is often cut off by the end of the window; what was answered before it says more.
    if [[ ! -f $ANSWER/late || -z $heard ]]; then heard=$SAYS status=$EXIT_STATUS; fi
    say "    question $asked ($row of $times in a row): $SAYS"
    pause=$(awk -v now="$EPOCHREALTIME" -v then="$(later "$asked_at" "$every")" 'BEGIN { print (then > now ? then - now : 0) }')
    awk -v now="$EPOCHREALTIME" -v pause="$pause" -v until="$until" 'BEGIN { exit !(now + pause < until) }' || break
    sleep "$pause"
  done
  STATUS=failed EXIT_STATUS=$status SAYS="It did not hold$(if ((times > 1)); then printf ' %s times in a row' "$times"; fi) within $within s, asked $asked times. $heard"
}

later() { awk -v now="$1" -v seconds="$2" 'BEGIN { printf "%.6f", now + seconds }'; }
