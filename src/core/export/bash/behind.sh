# ---- Branches that a run was to move forward, and that do not have what it has left running

# One line for each: whoever deploys from it next would bring the trouble back.
behind() {
  local id deployed='' owner='' commit
  for id in ${STEPS[@]+"${STEPS[@]}"}; do
    describe "$id"
    if [[ -n $RELEASES ]] && stands "$id"; then deployed=${RELEASES#* }; fi
    owner=${owner:-${APPROVERS[0]-}}
  done
  for id in ${STEPS[@]+"${STEPS[@]}"}; do
    describe "$id"
    if [[ -z $FORWARD || ${OUT[$id.reached]-} == main ]]; then continue; fi
    if [[ -z $deployed ]] && ! stands "$id"; then continue; fi
    commit=${OUT[$id.commit]-$deployed}
    is_behind "$FORWARD" "${commit:0:12}" 'what runs now' 'taken back' "$owner"
  done
  for id in ${BEHIND_AGAIN[@]+"${BEHIND_AGAIN[@]}"}; do is_behind "${id%%:*}" "${id#*:}" 'what was there before' undone "$owner"; done
}

is_behind() {
  printf 'To do within 4h%s: Bring the branch %s to %s before anybody deploys from it: it still has what was %s\n' \
    "${5:+, by $5}" "$1" "${2:-$3}" "$4"
}

# Whether what a step has done is still so.
stands() { among "$1" ${UNDOABLE[@]+"${UNDOABLE[@]}"}; }

# An undo that could not move the branch on which its step had come.
note_undone() {
  local commit reached
  if [[ -z $FORWARD || ${OUT[$1.reached]-} != main || ! -f $ANSWER/given.reached ]]; then return; fi
  reached=$(<"$ANSWER/given.reached") commit=$(<"$ANSWER/given.commit")
  if [[ $reached != main ]]; then BEHIND_AGAIN+=("$FORWARD:${commit:0:12}"); fi
}
