# ---- Files: one at a time, with its backup on disk before, and in one instant for whoever reads it

file_write() { # the step, the path, the content, the mode or nothing
  local step=$1 path=$2 content=$3 mode=$4
  if [[ $SHOWING == yes ]]; then
    printf 'write %s%s:\n%s\n' "$path" "${mode:+ (mode $mode)}" "$content"
    return
  fi
  begin
  plain_file "$path"
  printf '%s' "$content" >"$ANSWER/wanted"
  if [[ -z $mode ]]; then mode=$(stat -c %a -- "$path" 2>/dev/null) || mode=644; fi
  change_file "$step" "$path" "$mode"
}

file_replace() { # the step, the path, the text, what stands there afterwards, how often it has to stand there
  local step=$1 path=$2 find=$3 with=$4 count=$5 verdict times="$5 times"
  if [[ $count == 1 ]]; then times=once; fi
  if [[ $SHOWING == yes ]]; then
    printf 'in %s, exactly %s, replace\n%s\nby\n%s\n' "$path" "$times" "$find" "$with"
    return
  fi
  begin
  plain_file "$path"
  if [[ ! -e $path ]]; then failed "There is no file $path, so nothing was changed."; fi
  replaced text "$find" "$with" "$count" anew <"$path" >"$ANSWER/edited"
  verdict=$(jq --raw-output .verdict "$ANSWER/edited")
  if [[ $verdict == plain ]]; then failed "$path is not plain text in UTF-8, so it was left alone: change it by hand."; fi
  if [[ $verdict != ok ]]; then failed "$path was left alone: the text to replace stands there $verdict times, and it should stand there $times."; fi
  jq --raw-output --join-output .text "$ANSWER/edited" >"$ANSWER/wanted"
  change_file "$step" "$path" "$(stat -c %a -- "$path")"
}

file_remove() { # the step, the path
  local step=$1 path=$2
  if [[ $SHOWING == yes ]]; then
    printf 'remove %s\n' "$path"
    return
  fi
  begin
  plain_file "$path"
  if [[ ! -e $path ]]; then done_already "$path was like that before."; fi
  keep_file "$step" "$path"
  : >"$(backup_of "$step")/after-absent"
  rm -- "$path" || failed "$path could not be changed and is as it was."
  sync -- "$(dirname -- "$path")"
  done_now "$path was removed."
}

# Puts back what a step of this run changed, unless somebody has changed it again since.
file_restore() { # the step that changed it, the path
  local path=$2 backup
  backup=$(backup_of "$1")
  if [[ $SHOWING == yes ]]; then
    printf 'put back %s as it was before %s\n' "$path" "$1"
    return
  fi
  begin
  plain_file "$path"
  if [[ ! -d $backup ]]; then failed "The step \"$1\" has left no backup of $path, so nothing was changed."; fi
  if same_file "$path" "$backup/before"; then done_already "$path is as it was before."; fi
  if ! same_file "$path" "$backup/after"; then
    failed "$path has been changed again since the step \"$1\", so it was left alone: compare it by hand."
  fi
  if [[ -e $backup/before ]]; then swap_in "$backup/before" "$path"; else rm -- "$path"; fi
  sync -- "$(dirname -- "$path")"
  done_now "$path is as it was before."
}

plain_file() {
  harmless
  if [[ $1 != /* ]]; then failed "\"$1\" has to be an absolute path, so nothing was changed: correct the procedure or the target."; fi
  if [[ -L $1 ]]; then failed "$1 is a symbolic link, so it was left alone: name the file that it points to."; fi
  if [[ -e $1 && ! -f $1 ]]; then failed "$1 is not a plain file, so it was left alone."; fi
}

backup_of() { printf '%s' "$STATE/backups/$RUN/$1"; }

keep_file() {
  local folder
  folder=$(backup_of "$1")
  if [[ -d $folder ]]; then return; fi
  mkdir -p -- "$folder"
  if [[ -e $2 ]]; then cp -p -- "$2" "$folder/before" && sync -- "$folder/before"; fi
}

change_file() {
  local step=$1 path=$2 mode=$3 folder
  folder=$(backup_of "$step")
  if [[ -e $path ]] && cmp -s -- "$path" "$ANSWER/wanted" && [[ $(stat -c %a -- "$path") == "$((10#$mode))" ]]; then
    done_already "$path was like that before."
  fi
  keep_file "$step" "$path"
  cp -- "$ANSWER/wanted" "$folder/after"
  if [[ -e $path ]]; then chown --reference="$path" -- "$folder/after"; fi
  chmod -- "$mode" "$folder/after"
  sync -- "$folder/after"
  swap_in "$folder/after" "$path"
  sync -- "$(dirname -- "$path")"
  done_now "$path was written."
}

swap_in() {
  local new
  new=$(dirname -- "$2")/.$(basename -- "$2").$RUN.tmp
  if ! { cp -p -- "$1" "$new" && sync -- "$new" && mv -T -- "$new" "$2"; }; then
    rm -f -- "$new"
    failed "$2 could not be changed and is as it was: $(last_line "$ANSWER/stderr")"
  fi
}

# A file that is not there is the same as a backup that is not there.
same_file() {
  if [[ ! -e $1 || ! -e $2 ]]; then
    [[ ! -e $1 && ! -e $2 ]]
    return
  fi
  cmp -s -- "$1" "$2" && [[ $(stat -c %a -- "$1") == $(stat -c %a -- "$2") ]]
}
