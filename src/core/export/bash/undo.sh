# ---- Undo: what was done is taken back in the reverse order, and the first that can't be ends it.

undo_all() {
  local number id
  for ((number = ${#UNDOABLE[@]} - 1; number >= 0; number--)); do
    id=${UNDOABLE[number]}
    describe "$id"
    if [[ -z $UNDO ]]; then
      say "- $(caption "$id") stays: ${NO_UNDO:-it has no undo}."
      continue
    fi
    say "- $UNDO ($id)"
    undo_one "$id"
    say "  $STATUS: $SAYS"
    if [[ $STATUS != ok && $STATUS != already ]]; then return 1; fi
    note_undone "$id"
    UNDONE=$((UNDONE + 1))
    unset 'UNDOABLE[number]'
  done
}

undo_one() {
  local id=$1 digest
  if [[ $UNDO_HAS_CHECK == yes ]]; then
    ask_check "$id" undo-check
    if [[ $STATUS != not-done ]]; then return; fi
  fi
  if [[ -n $UNDO_ASKED ]]; then
    ask_person "$id" undo 1 "$UNDO_ASKED"
    return
  fi
  fresh_answer
  if ! digest=$(show "$id" undo 1) || [[ -s $ANSWER/mistake ]]; then
    STATUS=failed SAYS="Nothing was done: $(head -n 1 "$ANSWER/mistake")"
    return
  fi
  act "$id" undo 1 "$digest"
}
