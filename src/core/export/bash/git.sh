# ---- Git: nobody's checkout is touched, and nothing is forced

# Git in one repository, which has to be the very folder that is named; the programs of its hooks don't run.
git_in() {
  local folder=$1
  shift
  (
    target_environment
    unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_COMMON_DIR GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_NAMESPACE
    export GIT_TERMINAL_PROMPT=0 SSH_ASKPASS_REQUIRE=never GIT_OPTIONAL_LOCKS=0 LC_ALL=C
    GIT_CEILING_DIRECTORIES=$(dirname -- "$folder")
    export GIT_CEILING_DIRECTORIES
    export GIT_AUTHOR_NAME="${GIT_AUTHOR_NAME-Rollbot}" GIT_AUTHOR_EMAIL="${GIT_AUTHOR_EMAIL-rollbot@localhost}"
    export GIT_COMMITTER_NAME="${GIT_COMMITTER_NAME-Rollbot}" GIT_COMMITTER_EMAIL="${GIT_COMMITTER_EMAIL-rollbot@localhost}"
    if [[ -n ${INDEX-} ]]; then export GIT_INDEX_FILE=$INDEX; fi
    if [[ -n ${COMMIT_DATE-} ]]; then export GIT_AUTHOR_DATE="$COMMIT_DATE +0000" GIT_COMMITTER_DATE="$COMMIT_DATE +0000"; fi
    cd -- "$folder" || exit 128
    exec git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c gc.auto=0 -c maintenance.auto=false -c push.followTags=false \
      -c submodule.recurse=false -c fetch.recurseSubmodules=false -c push.recurseSubmodules=no "$@"
  )
}

# The full commit that a name stands for.
commit_of() {
  local found
  if [[ -z $2 || $2 == -* ]]; then failed "\"$2\" can't be the name of a commit."; fi
  if ! found=$(git_in "$1" rev-parse --verify --end-of-options "$2^{commit}"); then
    failed "\"$2\" is no commit of this repository: $(last_line "$ANSWER/stderr")"
  fi
  COMMIT=$found
}

git_resolve() {
  local repo=$1 ref=$2 remote=$3 within=$4 commit
  if [[ $SHOWING == yes ]]; then
    printf 'git in %s\nfind the commit of %s%s\n' "$repo" "$ref" "${within:+, contained in $within}"
    return
  fi
  begin
  harmless
  if [[ -n $remote ]] && ! git_in "$repo" fetch --quiet --no-write-fetch-head --end-of-options "$remote"; then
    failed "git fetch failed: $(last_line "$ANSWER/stderr")"
  fi
  commit_of "$repo" "$ref"
  commit=$COMMIT
  if [[ -n $within ]]; then
    commit_of "$repo" "$within"
    if ! git_in "$repo" merge-base --is-ancestor "$commit" "$COMMIT"; then
      failed "\"$ref\" is $commit, which $within does not contain: choose a commit that it does."
    fi
  fi
  observed_text "$commit"
  gives commit "$commit"
  done_now "\"$ref\" is $commit."
}

git_same() {
  local repo=$1 at=$2 and=$3 same=false one other path
  shift 3
  if [[ $SHOWING == yes ]]; then
    printf 'git in %s\ncompare %s at %s and %s\n' "$repo" "$*" "$at" "$and"
    return
  fi
  begin
  harmless
  commit_of "$repo" "$at"
  at=$COMMIT
  commit_of "$repo" "$and"
  and=$COMMIT
  for path in "$@"; do known_path "$repo" "$path" "$at" "$and"; done
  one=$(git_in "$repo" ls-tree -r --full-tree "$at" -- "$@")
  other=$(git_in "$repo" ls-tree -r --full-tree "$and" -- "$@")
  if [[ $one == "$other" ]]; then same=true; fi
  observed <<<"$same"
  done_now "$* $(if [[ $same == true ]]; then echo 'are the same'; else echo 'differ'; fi)."
}

# A path that neither commit has is a mistake.
known_path() {
  local repo=$1 path=$2 commit
  shift 2
  for commit in "$@"; do
    if [[ $path == . || -n $(git_in "$repo" ls-tree --full-tree "$commit" -- "$path") ]]; then return; fi
  done
  failed "There is no $path at either commit, so nothing was done: correct the path in the procedure."
}

# What follows is put together in an index of its own, on top of a commit.
git_onto() {
  REPO=$1 ONTO=$2 CHANGED_PATHS=''
  if [[ $SHOWING == yes ]]; then
    printf 'git in %s\non top of %s:\n' "$REPO" "$ONTO"
    return
  fi
  begin
  harmless
  commit_of "$REPO" "$ONTO"
  ONTO=$COMMIT
  INDEX=$ANSWER/index
  git_in "$REPO" read-tree "$ONTO"
}

