# ---- The drill: a practice on a target that is not protected, with its figures at the end

scorecard() {
  local code=$1 outcome=$2 went=no
  if ((code == VERIFIED || code == WAS_UNDONE)); then went=yes; fi
  cat <<CARD

Scorecard of the drill of $PROCEDURE on $TARGET_NAME, run $RUN
  Outcome                 $outcome
  Took                    $SECONDS s (estimate: ${ESTIMATE:-none})
  Went well               ${TALLY[ok]:-0}
  Was so already          ${TALLY[already]:-0}
  Left out                ${TALLY[skipped]:-0}
  Failed                  ${TALLY[failed]:-0}
  Unknown                 ${TALLY[unknown]:-0}
  Passed                  $went
CARD
}
