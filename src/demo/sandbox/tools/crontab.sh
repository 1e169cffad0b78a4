#!/bin/sh
# crontab(1) for one user of the sandbox: the table is a file in the sandbox's folder, and no other is known.
#   crontab.sh <sandbox folder> -l | -r | - | FILE
set -eu

sandbox=$1
shift
table=$sandbox/cron/crontab

list() {
  if [ -e "$sandbox/faults/crontab-unreadable" ]; then
    echo "crontab: can't open your crontab: Permission denied" >&2
    exit 2
  fi
  if [ ! -s "$table" ]; then
    echo 'no crontab for sandbox' >&2
    exit 1
  fi
  cat "$table"
}

install_from() {
  new=$(mktemp "$sandbox/cron/new.XXXXXX")
  cat -- "$1" >"$new" || { rm -f "$new" && exit 1; }
  # A line is empty, a comment, NAME=value, five fields or @word before a command.
  if ! awk '/^[ \t]*(#|$)/ || /^[A-Za-z_]+[ \t]*=/ { next } /^@/ && NF >= 2 { next } NF < 6 { exit 1 }' "$new"; then
    rm -f "$new"
    echo "errors in crontab file, can't install." >&2
    exit 1
  fi
  mv "$new" "$table"
}

case ${1-} in
  -l) list ;;
  -r) rm -f "$table" ;;
  -) install_from - ;;
  '' | -*) echo 'usage: crontab [-l | -r | - | FILE]' >&2 && exit 1 ;;
  *) install_from "$1" ;;
esac
