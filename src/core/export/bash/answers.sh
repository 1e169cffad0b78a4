# ---- Answers: how an action says what came of it. Each of these ends the action.

answer() {
  printf '%s' "$1" >"$ANSWER/status"
  printf '%s' "$2" >"$ANSWER/says"
  exit 0
}
# It happened.
done_now() { answer ok "$1"; }
# Nothing had to be done.
done_already() { answer already "$1"; }
# It did not do what it should, or nothing happened at all.
failed() { answer failed "$1"; }
# Nobody knows whether it happened.
unknown() { answer unknown "$1"; }

# What was observed: JSON on the input.
observed() { cat >"$ANSWER/value"; }
# The same where it is a text.
observed_text() { printf '%s' "$1" | jq --raw-input --slurp 'sub("\\A\\s+"; "") | sub("\\s+\\z"; "")' >"$ANSWER/value"; }
# A value that the action itself hands on.
gives() { printf '%s' "$2" >"$ANSWER/given.$1"; }
# Why there is no value where one should be.
unreadable() { printf '%s' "$1" >"$ANSWER/unreadable"; }

# Has to stand before anything is done: a value that is missing ends the action here.
begin() {
  if [[ -s $ANSWER/mistake ]]; then failed "Nothing was done: $(head -n 1 "$ANSWER/mistake")"; fi
}

# The last line with anything on it.
last_line() {
  shortened 300 "$(cat -- "$@" 2>/dev/null | grep '[^[:space:]]' | tail -n 1)"
}

# What breaks off from here on has changed nothing that matters.
harmless() { : >"$ANSWER/harmless"; }
