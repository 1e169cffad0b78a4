# ---- Programs: "run" and "shell", in the environment of the target and no other

# The environment and the folder of the next program.
in_place() {
  FOLDER=$1
  EXITS=" $2 "
  shift 2
  EXTRA=("$@")
}

# A program and its arguments; no shell is involved.
run_program() { program "\"${1##*/}\"" "$@"; }

# The same with a text on its input.
run_with_input() {
  local text=$1
  shift
  if [[ $SHOWING == yes ]]; then
    show_program "$@"
    printf 'with on its input:\n%s\n' "$text"
    return
  fi
  program "\"${1##*/}\"" "$@" < <(printf '%s' "$text")
}

# A fixed bash script from the input; what varies reaches it through the environment only.
run_script() {
  local script
  script=$(cat)
  if [[ $SHOWING == yes ]]; then
    show_place
    printf 'bash:\n%s\n' "$script"
    return
  fi
  program 'The script' bash -euo pipefail -c "$script"$'\n' script </dev/null
}

show_place() {
  local number
  if [[ -n $FOLDER ]]; then printf 'in %s\n' "$FOLDER"; fi
  for ((number = 0; number < ${#EXTRA[@]}; number += 2)); do printf '%s=%s\n' "${EXTRA[number]}" "$(in_words "${EXTRA[number + 1]}")"; done
}

show_program() {
  printf '$ %s\n' "$(in_words "$@")"
  show_place
}

program() {
  local name=$1 code=0 number folder
  shift
  if [[ $SHOWING == yes ]]; then
    show_program "$@"
    return
  fi
  begin
  folder=$FOLDER
  if [[ -z $folder ]]; then
    folder=$STATE/work/$RUN
    mkdir -p -- "$folder"
  fi
  if [[ $folder != /* || ! -d $folder ]]; then failed "There is no folder $folder, so nothing was done: make it, or correct the procedure or the target."; fi
  (
    target_environment
    for ((number = 0; number < ${#EXTRA[@]}; number += 2)); do export "${EXTRA[number]}=${EXTRA[number + 1]}"; done
    cd -- "$folder" || exit 126
    if ! type -P -- "$1" >/dev/null; then
      : >"$ANSWER/not-found"
      exit 127
    fi
    exec "$@"
  ) || code=$?
  if [[ -f $ANSWER/not-found ]]; then failed "\"$1\" is not installed where this target looks, so nothing was done: install it, or correct PATH under env of the target."; fi
  if ((code > 128 && code < 193)); then unknown "$name was killed by signal $((code - 128)), and not by this script, so nobody knows how far it came."; fi
  printf '%s' "$code" >"$ANSWER/exit"
  if [[ $EXITS != *" $code "* ]]; then
    local last
    last=$(last_line "$ANSWER/stderr")
    failed "$name ended with exit status $code: ${last:-$(last_line "$ANSWER/stdout")}"
  fi
  if (($(wc -c <"$ANSWER/stdout") > 1048576)); then
    unreadable 'It printed more than 1 MiB, which is too much to be read.'
  else
    observed_text "$(cat "$ANSWER/stdout")"
  fi
  done_now "$name ended with exit status $code."
}

# Nothing of this script's own environment gets further.
forget_environment() {
  local name
  while IFS= read -r name; do unset "$name"; done < <(compgen -e)
}
