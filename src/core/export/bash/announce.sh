# ---- Announcements: by the webhook, and on the terminal for whoever has to pass it on

announce() {
  local text=$1 status=$2 audience=$3
  if [[ $SHOWING == yes ]]; then
    printf 'announce %s%s:\n%s\n' "$audience" "${status:+, with the status $status}" "$text"
    return
  fi
  begin
  printf 'Tell people %s%s:\n%s\n' "$audience" "${status:+, with the status $status}" "$text" >&2
  notify "$text${status:+ (status: $status)}"
  if [[ -n ${ROLLBACK_WEBHOOK_URL-} ]]; then done_now "Announced${status:+ ($status)}: $text"; fi
  done_now "There is no webhook, so pass it on yourself: $text"
}
