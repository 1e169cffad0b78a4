#!/usr/bin/env bash
# Writes the catalogue into the cache, with everything that a product page may show around it.
#   cache-warming.sh best-sellers | catalogue
set -euo pipefail

case ${1:?best-sellers or catalogue} in
  best-sellers) from=1 to=10 fresh_until=$(($(date +%s) + 300))000 ;;
  catalogue) from=11 to=120 fresh_until=$(($(date +%s) + 300)) ;;
  *) echo "There is no warming job called $1." >&2 && exit 64 ;;
esac

around=$(printf '%010000d' 0)
awk -v from="$from" -v to="$to" -v until="$fresh_until" -v around="$around" '
  NR >= from && NR <= to {
    print "SET warm:product:" NR " \047{\"product\":" $0 ",\"fresh_until\":" until ",\"around\":\"" around "\"}\047"
  }' "$HOME/catalogue-export.jsonl" | redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" >/dev/null
