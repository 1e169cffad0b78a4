#!/usr/bin/env bash
# Dumps the database $PGDATABASE into a folder, and writes down beside the dump what it is: <name>.dump.json.
# Say the folder, and the name if it is not to be made of the time. PGHOST, PGPORT, PGUSER and PGPASSWORD say where the database is.
set -euo pipefail
folder=$1
taken=$(date --utc +%Y-%m-%dT%H:%M:%SZ)
name=${2:-${PGDATABASE}_$(date --utc +%Y%m%d_%H%M%S)}.dump
umask 077
cd -- "$folder"
# What is not whole has another name, so that nobody takes it for a backup.
trap 'rm -f -- "$name.part" "$name.json.part"' EXIT
pg_dump --format=custom --file="$name.part"
# The rows are counted in the dump itself, so that they are those of its one snapshot.
rows=$(pg_restore --data-only --file=- "$name.part" | awk '
  /^COPY .* FROM stdin;$/ && !inside { table = $0; sub(/^COPY /, "", table); sub(/ \(.*$/, "", table); inside = 1; count = 0; next }
  /^\\\.$/ && inside { gsub(/["\\]/, "\\\\&", table); printf "%s\"%s\":%d", comma, table, count; comma = ","; inside = 0; next }
  inside { count++ }
')
sha256=$(sha256sum <"$name.part")
psql -XqAt -v ON_ERROR_STOP=1 -v taken="$taken" -v file="$name" -v sha256="${sha256%% *}" -v bytes="$(stat --format=%s "$name.part")" \
  -v tool="$(pg_dump --version)" -v rows="{$rows}" >"$name.json.part" <<'SQL'
select jsonb_pretty(jsonb_build_object('format', 1, 'taken', :'taken', 'file', :'file', 'sha256', :'sha256', 'bytes', :'bytes'::bigint,
  'database', current_database(), 'marker', shobj_description(oid, 'pg_database'), 'server', current_setting('server_version_num')::int,
  'tool', :'tool', 'rows', :'rows'::jsonb)) from pg_database where datname = current_database();
SQL
mv -- "$name.part" "$name"
mv -- "$name.json.part" "$name.json"
echo "$name"
