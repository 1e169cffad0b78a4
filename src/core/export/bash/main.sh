# ---- The run as a whole

usage() {
  cat <<USAGE
$TITLE, on $TARGET_NAME.

Usage: ${0##*/}${TARGET_WORD:+ $TARGET_NAME} [parameter=value ...] [options]

Parameters:
$(about_params)
Options:
  --operator <name>  who runs it; asked for otherwise
  --dry-run          read what the preflight checks read, show everything else, and change nothing
  --alone <reason>   nobody else can be reached: you may approve what you have started; it stands in the log and in the notification
  --seen <run>       you have looked at what the run <run> left open, which is in the log
  --state <folder>   where the log, backups and worktrees are kept; \$ROLLBACK_STATE or ~/.rollback otherwise
  --help

There is no option that approves anything. Secrets are read from:
$(about_secrets)
ROLLBACK_WEBHOOK_URL may name a webhook that is told, as JSON with a text, how it goes.

Exit status: 0 verified; 1 stopped before anything was changed; 3 changed, and not verified; 4 nobody knows whether a step happened;
5 undone; 64 the command line makes no sense; 75 another run goes on.
USAGE
}

wrong_usage() {
  printf '%s\n' "$1" >&2
  exit 64
}

read_arguments() {
  while (($# > 0)); do
    case $1 in
      --help)
        usage
        exit 0
        ;;
      --dry-run) DRY_RUN=yes ;;
      --operator | --alone | --seen | --state)
        if [[ -z ${2-} ]]; then wrong_usage "$1 needs a value. Try --help."; fi
        case $1 in
          --operator) OPERATOR=$2 ;;
          --alone) ALONE=$2 ;;
          --seen) SEEN=$2 ;;
          --state) STATE=$2 ;;
        esac
        shift
        ;;
      [a-z]*=*) set_param "${1%%=*}" "${1#*=}" ;;
      *) read_word "$1" ;;
    esac
    shift
  done
  if [[ $TARGET_WORD == wanted ]]; then wrong_usage "Say the target: ${0##*/} $TARGET_NAME. There is no other that this script knows."; fi
  require_params
}

# Where the name of the target has to be said, no other is known here.
read_word() {
  if [[ -n $TARGET_WORD && $1 == "$TARGET_NAME" ]]; then
    TARGET_WORD=said
  elif [[ -n $TARGET_WORD && $1 != -* ]]; then
    wrong_usage "This script knows no target but $TARGET_NAME, and can't touch \"$1\"."
  else
    wrong_usage "\"$1\" is not understood. Try --help."
  fi
}

need_programs() {
  local program missing=no
  for program in "${PROGRAMS[@]}"; do
    if ! type -P -- "$program" >/dev/null; then
      printf '%s\n' "$program is not installed, and this script needs it." >&2
      missing=yes
    fi
  done
  if [[ $missing == yes ]]; then exit 1; fi
}

need_secrets() {
  local name missing=no
  for name in "${!SECRET[@]}"; do
    fresh_answer
    hide "$(secret "$name")"
    if [[ -s $ANSWER/mistake ]]; then
      cat -- "$ANSWER/mistake" >&2
      missing=yes
    fi
  done
  if [[ -n ${ROLLBACK_WEBHOOK_URL-} ]]; then hide "$ROLLBACK_WEBHOOK_URL"; fi
  if [[ $missing == yes ]]; then exit 1; fi
}

# One run at a time for each target: the lock is on its log.
open_log() {
  umask 077
  if ! mkdir -p -- "$STATE"; then exit 1; fi
  STATE=$(cd -- "$STATE" && pwd) || exit 1
  LOG=$STATE/$TARGET_NAME.jsonl
  exec 9>>"$LOG" || exit 1
  if ! flock -n 9; then
    printf '%s\n' "Another run on $TARGET_NAME goes on, which holds $LOG. Wait for its end." >&2
    exit 75
  fi
  PREVIOUS=''
  if [[ -s $LOG ]]; then PREVIOUS=$(digest_of "$(tail -n 1 -- "$LOG")"); fi
}

