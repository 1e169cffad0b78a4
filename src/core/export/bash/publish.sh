# ---- Publishing a commit: to a branch of its own, and to the main branch where that loses nothing

publish() {
  local commit=$1 remote=$2 branch=$3 forward=$4 same=$5 says=$6 tip
  check_names "$remote" "$branch" ${forward:+"$forward"}
  read_heads "$remote" failed "The remote \"$remote\" can't be read, so nothing was pushed"
  if [[ $same == no && $(head_of "$branch") != "$commit" ]] && ! push_to "$remote" "$commit" "$branch"; then
    failed "The remote \"$remote\" did not accept the branch $branch: $WHY"
  fi
  if [[ $same == no ]]; then says+=" It is on the branch $branch."; fi
  if [[ -z $forward ]]; then has_reached "$same" branch "$says"; fi
  tip=$(head_of "$forward")
  if [[ -z $tip ]]; then has_reached "$same" branch "$says The remote has no branch $forward."; fi
  if ! git_in "$REPO" cat-file -e "$tip^{commit}" 2>/dev/null; then
    git_in "$REPO" fetch --quiet --no-tags --no-write-fetch-head --refmap= --end-of-options "$remote" "refs/heads/$forward"
  fi
  if git_in "$REPO" merge-base --is-ancestor "$commit" "$tip"; then has_reached "$same" main "$says $forward has it."; fi
  if [[ $same == yes ]]; then has_reached "$same" branch "$says"; fi
  if ! git_in "$REPO" merge-base --is-ancestor "$tip" "$commit"; then
    has_reached "$same" branch "$says $forward has moved on, so it was left alone."
  fi
  if push_to "$remote" "$commit" "$forward"; then has_reached "$same" main "$says $forward has it."; fi
  has_reached "$same" branch "$says $forward did not accept it: $WHY"
}

has_reached() {
  gives reached "$2"
  if [[ $1 == yes ]]; then done_already "$3"; fi
  done_now "$3"
}

check_names() {
  if ! git_in "$REPO" remote | grep -qxF -- "$1"; then failed "The repository has no remote \"$1\", so nothing was pushed."; fi
  local branch
  for branch in "${@:2}"; do
    if [[ $branch == -* ]] || ! git_in "$REPO" check-ref-format "refs/heads/$branch"; then
      failed "\"$branch\" can't be the name of a branch, so nothing was pushed."
    fi
  done
}

read_heads() {
  if ! git_in "$REPO" ls-remote --refs --end-of-options "$1" 'refs/heads/*' >"$ANSWER/heads"; then
    answer "$2" "$3: $(last_line "$ANSWER/stderr")"
  fi
}

head_of() { awk -F '\t' -v ref="refs/heads/$1" '$2 == ref { print $1 }' "$ANSWER/heads"; }

# Pushes without force. Where the answer was lost, the remote is asked; says in WHY what it refused.
push_to() {
  if git_in "$REPO" push --porcelain --no-verify --end-of-options "$1" "$2:refs/heads/$3" >"$ANSWER/push"; then return 0; fi
  WHY=$(grep '^!' "$ANSWER/push" | grep -v 'remote failed to report' | head -n 1 | cut -f 3) || true
  if [[ -n $WHY ]]; then return 1; fi
  WHY=$(last_line "$ANSWER/stderr")
  rm -f -- "$ANSWER/harmless"
  read_heads "$1" unknown "The connection to \"$1\" was lost, so nobody knows whether $3 arrived"
  [[ $(head_of "$3") == "$2" ]]
}
