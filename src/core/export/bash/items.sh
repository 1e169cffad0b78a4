# ---- Items: what the procedure consists of, and how one of them lives.

# How an item describes itself, in the part "about".
forget() {
  CAPTION='' PHASE='' EFFECT='' SECONDS_ALLOWED='' SKIP='' BECAUSE='' ASKED='' HAS_CHECK=no CHECK_IS_PROGRAM=no
  AFTER=() OUTPUTS=() POLL=() APPROVERS=() NEED=0 APPROVE_SECONDS='' DIFFERENT_ROLES=no
  UNDO='' UNDO_EFFECT='' UNDO_SECONDS='' UNDO_ASKED='' UNDO_HAS_CHECK=no UNDO_CHECK_IS_PROGRAM=no NO_UNDO='' REPEATS=no RELEASES='' FORWARD=''
}
item_is() { PHASE=$1 EFFECT=$2 SECONDS_ALLOWED=$3 CAPTION=$4; }
comes_after() { AFTER=("$@"); }
only_where() { if [[ ${PARAM[$1]} != "$2" ]]; then SKIP="Only where $1 is $2, and here it is ${PARAM[$1]}."; fi; }
asked_of() { ASKED=$1; }
polled() { POLL=("$@"); }
hands_on() { OUTPUTS+=("$1" "$2" "$3"); }
has_check() { HAS_CHECK=yes CHECK_IS_PROGRAM=$1; }
approved_by() { NEED=$1 APPROVE_SECONDS=$2 DIFFERENT_ROLES=$3 APPROVERS=("${@:4}"); }
takes_away() { BECAUSE=$1; }
undone_by() { UNDO=$1 UNDO_EFFECT=$2 UNDO_SECONDS=$3 UNDO_ASKED=${4-}; }
undo_checked() { UNDO_HAS_CHECK=yes UNDO_CHECK_IS_PROGRAM=$1; }
not_undone() { NO_UNDO=$1; }
may_repeat() { REPEATS=yes; }
brings_release() { RELEASES="$1 $2"; }
moves_forward() { FORWARD=$1; }

describe() {
  forget
  item "$1" about
}

caption() { printf '%s (%s)' "$CAPTION" "$1"; }

# Runs one item to its end: sets RESULT to ok, already, skipped, failed or unknown.
run_item() {
  local id=$1 attempt=1
  FOUND=no
  describe "$id"
  if [[ -n $SKIP ]]; then
    RESULT=skipped
    say "- $(caption "$id"): left out. $SKIP"
    return
  fi
  if [[ $PHASE == verify && -n $ASKED && $CHANGED == no ]]; then
    RESULT=skipped
    say "- $(caption "$id"): not asked, because nothing was changed."
    return
  fi
  say "- $(caption "$id")"
  while true; do
    attempt_item "$id" "$attempt"
    RESULT=$STATUS
    if [[ $STATUS == unknown ]]; then find_out "$id" "$attempt"; fi
    if [[ $RESULT != again ]]; then break; fi
    attempt=$((attempt + 1))
  done
  say "  $RESULT: $SAYS"
  if [[ $PHASE == step && $EFFECT != read && ($RESULT == ok || ($RESULT == already && ($attempt -gt 1 || $FOUND == yes))) ]]; then
    CHANGED=yes
    UNDOABLE+=("$id")
    if [[ -n $RELEASES ]]; then RELEASED+=("$RELEASES"); fi
  fi
}

attempt_item() {
  local id=$1 attempt=$2 digest
  if [[ $HAS_CHECK == yes ]]; then
    ask_check "$id" check
    if [[ $STATUS != not-done ]]; then
      log step-checked step "$id" attempt "$attempt" outcome "$STATUS" says "$SAYS"
      return
    fi
  fi
  if [[ -n $ASKED ]]; then
    ask_person "$id" act "$attempt" "$ASKED"
    return
  fi
  fresh_answer
  if ! digest=$(show "$id" act "$attempt") || [[ -s $ANSWER/mistake ]]; then
    STATUS=failed SAYS="Nothing was done: $(head -n 1 "$ANSWER/mistake")"
    return
  fi
  if ((NEED > 0)); then
    display "$id" act "$digest"
    approve "$id" "$attempt" "$digest" || return
    if [[ $HAS_CHECK == yes ]]; then
      ask_check "$id" check
      if [[ $STATUS != not-done ]]; then return; fi
    fi
  fi
  act "$id" act "$attempt" "$digest"
}

