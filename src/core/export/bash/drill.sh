# ---- The drill: a practice on a target that is not protected, with its figures at the end

# What people look at when all is verified, and then everything is taken back, so that it can be practised again.
practice() {
  local id
  VERIFIED_SECONDS=$SECONDS
  say 'Checklist: type "yes", "no" or "not-tested".'
  for id in "${CHECKLIST[@]}"; do
    while true; do
      ask "- $id?" || REPLY=unanswered
      if [[ $REPLY == yes || $REPLY == no || $REPLY == not-tested || $REPLY == unanswered ]]; then break; fi
    done
    LOOKED[$REPLY]=$((${LOOKED[$REPLY]:-0} + 1))
    log checklist what "$id" answer "$REPLY" by "$OPERATOR"
  done
  if ((${#UNDOABLE[@]} == 0)); then return; fi
  ask 'Take it back, which is to be practised too? Type "undo" or "keep":' || REPLY=keep
  if [[ $REPLY == undo ]]; then undo_and_end; fi
}

scorecard() {
  local code=$1 outcome=$2 passed=no
  if [[ -n $VERIFIED_SECONDS ]] && ((code == VERIFIED || code == WAS_UNDONE)) && ((${LOOKED[no]:-0} + ${LOOKED[unanswered]:-0} == 0)); then passed=yes; fi
  cat <<CARD

Scorecard of the drill of $PROCEDURE on $TARGET_NAME, run $RUN
  Passed            $passed
  Outcome           $outcome
  Until verified    ${VERIFIED_SECONDS:+$VERIFIED_SECONDS s}$(if [[ -z $VERIFIED_SECONDS ]]; then echo never; fi) (estimate: ${ESTIMATE:-none})
  Took in all       $SECONDS s
  Items             ${TALLY[ok]:-0} well, ${TALLY[already]:-0} so already, ${TALLY[skipped]:-0} left out, ${TALLY[failed]:-0} failed, ${TALLY[unknown]:-0} unknown
  Taken back        $UNDONE steps
  Checklist         ${LOOKED[yes]:-0} yes, ${LOOKED[no]:-0} no, ${LOOKED[not-tested]:-0} not tested, ${LOOKED[unanswered]:-0} without an answer
CARD
  log scorecard passed "$passed" outcome "$outcome" seconds_until_verified "$VERIFIED_SECONDS" seconds "$SECONDS"
}