# Takes paths back to how they were at a commit.
take_back() {
  local at=$1 path entry zeros
  shift
  CHANGED_PATHS+="$* "
  if [[ $SHOWING == yes ]]; then
    printf 'take %s back to how they were at %s\n' "$*" "$at"
    return
  fi
  commit_of "$REPO" "$at"
  at=$COMMIT
  zeros=$(printf '%0*d' "${#ONTO}" 0)
  for path in "$@"; do known_path "$REPO" "$path" "$at" "$ONTO"; done
  {
    git_in "$REPO" ls-tree -r -z --full-tree "$ONTO" -- "$@" | while IFS= read -r -d '' entry; do printf '0 %s\t%s\0' "$zeros" "${entry#*$'\t'}"; done
    git_in "$REPO" ls-tree -r -z --full-tree "$at" -- "$@"
  } >"$ANSWER/entries"
  git_in "$REPO" update-index -z --index-info <"$ANSWER/entries"
}

# Replaces a text or a pattern in a file; unless it stands there exactly so many times, nothing is committed.
edit_file() {
  local file=$1 how=$2 find=$3 with=$4 count=$5 mode verdict times="$5 times"
  CHANGED_PATHS+="$file "
  if [[ $count == 1 ]]; then times=once; fi
  if [[ $SHOWING == yes ]]; then
    printf 'in %s, exactly %s, replace (%s)\n%s\nby\n%s\n' "$file" "$times" "$how" "$find" "$with"
    return
  fi
  if [[ ! $count =~ ^[1-9][0-9]*$ ]]; then failed "$file was left alone: \"$count\" is no number of times."; fi
  mode=$(mode_of "$file")
  if [[ -z $mode ]]; then failed "There is no file $file to change, so nothing was done."; fi
  git_in "$REPO" cat-file blob ":$file" >"$ANSWER/before"
  replaced "$how" "$find" "$with" "$count" keep <"$ANSWER/before" >"$ANSWER/edited"
  verdict=$(jq --raw-output .verdict "$ANSWER/edited")
  if [[ $verdict == plain ]]; then failed "$file is not plain text in UTF-8, so it was left alone: change it by hand."; fi
  if [[ $verdict != ok ]]; then failed "$file was left alone: the text to replace stands there $verdict times, and it should stand there $times."; fi
  jq --raw-output --join-output .text "$ANSWER/edited" >"$ANSWER/after"
  put_file "$file" "$mode"
}

# Writes a whole file; one that is there keeps its mode.
write_file() {
  local file=$1 content=$2 mode
  CHANGED_PATHS+="$file "
  if [[ $SHOWING == yes ]]; then
    printf 'write %s:\n%s\n' "$file" "$content"
    return
  fi
  mode=$(mode_of "$file")
  if [[ $mode == 120000 ]]; then failed "$file is a link, so nothing was written: name the file that it leads to."; fi
  printf '%s' "$content" >"$ANSWER/after"
  put_file "$file" "${mode:-100644}"
}

mode_of() { git_in "$REPO" ls-files --stage -- ":(literal)$1" | cut -d ' ' -f 1; }

put_file() {
  local object
  object=$(git_in "$REPO" hash-object -w --stdin <"$ANSWER/after")
  printf '%s %s\t%s\0' "$2" "$object" "$1" >"$ANSWER/entries"
  git_in "$REPO" update-index -z --index-info <"$ANSWER/entries"
}

# Commits it, checks it out in a worktree of the run, and publishes it where a remote is named.
git_commit() {
  local step=$1 message=$2 remote=${3-} branch=${4-} forward=${5-} tree commit folder says same=no
  if [[ $SHOWING == yes ]]; then
    printf 'commit:\n%s\n' "$message"
    if [[ -n $remote ]]; then printf 'push to %s %s%s\n' "$remote" "$branch" "${forward:+, and fast-forward $forward}"; fi
    return
  fi
  tree=$(git_in "$REPO" write-tree)
  if [[ $tree == $(git_in "$REPO" rev-parse "$ONTO^{tree}") ]]; then
    commit=$ONTO same=yes says="${CHANGED_PATHS% } are like that already."
  else
    COMMIT_DATE=$(git_in "$REPO" rev-list --timestamp --max-count=1 "$ONTO" | cut -d ' ' -f 1)
    commit=$(printf '%s' "$message" | git_in "$REPO" commit-tree "$tree" -p "$ONTO" -F -)
    COMMIT_DATE='' says="Committed as $commit."
  fi
  INDEX=''
  folder=$STATE/worktrees/$RUN/$step
  mkdir -p -- "${folder%/*}"
  if git_in "$REPO" worktree list --porcelain | grep -qxF -- "worktree $folder"; then git_in "$REPO" worktree remove --force --force "$folder"; fi
  rm -rf -- "${folder:?}"
  git_in "$REPO" worktree add --quiet --force --force --detach "$folder" "$commit"
  observed_text "$commit"
  gives commit "$commit"
  gives worktree "$folder"
  if [[ -n $remote ]]; then publish "$commit" "$remote" "$branch" "$forward" "$same" "$says"; fi
  if [[ $same == yes ]]; then done_already "$says"; fi
  done_now "$says"
}