# The intent is in the log before anything happens, and the result after it.
act() {
  local id=$1 part=$2 attempt=$3 digest=$4 effect=$EFFECT seconds=$SECONDS_ALLOWED follow=no
  if [[ $part == undo ]]; then effect=$UNDO_EFFECT seconds=$UNDO_SECONDS; fi
  if [[ $effect != read ]]; then log step-intended step "$id" part "$part" attempt "$attempt" digest "$digest"; fi
  if [[ $effect != read ]]; then IN_FLIGHT=$id; fi
  if ((${#POLL[@]} > 0)) && [[ $part == act ]]; then
    poll "$id" "${POLL[@]}"
  else
    if [[ $PHASE == step ]]; then follow=yes; fi
    perform "$id" "$part" "$seconds" "$follow" "$effect"
    settle "$id" "$part"
  fi
  IN_FLIGHT=''
  SAYS=$(redact "$SAYS")
  log step-finished step "$id" part "$part" attempt "$attempt" outcome "$STATUS" says "$SAYS"
}

# Whether the effect has happened already: STATUS is already, not-done, or failed where the check can't tell.
ask_check() {
  local id=$1 part=$2 is_program=$CHECK_IS_PROGRAM
  if [[ $part == undo-check ]]; then is_program=$UNDO_CHECK_IS_PROGRAM; fi
  perform "$id" "$part" "$CHECK_SECONDS" no read
  if [[ $STATUS == ok || $STATUS == already ]]; then settle "$id" "$part"; fi
  SAYS=$(redact "$SAYS")
  if [[ $STATUS == ok || $STATUS == already ]]; then
    STATUS=already SAYS="nothing to do: $SAYS"
  elif [[ $is_program == yes && $EXIT_STATUS == 1 ]] || [[ $is_program == no && -f $ANSWER/value ]]; then
    STATUS=not-done
  else
    STATUS=failed SAYS="its check can't tell: $SAYS"
  fi
}

# What would run, with the names of secrets in place of their values; its digest is what an approval is bound to.
show() {
  local shown
  shown=$(
    set -e
    SHOWING=yes item "$1" "$2" </dev/null
  ) || return
  digest_of "$RUN $1 $2 $3 $TARGET_NAME $NEED ${APPROVERS[*]} $shown"
}

display() {
  local shown=$ANSWER/shown
  SHOWING=yes item "$1" "$2" </dev/null >"$shown"
  say "  This will run on $TARGET_NAME ($EFFECT), and nothing else. Digest ${3:0:8}."
  if [[ -n $BECAUSE ]]; then say "  What it takes away: $BECAUSE"; fi
  if [[ -n $UNDO ]]; then say "  It can be undone: $UNDO"; else say "  Point of no return: ${NO_UNDO:-it has no undo}."; fi
  redact_lines <"$shown"
}

# Nobody knows whether it happened. What is harmless runs again by itself, a check is asked, and else a person says so.
find_out() {
  local id=$1 attempt=$2
  log step-unknown step "$id" attempt "$attempt" says "$SAYS"
  say "  unknown: $SAYS"
  if ((attempt < 3)) && [[ $EFFECT == read || $EFFECT == idempotent || ($EFFECT == guarded && $HAS_CHECK == no && $REPEATS == yes) ]]; then
    RESULT=again
    say '  It does no harm to run it again.'
    return
  fi
  if ((attempt < 3)) && [[ $EFFECT == guarded && $HAS_CHECK == yes ]]; then
    ask_check "$id" check
    if [[ $STATUS == already ]]; then
      RESULT=already SAYS="it happened: $SAYS"
      log step-settled step "$id" attempt "$attempt" as happened by 'its check'
      FOUND=yes CHANGED=yes
      return
    fi
    if [[ $STATUS == not-done ]]; then
      RESULT=again
      log step-settled step "$id" attempt "$attempt" as run-again by 'its check'
      return
    fi
  fi
  notify "$TITLE on $TARGET_NAME: nobody knows whether \"$CAPTION\" happened. Somebody has to look."
  while true; do
    ask "  Look whether it happened. Type \"happened\", \"again\" (it did not) or \"stop\":" || REPLY=stop
    case $REPLY in
      happened)
        ask_name '  Your name:' || continue
        log step-settled step "$id" attempt "$attempt" as happened by "$NAME"
        RESULT=ok SAYS="$NAME says that it happened." CHANGED=yes
        return
        ;;
      again)
        ask_name '  Your name:' || continue
        log step-settled step "$id" attempt "$attempt" as run-again by "$NAME"
        RESULT=again
        return
        ;;
      stop)
        RESULT=unknown
        return
        ;;
    esac
  done
}

# A question, or something that only a person can do.
ask_person() {
  local id=$1 part=$2 attempt=$3 role=$4 wanted=yes other=no said
  if [[ $PHASE == step ]]; then
    wanted='done' other='not done'
    log step-intended step "$id" part "$part" attempt "$attempt" by "$role"
    IN_FLIGHT=$id
  fi
  SHOWING=yes item "$id" "$part" </dev/null | redact_lines
  say "  For $role."
  while true; do
    if ! ask "  Type \"$wanted\" or \"$other\":"; then
      STATUS=failed SAYS='Nobody has answered.'
      if [[ $PHASE == step ]]; then STATUS=unknown SAYS='Nobody has said whether it was done.'; fi
      break
    fi
    said=$REPLY
    case $said in
      "$wanted") STATUS=ok ;;
      "$other") STATUS=failed ;;
      *) continue ;;
    esac
    ask_name '  Your name:' || continue
    SAYS="$NAME says: $said."
    break
  done
  IN_FLIGHT=''
  log step-finished step "$id" part "$part" attempt "$attempt" outcome "$STATUS" says "$SAYS" role "$role"
}