# What an earlier run has left open is looked at by somebody before anything else is done.
look_back() {
  local open run step
  if ! open=$(
    jq --slurp --raw-output '
      def key: "\(.run) \(.step) \(.part // "act") \(.attempt)";
      (map(select(.event == "step-finished" and .outcome != "unknown") | key) + map(select(.event == "step-settled") | key)) as $known
      | map(select(.event == "seen") | .seen) as $seen
      | [.[] | select(.event == "step-intended") | select(key as $key | $known | index($key) | not) | select(.run as $run | $seen | index($run) | not)]
      | map("\(.run) \(.step)") | unique | .[]' "$LOG"
  ); then
    printf '%s\n' "The log $LOG can't be read, so nobody knows what earlier runs have left open. Move it away once you have looked." >&2
    exit "$UNKNOWN"
  fi
  open=$(grep -v -e "^${SEEN:-none} " <<<"$open")
  if [[ -z $open ]]; then return; fi
  printf '%s\n' "An earlier run has ended in the middle of a step, and nobody knows whether it happened:" >&2
  while read -r run step; do printf '  run %s, step %s\n' "$run" "$step" >&2; done <<<"$open"
  printf '%s\n' "Look at it (the log is $LOG), then begin again with --seen ${open%% *}." >&2
  exit "$UNKNOWN"
}

