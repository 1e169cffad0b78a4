# ---- People: what is asked of them, on the terminal. No answer is never a yes.

# Asks for a line within so many seconds; fails where none comes.
ask() {
  local prompt=$1 seconds=${2:-$PATIENCE_SECONDS}
  printf '%s ' "$prompt"
  if ! IFS= read -r -t "$seconds" -u 3 REPLY; then
    printf '\n'
    REPLY=''
    return 1
  fi
  if [[ ! -t 3 ]]; then printf '%s\n' "$REPLY"; fi
  REPLY=$(printf '%s' "$REPLY" | LC_ALL=C tr -d '\000-\037\177' | sed 's/^ *//; s/ *$//')
}

# Asks for a name; sets NAME.
ask_name() {
  NAME=''
  ask "$1" "${2-}" || return
  NAME=$REPLY
  [[ -n $NAME ]]
}

# Whether two names are those of one person, however they are written.
same_person() { [[ $(tr '[:upper:]' '[:lower:]' <<<"$1") == $(tr '[:upper:]' '[:lower:]' <<<"$2") ]]; }

# Has an item approved by as many people as it needs. What they see is what will run: both come from the same line of this script.
approve() {
  local id=$1 attempt=$2 digest=$3 name role count=0
  local -a names=() roles=()
  notify "$TITLE on $TARGET_NAME waits for an approval by ${APPROVERS[*]}: $(caption "$id")"
  log approval-asked step "$id" attempt "$attempt" digest "$digest" by "${APPROVERS[*]}" need "$NEED"
  while ((count < NEED)); do
    say "  Approval $((count + 1)) of $NEED, by one of: ${APPROVERS[*]}. It holds for $APPROVE_SECONDS s. Leave the name empty to refuse."
    if ! ask_name '  Name of the approver:' "$APPROVE_SECONDS"; then
      refused "$id" "$attempt" 'Nobody has approved it.'
      return 1
    fi
    name=$NAME
    if same_person "$name" "$OPERATOR" && [[ -z $ALONE ]]; then
      say '  Nobody approves what they have started themselves: have somebody else look at it, or begin again with --alone <reason>.'
      continue
    fi
    if among "$name" ${names[@]+"${names[@]}"}; then
      say "  $name has approved it already, and counts once."
      continue
    fi
    ask '  Role:' "$APPROVE_SECONDS" || {
      refused "$id" "$attempt" 'Nobody has approved it.'
      return 1
    }
    role=$REPLY
    if ! among "$role" "${APPROVERS[@]}"; then
      say "  \"$role\" may not approve this. It needs ${APPROVERS[*]}."
      continue
    fi
    if [[ $DIFFERENT_ROLES == yes ]] && among "$role" ${roles[@]+"${roles[@]}"}; then
      say "  Somebody has approved it as $role already, and this needs another role."
      continue
    fi
    if ! confirmed; then
      refused "$id" "$attempt" "$name has not approved it."
      return 1
    fi
    names+=("$name") roles+=("$role") count=$((count + 1))
    log approved step "$id" attempt "$attempt" digest "$digest" approver "$name" role "$role" alone "$ALONE"
  done
}

# What is destructive is approved by typing the name of the target: there is no option that answers this.
confirmed() {
  local wanted=yes
  if [[ $EFFECT == destructive ]]; then wanted=$TARGET_NAME; fi
  ask "  Type \"$wanted\" to approve exactly this:" "$APPROVE_SECONDS" && [[ $REPLY == "$wanted" ]]
}

refused() {
  log approval-refused step "$1" attempt "$2" says "$3"
  STATUS=failed SAYS=$3
}

among() {
  local wanted=$1 each
  shift
  for each in "$@"; do if same_person "$each" "$wanted"; then return 0; fi; done
  return 1
}