begin_run() {
  say "${LABEL}$TITLE"
  say "On $TARGET_NAME, as run $RUN, from an export of $PROCEDURE ($PROCEDURE_DIGEST). The log is $LOG."
  if ((${#CALL[@]} > 0)); then say "Call: ${CALL[*]}."; fi
  if [[ $DRY_RUN == yes ]]; then return; fi
  say "This script can't see what Rollbot does: let nothing else change $TARGET_NAME meanwhile."
  if [[ -z $OPERATOR ]] && ! { ask_name 'Your name:' && OPERATOR=$NAME; }; then stop_before 'Nobody has said who runs this.'; fi
  if [[ $PROTECTED == yes ]] && ! { ask "Type \"$TARGET_NAME\" to begin:" && [[ $REPLY == "$TARGET_NAME" ]]; }; then
    stop_before "Nobody has said that it is meant for $TARGET_NAME."
  fi
  if [[ -n $SEEN ]]; then log seen seen "$SEEN" by "$OPERATOR"; fi
  log run-started procedure "$PROCEDURE" procedure_digest "$PROCEDURE_DIGEST" target "$TARGET_NAME" operator "$OPERATOR" alone "$ALONE" \
    params "$(said_params)" drill "$DRILL"
  STARTED=yes
  notify "$TITLE on $TARGET_NAME was started by $OPERATOR as run $RUN.${ALONE:+ ALONE, without anybody else: $ALONE}"
}

stop_before() {
  say "$1 Nothing was changed."
  exit "$UNCHANGED"
}

run_preflight() {
  local id before wrong=() skip
  say 'Preflight checks'
  for id in ${PREFLIGHT[@]+"${PREFLIGHT[@]}"}; do
    describe "$id"
    skip=no
    for before in ${AFTER[@]+"${AFTER[@]}"}; do if among "$before" ${wrong[@]+"${wrong[@]}"}; then skip=yes; fi; done
    if [[ $skip == yes ]]; then
      say "- $(caption "$id"): not asked, because a check before it has failed."
      wrong+=("$id")
      continue
    fi
    run_item "$id"
    tally "$RESULT"
    if [[ $RESULT == failed || $RESULT == unknown ]]; then wrong+=("$id"); fi
  done
  if ((${#wrong[@]} > 0)); then end_run "$UNCHANGED" "stopped by ${#wrong[@]} of its preflight checks, before anything was changed"; fi
}

run_steps() {
  local number=0 id
  say 'Steps'
  while ((number < ${#STEPS[@]})); do
    id=${STEPS[number]}
    run_item "$id"
    tally "$RESULT"
    case $RESULT in
      failed) decide "\"$CAPTION\" failed" ;;
      unknown) end_run "$UNKNOWN" "nobody knows whether \"$CAPTION\" happened" ;;
      *) number=$((number + 1)) ;;
    esac
  done
}

run_verify() {
  local id wrong
  while true; do
    say 'Verification'
    wrong=0
    for id in "${VERIFY[@]}"; do
      run_item "$id"
      tally "$RESULT"
      if [[ $RESULT == failed || $RESULT == unknown ]]; then wrong=$((wrong + 1)); fi
    done
    if ((wrong == 0)); then return; fi
    decide "$wrong of the checks of the result failed"
  done
}

# After a failure a person decides; where nobody answers, everything stays as it is.
decide() {
  local choices='"retry" or "stop"'
  if ((${#UNDOABLE[@]} > 0)); then choices='"retry", "undo" or "stop"'; fi
  notify "$TITLE on $TARGET_NAME: $1."
  while true; do
    ask "$1. Type $choices:" || REPLY=stop
    log decided what "$1" as "$REPLY" by "$OPERATOR"
    case $REPLY in
      retry) return ;;
      undo) if ((${#UNDOABLE[@]} > 0)); then undo_and_end; fi ;;
      stop)
        if [[ $CHANGED == no ]]; then end_run "$UNCHANGED" "stopped before anything was changed: $1"; fi
        end_run "$NOT_VERIFIED" "stopped, and not verified: $1"
        ;;
    esac
  done
}

undo_and_end() {
  say 'Undo'
  if undo_all; then end_run "$WAS_UNDONE" "undone ($UNDONE steps)"; fi
  if [[ $STATUS == unknown ]]; then end_run "$UNKNOWN" 'nobody knows whether an undo happened'; fi
  end_run "$NOT_VERIFIED" 'an undo failed; what is left stays as it is'
}

tally() { TALLY[$1]=$((${TALLY[$1]:-0} + 1)); }

# A dry run asks what the preflight checks ask, and shows the rest.
dry_run() {
  local id
  for id in ${PREFLIGHT[@]+"${PREFLIGHT[@]}"} ${STEPS[@]+"${STEPS[@]}"} ${VERIFY[@]+"${VERIFY[@]}"}; do
    describe "$id"
    say "- $(caption "$id")${SKIP:+: left out. $SKIP}"
    if [[ -n $SKIP ]]; then continue; fi
    fresh_answer
    SHOWING=yes item "$id" act </dev/null | redact_lines
    if [[ $PHASE != preflight || -n $ASKED ]]; then continue; fi
    perform "$id" act "$SECONDS_ALLOWED" no read
    settle "$id" act
    say "  $STATUS: $SAYS"
    tally "$STATUS"
  done
  say 'Nothing was changed.'
  if ((${TALLY[failed]:-0} > 0)); then exit "$UNCHANGED"; fi
  exit 0
}

end_run() {
  local code=$1 outcome=$2 released left=''
  if [[ $CHANGED == yes ]]; then left=$(behind); fi
  log run-ended outcome "$outcome" status "$code" seconds "$SECONDS" changed "$CHANGED"
  STARTED=no
  say "${LABEL}$TITLE on $TARGET_NAME: $outcome, after $SECONDS s (estimate: ${ESTIMATE:-none})."
  notify "$TITLE on $TARGET_NAME: $outcome, after $SECONDS s.${ALONE:+ Run ALONE: $ALONE}${left:+ $left}"
  if ((code == VERIFIED)); then
    for released in ${RELEASED[@]+"${RELEASED[@]}"}; do say "When Rollbot is back, tell it: /rollback good $released $TARGET_NAME"; done
  fi
  if [[ -n $left ]]; then say "  ${left//$'\n'/$'\n'  }"; fi
  if [[ $CHANGED == yes ]]; then for_later; fi
  scorecard "$code" "$outcome"
  exit "$code"
}

# Ended from outside: what is in the middle of something is unknown, and the log says so already.
# shellcheck disable=SC2317 # A trap calls it.
interrupted() {
  trap '' INT TERM HUP
  if [[ -n $GROUP ]]; then
    kill -TERM -- "-$GROUP" 2>/dev/null
    sleep 1
    kill -KILL -- "-$GROUP" "-$WATCHDOG" 2>/dev/null
  fi
  if [[ $STARTED != yes ]]; then exit "$UNCHANGED"; fi
  if [[ -n $IN_FLIGHT ]]; then
    log interrupted step "$IN_FLIGHT"
    end_run "$UNKNOWN" "interrupted in the middle of \"$CAPTION\": nobody knows whether it happened"
  fi
  log interrupted
  if [[ $CHANGED == yes ]]; then end_run "$NOT_VERIFIED" 'interrupted between two steps'; fi
  end_run "$UNCHANGED" 'interrupted before anything was changed'
}

# shellcheck disable=SC2317 # A trap calls it.
clean_up() { rm -rf -- "${WORK:?}"; }

main() {
  if ((BASH_VERSINFO[0] < 5)); then wrong_usage 'This script needs bash 5 or newer.'; fi
  read_arguments "$@"
  need_programs
  exec 3<&0
  # In memory where there is such a folder, because what actions answer may hold secrets.
  if [[ -d /dev/shm && -w /dev/shm ]]; then WORK=$(mktemp -d /dev/shm/rollback.XXXXXX) || exit 1; else WORK=$(mktemp -d) || exit 1; fi
  ANSWER=$WORK/answer
  trap clean_up EXIT
  trap interrupted INT TERM HUP
  need_secrets
  open_log
  look_back
  begin_run
  if [[ $DRY_RUN == yes ]]; then dry_run; fi
  run_preflight
  run_steps
  run_verify
  practice
  end_run "$VERIFIED" verified
}
