#!/usr/bin/env bash
# Complete System Rollback, on production.
#
# For the day when neither Slack nor Rollbot can be reached. Written from procedures/emergency.yml and rollbot.yml by
#   rollbot export emergency --target production
# Change those and export it again, and not this file. Begin with --help and --dry-run.
set -uo pipefail
export LC_NUMERIC=C

readonly PROCEDURE='emergency' PROCEDURE_DIGEST=9a2de9e1 TITLE='Complete System Rollback' ESTIMATE='10m-15m'
readonly TARGET_NAME='production' PROTECTED=yes DRILL=no LABEL=''
# Who is told first, and the programs of the script itself.
CALL=('devops-engineer' 'lead-developer')
PROGRAMS=(awk base64 cmp curl cut flock git jq mktemp ps redis-cli sed sha256sum sync tail tr)

readonly VERIFIED=0 UNCHANGED=1 NOT_VERIFIED=3 UNKNOWN=4 WAS_UNDONE=5
# How long people are waited for, a check may take, and a process has between being asked to end and being killed.
readonly PATIENCE_SECONDS=3600 CHECK_SECONDS=30 GRACE_SECONDS=5

TARGET_WORD='' OPERATOR='' ALONE='' SEEN='' DRY_RUN=no STATE=${ROLLBACK_STATE:-${HOME:-/tmp}/.rollback}
RUN=s$(date -u +%Y%m%d-%H%M%S)-$$
SHOWING=no STARTED=no CHANGED=no GROUP='' WATCHDOG='' IN_FLIGHT='' ACTS_AS=read
declare -A OUT=() GIVEN=() TALLY=()
HIDDEN=() UNDOABLE=() RELEASED=() BEHIND_AGAIN=() UNDONE=0

for_later() {
  cat <<'LATER'
  To do within 24h, by lead-developer: Find the root cause
  To do within 24h, by devops-engineer: Mend the Worker of the target and switch the traffic back to it
  To do within 24h, by devops-engineer: Bring development and staging to the restored version
  To do within 7d, by devops-engineer: Prevent it from being deployed again
  To do within 7d, by lead-developer: Review this procedure
  To do within 7d, by product-owner: Hold the post-mortem
LATER
}

declare -A PARAM=(
  [ref]='v1.4.2'
  [reason]='Several systems are affected, or the cause is unknown'
  [parts]='all'
  [cache_clear]='prefix'
)

# Why a value may not be given to a parameter; nothing where it may.
param_mistake() {
  case $1 in
    ref)
      plain_text "$2"
      no_dash "$2"
      git_name "$2"
      ;;
    reason)
      plain_text "$2"
      no_dash "$2"
      looks_like "$2" '\A(?:[^\r\n]{1,200})\z'
      ;;
    parts)
      plain_text "$2"
      no_dash "$2"
      one_of "$2" 'all' 'worker'
      ;;
    *) echo "is no parameter of this script" ;;
  esac
}

about_params() {
  cat <<'PARAMS'
  ref=<value>  The commit or tag to take everything back to; v1.4.2 unless it is given, set by hand in rollbot.yml
  reason=<value>  Why everything is taken back; Several systems are affected, or the cause is unknown unless it is given
  parts=<value>  Everything, or only the Worker, where a part can't be reached (all, worker); all unless it is given
PARAMS
}

declare -A TARGET=(
  [api_url]='https://api.pitchey.example'
  [cache_marker]='pitchey-production-cache'
  [cloudflare_account]='0123456789abcdef0123456789abcdef'
  [cloudflare_url]='https://api.cloudflare.com/client/v4'
  [cloudflare_zone]='0123456789abcdef0123456789abcdef'
  [emergency_url]='https://pitchey-emergency.ndlovucavelle.workers.dev'
  [emergency_worker]='pitchey-emergency'
  [health_pause]='10s'
  [repo]='/srv/pitchey/repository'
  [state_dir]='/var/lib/rollbot/production'
  [worker]='pitchey-api-prod'
  [worker_route]='0123456789abcdef0123456789abcdef'
  [worker_route_pattern]='api.pitchey.example/*'
  [wrangler_env]='production'
)

# Where each secret is found when it is needed.
declare -A SECRET=(
  [cloudflare_token]='env:CLOUDFLARE_API_TOKEN'
  [redis_url]='env:PRODUCTION_REDIS_URL'
)

# What programs of the target are handed of this script's own environment.
PASSED_ON=('HOME' 'CLOUDFLARE_ACCOUNT_ID' 'CLOUDFLARE_API_TOKEN')

# The whole environment of the target's programs.
target_environment() {
  local -A own=()
  local name
  for name in ${PASSED_ON[@]+"${PASSED_ON[@]}"}; do if [[ -n ${!name-} ]]; then own[$name]=${!name}; fi; done
  forget_environment
  export PATH='/usr/local/bin:/usr/bin:/bin'
  if [[ -n ${own[HOME]-} ]]; then export HOME="${own[HOME]}"; fi
  export LANG='C.UTF-8'
  if [[ -n ${own[CLOUDFLARE_ACCOUNT_ID]-} ]]; then export CLOUDFLARE_ACCOUNT_ID="${own[CLOUDFLARE_ACCOUNT_ID]}"; fi
  if [[ -n ${own[CLOUDFLARE_API_TOKEN]-} ]]; then export CLOUDFLARE_API_TOKEN="${own[CLOUDFLARE_API_TOKEN]}"; fi
}

about_secrets() {
  cat <<'SECRETS'
  env CLOUDFLARE_API_TOKEN  (cloudflare_token)
  env PRODUCTION_REDIS_URL  (redis_url)
SECRETS
}

# ==== The procedure

item_preflight_needs() {
  case $1 in
    about)
      item_is preflight read 30 'The programs that it needs are installed'
      ;;
    act)
      in_place '' '0' NEEDS 'bash curl git jq npm wrangler crontab pgrep ps'
      run_script <<'SCRIPT'
missing=0
for program in $NEEDS; do
  command -v -- "$program" >/dev/null || { echo "$program is not installed where Rollbot runs" >&2; missing=1; }
done
exit "$missing"
SCRIPT
      ;;
  esac
}

item_preflight_1() {
  case $1 in
    about)
      item_is preflight read 30 'The token is good'
      ;;
    act)
      in_place '' '0' API "${TARGET[cloudflare_url]}" ACCOUNT "${TARGET[cloudflare_account]}" TOKEN "$(secret cloudflare_token)"
      run_script <<'SCRIPT'
active='"status"[[:space:]]*:[[:space:]]*"active"'
for whose in "accounts/$ACCOUNT" user; do
  answer=$(curl --silent --show-error --max-time 20 --header @- -- "$API/$whose/tokens/verify" <<<"Authorization: Bearer $TOKEN")
  if [[ $answer =~ $active ]]; then
    echo 'It is active.'
    exit 0
  fi
done
echo "Cloudflare takes it neither as one of the account nor as one of a user: $answer" >&2
exit 1
SCRIPT
      ;;
  esac
}

item_preflight_2() {
  case $1 in
    about)
      item_is preflight read 30 'It opens the account of the target'
      ;;
    act)
      http_request GET "${TARGET[cloudflare_url]}/accounts/${TARGET[cloudflare_account]}" '' '/result/id' '' 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    act-expect)
      json '{ "equals": env.V1 }' "${TARGET[cloudflare_account]}"
      ;;
  esac
}

item_preflight_3() {
  case $1 in
    about)
      item_is preflight read 30 'The emergency Worker is another one than the Worker of the target'
      ;;
    act)
      in_place '' '0' WORKER "${TARGET[worker]}" EMERGENCY "${TARGET[emergency_worker]}"
      run_script <<'SCRIPT'
[[ -n $WORKER && -n $EMERGENCY && $WORKER != "$EMERGENCY" ]]
SCRIPT
      ;;
  esac
}

item_deployed() {
  case $1 in
    about)
      item_is preflight read 30 'What the Worker of the target serves is known'
      hands_on 'shares' - '\A(?:[0-9a-f-]{36}[ 0-9a-f\()%.n-]{0,100})\z'
      ;;
    act)
      in_place '' '0' DEPLOYMENTS "${TARGET[cloudflare_url]}/accounts/${TARGET[cloudflare_account]}/workers/scripts/${TARGET[worker]}/deployments" TOKEN "$(secret cloudflare_token)"
      run_script <<'SCRIPT'
answer=$(curl --fail --silent --show-error --max-time 20 --header @- -- "$DEPLOYMENTS" <<<"Authorization: Bearer $TOKEN")
jq --exit-status --raw-output '.result.deployments[0].versions | map("\(.version_id) (\(.percentage) %)") | join(" and ")' <<<"$answer"
SCRIPT
      ;;
  esac
}

item_route() {
  case $1 in
    about)
      item_is preflight read 30 'The route that is to be switched is known'
      hands_on 'script' '/result/script' '\A(?:[a-z0-9][a-z0-9_-]*)\z'
      ;;
    act)
      http_request GET "${TARGET[cloudflare_url]}/zones/${TARGET[cloudflare_zone]}/workers/routes/${TARGET[worker_route]}" '' '/result/pattern' '' 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    act-expect)
      json '{ "equals": env.V1 }' "${TARGET[worker_route_pattern]}"
      ;;
  esac
}

item_preflight_6() {
  case $1 in
    about)
      item_is preflight read 30 'The address of the API is one that the route serves'
      ;;
    act)
      in_place '' '0' URL "${TARGET[api_url]}/api/version" PATTERN "${TARGET[worker_route_pattern]}"
      run_script <<'SCRIPT'
address=${URL#*://} pattern=${PATTERN#*://}
host=${address%%/*}
[[ $pattern =~ ^[a-zA-Z0-9.*_/-]+$ ]]
if [[ ${host%:*}/${address#*/} != $pattern ]]; then
  echo "$PATTERN does not serve $host: give api_url in rollbot.yml a host that it serves." >&2
  exit 1
fi
SCRIPT
      ;;
  esac
}

item_running() {
  case $1 in
    about)
      item_is preflight read 30 'What visitors are served is known'
      comes_after 'route'
      hands_on 'version' - '\A(?:[0-9a-f]{40}|[0-9a-f-]{36})\z'
      ;;
    act)
      in_place '' '0' SCRIPTS "${TARGET[cloudflare_url]}/accounts/${TARGET[cloudflare_account]}/workers/scripts" TOKEN "$(secret cloudflare_token)" ROUTED "$(out route script)" URL "${TARGET[api_url]}/api/version"
      run_script <<'SCRIPT'
of_worker() {
  curl --fail --silent --show-error --max-time 10 --header @- -- "$SCRIPTS/$ROUTED/$1" <<<"Authorization: Bearer $TOKEN"
}
commit='^[0-9a-f]{40}$'
ids=$(of_worker deployments | jq --exit-status --raw-output '.result.deployments[0].versions[].version_id')
versions=''
for id in $ids; do versions+=$(of_worker "versions/$id"); done
newest=$(jq --exit-status --slurp 'map(.result) | max_by(.number)' <<<"$versions")
tag=$(jq --raw-output '.annotations["workers/tag"]' <<<"$newest")
if [[ $tag =~ $commit ]]; then echo "$tag"; exit 0; fi
said=$(curl --fail --silent --show-error --max-time 5 -- "$URL" | jq --raw-output '.version') || said=none
if [[ $said =~ $commit ]]; then echo "$said"; exit 0; fi
jq --exit-status --raw-output .id <<<"$newest"
SCRIPT
      ;;
  esac
}

item_wanted() {
  case $1 in
    about)
      item_is preflight read 60 'The version to return to is on the main branch'
      ;;
    act)
      git_resolve "${TARGET[repo]}" "${PARAM[ref]}" 'origin' 'origin/main'
      ;;
  esac
}

item_preflight_9() {
  case $1 in
    about)
      item_is preflight read 30 'Nobody is routed to the emergency Worker, unless it serves the wanted version'
      comes_after 'route' 'running' 'wanted'
      ;;
    act)
      in_place '' '0' ROUTED "$(out route script)" WORKER "${TARGET[worker]}" EMERGENCY "${TARGET[emergency_worker]}" RUNNING "$(out running version)" WANTED "$(out wanted commit)"
      run_script <<'SCRIPT'
echo "Visitors are routed to $ROUTED, which serves $RUNNING."
[[ $ROUTED == "$WORKER" || ($ROUTED == "$EMERGENCY" && $RUNNING == "$WANTED") ]]
SCRIPT
      ;;
  esac
}

item_preflight_10() {
  case $1 in
    about)
      item_is preflight read 30 'The emergency Worker has every secret that the Worker of the target has'
      ;;
    act)
      in_place '' '0' SCRIPTS "${TARGET[cloudflare_url]}/accounts/${TARGET[cloudflare_account]}/workers/scripts" TOKEN "$(secret cloudflare_token)" WORKER "${TARGET[worker]}" EMERGENCY "${TARGET[emergency_worker]}"
      run_script <<'SCRIPT'
secrets_of() {
  local answer status
  answer=$(curl --silent --show-error --max-time 20 --header @- --write-out '\n%{http_code}' -- "$SCRIPTS/$1/secrets" <<<"Authorization: Bearer $TOKEN")
  status=${answer##*$'\n'}
  if [[ $status == 404 && $1 == "$EMERGENCY" ]]; then return 0; fi # it is created further down
  if [[ $status != 200 ]]; then
    echo "The secrets of $1 can't be listed (HTTP $status)." >&2
    return 1
  fi
  { grep -o '"name"[[:space:]]*:[[:space:]]*"[^"]*"' <<<"$answer" || (($? == 1)); } | awk -F'"' '{ print $4 }'
}
wanted=$(secrets_of "$WORKER")
there=$(secrets_of "$EMERGENCY")
missing=0
for name in $wanted; do
  if ! grep -qxF -- "$name" <<<"$there"; then
    echo "It lacks $name: wrangler secret put $name --name $EMERGENCY" >&2
    missing=1
  fi
done
((missing == 0))
SCRIPT
      ;;
  esac
}

item_preflight_11() {
  case $1 in
    about)
      item_is preflight read 30 'There is room for another copy of the repository'
      ;;
    act)
      in_place '' '0' REPO "${TARGET[repo]}"
      run_script <<'SCRIPT'
free=$(df -Pk -- "$REPO" | awk 'NR == 2 { print $4 }')
echo "$free KiB are free."
((free > 512000))
SCRIPT
      ;;
  esac
}

item_preflight_12() {
  case $1 in
    about)
      item_is preflight read 30 'The deployment tool is there'
      ;;
    act)
      in_place '' '0'
      run_program 'wrangler' '--version'
      ;;
  esac
}

item_preflight_13() {
  case $1 in
    about)
      item_is preflight read 30 'Cache: This is the cache of the target'
      only_where 'parts' 'all'
      ;;
    act)
      redis_command "$(secret redis_url)" 'GET' 'rollbot:marker'
      ;;
    act-expect)
      json '{ "equals": env.V1 }' "${TARGET[cache_marker]}"
      ;;
  esac
}

item_preflight_14() {
  case $1 in
    about)
      item_is preflight read 30 'Cache: The crontab can be read'
      only_where 'parts' 'all'
      ;;
    act)
      in_place '' '0'
      run_script <<'SCRIPT'
jobs=$(LC_ALL=C crontab -l 2>&1) || [[ $jobs == *'no crontab for '* ]] || { echo "$jobs" >&2; exit 1; }
SCRIPT
      ;;
  esac
}

item_preflight_15() {
  case $1 in
    about)
      item_is preflight read 30 'Cache: The deployment tool is there'
      only_where 'parts' 'all'
      ;;
    act)
      in_place '' '0'
      run_program 'wrangler' '--version'
      ;;
  esac
}

item_checkout() {
  case $1 in
    about)
      item_is step guarded 300 'Check out the whole wanted version'
      may_repeat
      not_undone 'it is a worktree of this run that nobody else uses'
      ;;
    act)
      git_onto "${TARGET[repo]}" "$(out wanted commit)"
      take_back "$(out wanted commit)" '.'
      git_commit 'checkout' "Take . back to $(out wanted commit)

Rollbot run $RUN."
      ;;
  esac
}

item_create() {
  case $1 in
    about)
      item_is step guarded 300 'Create the emergency Worker where there is none'
      has_check no
      not_undone 'an empty Worker serves nobody'
      ;;
    act)
      in_place '' '0' SCRIPT "${TARGET[cloudflare_url]}/accounts/${TARGET[cloudflare_account]}/workers/scripts/${TARGET[emergency_worker]}" TOKEN "$(secret cloudflare_token)"
      run_script <<'SCRIPT'
code='export default { fetch: () => new Response("There is nothing here yet.", { status: 503 }) };'
curl --fail-with-body --silent --show-error --max-time 30 --request PUT --header @<(echo "Authorization: Bearer $TOKEN") \
  --form 'metadata={"main_module":"empty.js","compatibility_date":"2026-09-01"};type=application/json' \
  --form 'empty.js=@-;filename=empty.js;type=application/javascript+module' -- "$SCRIPT" <<<"$code"
SCRIPT
      ;;
    check)
      http_request GET "${TARGET[cloudflare_url]}/accounts/${TARGET[cloudflare_account]}/workers/scripts/${TARGET[emergency_worker]}/deployments" '200 404' '/success' '' 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    check-expect)
      json '{ "equals": true }'
      ;;
  esac
}

item_address() {
  case $1 in
    about)
      item_is step guarded 300 'Give the emergency Worker an address of its own'
      has_check no
      not_undone 'nobody but this run knows the address'
      ;;
    act)
      http_request POST "${TARGET[cloudflare_url]}/accounts/${TARGET[cloudflare_account]}/workers/scripts/${TARGET[emergency_worker]}/subdomain" '' - "$(json '{ "enabled": true, "previews_enabled": false }')" 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    check)
      http_request GET "${TARGET[cloudflare_url]}/accounts/${TARGET[cloudflare_account]}/workers/scripts/${TARGET[emergency_worker]}/subdomain" '' '/result/enabled' '' 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    check-expect)
      json '{ "equals": true }'
      ;;
  esac
}

item_upload() {
  case $1 in
    about)
      item_is step idempotent 300 'Upload the wanted version to the emergency Worker'
      has_check yes
      hands_on 'version_id' - '\A(?:[0-9a-f-]{36})\z'
      not_undone 'an uploaded version serves nobody'
      ;;
    act)
      in_place "$(out checkout worktree)" '0' EMERGENCY "${TARGET[emergency_worker]}" WRANGLER_ENV "${TARGET[wrangler_env]}" COMMIT "$(out wanted commit)" RUN "$RUN"
      run_script <<'SCRIPT'
# A fresh worktree has no packages, and wrangler has to find those that the Worker imports.
if [[ -f package-lock.json ]]; then timeout 120 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2; fi
said=$(wrangler versions upload --env "$WRANGLER_ENV" --name "$EMERGENCY" --tag "$COMMIT" --message "Rollbot run $RUN")
echo "$said" >&2
[[ $said =~ 'Worker Version ID: '([0-9a-f-]{36}) ]]
echo "${BASH_REMATCH[1]}"
SCRIPT
      ;;
    check)
      in_place '' '0' URL "${TARGET[emergency_url]}/api/version" WANTED "$(out wanted commit)"
      run_script <<'SCRIPT'
answer=$(curl --silent --show-error --max-time 10 --write-out '\n%{http_code}' -- "$URL") || exit 2
status=${answer##*$'\n'}
[[ $status == 200 || $status == 404 || $status == 5?? ]] || exit 2
[[ $status == 200 && $answer == *"\"$WANTED\""* ]]
SCRIPT
      ;;
  esac
}

item_deploy() {
  case $1 in
    about)
      item_is step guarded 300 'Serve it from the emergency Worker, to which nobody is routed yet'
      has_check yes
      not_undone 'nobody is routed to the emergency Worker once the route is back'
      ;;
    act)
      http_request POST "${TARGET[cloudflare_url]}/accounts/${TARGET[cloudflare_account]}/workers/scripts/${TARGET[emergency_worker]}/deployments" '' - "$(json '{ "strategy": "percentage", "versions": [{ "version_id": env.V1, "percentage": 100 }], "annotations": { "workers/message": "Emergency rollback by Rollbot" } }' "$(out upload version_id)")" 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    check)
      in_place '' '0' URL "${TARGET[emergency_url]}/api/version" WANTED "$(out wanted commit)"
      run_script <<'SCRIPT'
answer=$(curl --silent --show-error --max-time 10 --write-out '\n%{http_code}' -- "$URL") || exit 2
status=${answer##*$'\n'}
[[ $status == 200 || $status == 404 || $status == 5?? ]] || exit 2
[[ $status == 200 && $answer == *"\"$WANTED\""* ]]
SCRIPT
      ;;
  esac
}

item_cache_stop_warming() {
  case $1 in
    about)
      item_is step guarded 300 'Cache: Remove the cache-warming jobs from the crontab'
      only_where 'parts' 'all'
      has_check yes
      undone_by 'Put the cache-warming jobs back' guarded 300
      undo_checked yes
      ;;
    act)
      in_place '' '0' STATE_DIR "${TARGET[state_dir]}" RUN "$RUN"
      run_script <<'SCRIPT'
umask 077
mkdir -p -- "$STATE_DIR"
before=$STATE_DIR/crontab-$RUN.before after=$STATE_DIR/crontab-$RUN.after
crontab -l >"$before.new"
mv -- "$before.new" "$before"
is_job='!/^[ \t]*#/ && /cache-warming/'
awk "!($is_job)" "$before" >"$after"
removed=$(awk "$is_job" "$before")
lines() { awk 'END { print NR }' "$@"; }
(($(lines "$before") == $(lines "$after") + $(lines <<<"$removed"))) || { echo 'The lines do not add up.' >&2; exit 1; }
crontab "$after"
# Where no line is left, some crontabs have nothing to list.
if [[ -s $after ]]; then crontab -l | cmp - "$after"; fi
printf 'Removed, and kept in %s:\n%s\n' "$before" "$removed"
SCRIPT
      ;;
    check)
      in_place '' '0'
      run_script <<'SCRIPT'
jobs=$(LC_ALL=C crontab -l 2>&1) || [[ $jobs == *'no crontab for '* ]] || { echo "$jobs" >&2; exit 2; }
! grep -v '^[[:blank:]]*#' <<<"$jobs" | grep cache-warming
SCRIPT
      ;;
    undo)
      in_place '' '0' STATE_DIR "${TARGET[state_dir]}" RUN "$RUN"
      run_script <<'SCRIPT'
before=$STATE_DIR/crontab-$RUN.before after=$STATE_DIR/crontab-$RUN.after
now=$(LC_ALL=C crontab -l 2>&1) || { [[ $now == *'no crontab for '* ]]; now=''; }
if [[ $now != "$(<"$after")" ]]; then
  echo 'Somebody has changed the crontab since. Put these lines back by hand:' >&2
  diff -- "$after" "$before" >&2 || true
  exit 1
fi
crontab "$before"
SCRIPT
      ;;
    undo-check)
      in_place '' '0' STATE_DIR "${TARGET[state_dir]}" RUN "$RUN"
      run_script <<'SCRIPT'
before=$STATE_DIR/crontab-$RUN.before
[[ -s $before ]] || exit 2
now=$(LC_ALL=C crontab -l 2>&1) || [[ $now == *'no crontab for '* ]] || exit 2
[[ $now == "$(<"$before")" ]]
SCRIPT
      ;;
  esac
}

item_cache_let_jobs_end() {
  case $1 in
    about)
      item_is step read 90 'Cache: Wait until no warming job is at work'
      only_where 'parts' 'all'
      polled 1 60 1
      ;;
    act)
      in_place '' '0' STATE_DIR "${TARGET[state_dir]}" RUN "$RUN"
      run_script <<'SCRIPT'
before=$STATE_DIR/crontab-$RUN.before
if [[ ! -f $before ]]; then exit 0; fi # no job was removed
mapfile -t scripts < <(grep -o "[^[:blank:]\"']*cache-warming[^[:blank:]\"']*" "$before" | sort -u)
own=$(ps -o pgid= -p $$)
for script in "${scripts[@]}"; do
  found=0
  jobs=$(pgrep -f -- "$(sed 's/[][\\.*^$+?(){}|]/\\&/g' <<<"$script")") || found=$?
  ((found <= 1)) # 2 and 3: pgrep could not tell
  # This very script has the name of the jobs in it as well, and so has what it runs.
  for job in $jobs; do
    group=$(ps -o pgid= -p "$job") || continue # it has ended since
    if ((group != own)); then
      echo "$script is at work as process $job."
      exit 1
    fi
  done
done
SCRIPT
      ;;
  esac
}

item_cache_clear_prefix() {
  case $1 in
    about)
      item_is step destructive 300 'Cache: Clear the warmed entries'
      only_where 'parts' 'all'
      only_where 'cache_clear' 'prefix'
      has_check no
      approved_by 1 900 no 'devops-engineer' 'lead-developer'
      takes_away 'warmed entries are deleted; the origin takes their load until the cache has filled again'
      not_undone 'deleted entries return when visitors ask for them'
      ;;
    act)
      redis_unlink "$(secret redis_url)" 'warm:*' 500 0.01 1000000
      ;;
    check)
      redis_count "$(secret redis_url)" 'warm:*'
      ;;
    check-expect)
      json '{ "equals": 0 }'
      ;;
  esac
}

item_healthy() {
  case $1 in
    about)
      item_is step read 300 'The emergency Worker is healthy'
      ;;
    act)
      in_place '' '0' URL "${TARGET[emergency_url]}" WANTED "$(out wanted commit)" PAUSE "${TARGET[health_pause]}"
      run_script <<'SCRIPT'
good=0
for look in {1..10}; do
  if curl --fail --silent --show-error --retry 2 --retry-delay 1 --max-time 10 --output /dev/null -- "$URL/api/health" &&
    version=$(curl --fail --silent --show-error --max-time 10 -- "$URL/api/version") && [[ $version == *"\"$WANTED\""* ]]; then
    ((++good))
  else
    good=0
  fi
  echo "Look $look of 10: well $good times running."
  if ((good == 3)); then exit 0; fi
  sleep -- "$PAUSE"
done
exit 1
SCRIPT
      ;;
  esac
}

item_switch() {
  case $1 in
    about)
      item_is step guarded 300 'Switch the traffic to the emergency Worker'
      has_check no
      approved_by 1 900 no 'devops-engineer' 'lead-developer'
      takes_away "everybody is served the emergency Worker from here on, without anything that was released since that version; the Worker of the target serves $(out deployed shares), and goes on to behind the route"
      undone_by 'Switch the traffic back' guarded 300
      undo_checked no
      brings_release 'worker:api' "$(out wanted commit)"
      ;;
    act)
      http_request PUT "${TARGET[cloudflare_url]}/zones/${TARGET[cloudflare_zone]}/workers/routes/${TARGET[worker_route]}" '' - "$(json '{ "pattern": env.V1, "script": env.V2 }' "${TARGET[worker_route_pattern]}" "${TARGET[emergency_worker]}")" 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    check)
      http_request GET "${TARGET[cloudflare_url]}/zones/${TARGET[cloudflare_zone]}/workers/routes/${TARGET[worker_route]}" '' '/result/script' '' 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    check-expect)
      json '{ "equals": env.V1 }' "${TARGET[emergency_worker]}"
      ;;
    undo)
      http_request PUT "${TARGET[cloudflare_url]}/zones/${TARGET[cloudflare_zone]}/workers/routes/${TARGET[worker_route]}" '' - "$(json '{ "pattern": env.V1, "script": env.V2 }' "${TARGET[worker_route_pattern]}" "$(out route script)")" 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    undo-check)
      http_request GET "${TARGET[cloudflare_url]}/zones/${TARGET[cloudflare_zone]}/workers/routes/${TARGET[worker_route]}" '' '/result/script' '' 'authorization' "Bearer $(secret cloudflare_token)"
      ;;
    undo-check-expect)
      json '{ "equals": env.V1 }' "$(out route script)"
      ;;
  esac
}

item_serving() {
  case $1 in
    about)
      item_is step read 150 'Visitors are served the wanted version'
      polled 2 120 3
      ;;
    act)
      http_request GET "${TARGET[api_url]}/api/version" '' '/version' ''
      ;;
    act-expect)
      json '{ "equals": env.V1 }' "$(out wanted commit)"
      ;;
  esac
}

item_degraded() {
  case $1 in
    about)
      item_is step idempotent 300 'Say that the system is degraded but operational'
      undone_by 'Say that the emergency rollback was taken back' idempotent 300
      ;;
    act)
      announce "Degraded but operational. Investigation needed.
Everything is back at $(out wanted commit). Reason: ${PARAM[reason]}.
" 'degraded' "in the incident's channel and in the channel for announcements, calling product-owner and customer-success and executive-team"
      ;;
    undo)
      announce 'The emergency rollback was taken back, and visitors are served the version from before it. Investigation needed.' 'outage' "in the incident's channel and in the channel for announcements, calling product-owner and customer-success and executive-team"
      ;;
  esac
}

item_verify_1() {
  case $1 in
    about)
      item_is verify read 130 'The API is healthy'
      polled 2 100 3
      ;;
    act)
      http_request GET "${TARGET[api_url]}/api/health" '' - ''
      ;;
  esac
}

item_verify_2() {
  case $1 in
    about)
      item_is verify read 150 'Error rate is below 1 %'
      polled 2 120 3
      ;;
    act)
      metric_of_endpoint 'Error rate' '/error_rate' '/requests' - 45 "${TARGET[api_url]}/api/metrics"
      ;;
    act-expect)
      json '{ "below": 0.01 }'
      ;;
  esac
}

item_verify_3() {
  case $1 in
    about)
      item_is verify read 150 'Response times are below 1000 ms (95th percentile)'
      polled 2 120 3
      ;;
    act)
      metric_of_endpoint 'Response time (95th percentile)' '/response_time_p95_ms' '/requests' - 45 "${TARGET[api_url]}/api/metrics"
      ;;
    act-expect)
      json '{ "below": 1000 }'
      ;;
  esac
}

item_verify_4() {
  case $1 in
    about)
      item_is verify read 150 'Database queries take less than 500 ms on average'
      polled 2 120 3
      ;;
    act)
      metric_of_endpoint 'Database queries (average)' '/query_ms_average' - - 45 "${TARGET[api_url]}/api/health/database"
      ;;
    act-expect)
      json '{ "above": 0, "below": 500 }'
      ;;
  esac
}

item_verify_5() {
  case $1 in
    about)
      item_is verify read 150 'Cache hit rate is above 60 %'
      polled 2 120 3
      ;;
    act)
      metric_of_endpoint 'Cache hit rate' '/hit_rate' '/requests' - 45 "${TARGET[api_url]}/api/metrics"
      ;;
    act-expect)
      json '{ "above": 0.6 }'
      ;;
  esac
}

item_verify_6() {
  case $1 in
    about)
      item_is verify read 30 'WebSocket connections are stable'
      asked_of 'lead-developer'
      ;;
    act)
      manual 'WebSocket connections are stable'
      ;;
  esac
}

item_verify_7() {
  case $1 in
    about)
      item_is verify read 30 'No data is corrupted'
      asked_of 'database-admin'
      ;;
    act)
      manual 'No data is corrupted'
      ;;
  esac
}

PREFLIGHT=('preflight.needs' 'preflight.1' 'preflight.2' 'preflight.3' 'deployed' 'route' 'preflight.6' 'running' 'wanted' 'preflight.9' 'preflight.10' 'preflight.11' 'preflight.12' 'preflight.13' 'preflight.14' 'preflight.15')
STEPS=('checkout' 'create' 'address' 'upload' 'deploy' 'cache_stop-warming' 'cache_let-jobs-end' 'cache_clear-prefix' 'healthy' 'switch' 'serving' 'degraded')
VERIFY=('verify.1' 'verify.2' 'verify.3' 'verify.4' 'verify.5' 'verify.6' 'verify.7')

# A part of an item: about, act, act-expect, check, check-expect, undo, undo-check, undo-check-expect.
item() {
  case $1 in
    'preflight.needs') item_preflight_needs "$2" ;;
    'preflight.1') item_preflight_1 "$2" ;;
    'preflight.2') item_preflight_2 "$2" ;;
    'preflight.3') item_preflight_3 "$2" ;;
    'deployed') item_deployed "$2" ;;
    'route') item_route "$2" ;;
    'preflight.6') item_preflight_6 "$2" ;;
    'running') item_running "$2" ;;
    'wanted') item_wanted "$2" ;;
    'preflight.9') item_preflight_9 "$2" ;;
    'preflight.10') item_preflight_10 "$2" ;;
    'preflight.11') item_preflight_11 "$2" ;;
    'preflight.12') item_preflight_12 "$2" ;;
    'preflight.13') item_preflight_13 "$2" ;;
    'preflight.14') item_preflight_14 "$2" ;;
    'preflight.15') item_preflight_15 "$2" ;;
    'checkout') item_checkout "$2" ;;
    'create') item_create "$2" ;;
    'address') item_address "$2" ;;
    'upload') item_upload "$2" ;;
    'deploy') item_deploy "$2" ;;
    'cache_stop-warming') item_cache_stop_warming "$2" ;;
    'cache_let-jobs-end') item_cache_let_jobs_end "$2" ;;
    'cache_clear-prefix') item_cache_clear_prefix "$2" ;;
    'healthy') item_healthy "$2" ;;
    'switch') item_switch "$2" ;;
    'serving') item_serving "$2" ;;
    'degraded') item_degraded "$2" ;;
    'verify.1') item_verify_1 "$2" ;;
    'verify.2') item_verify_2 "$2" ;;
    'verify.3') item_verify_3 "$2" ;;
    'verify.4') item_verify_4 "$2" ;;
    'verify.5') item_verify_5 "$2" ;;
    'verify.6') item_verify_6 "$2" ;;
    'verify.7') item_verify_7 "$2" ;;
  esac
}

# ==== How such a script works

# ---- Values: what stands for a reference is data everywhere, and nothing here reads it as code.

# A value that is missing keeps its action from beginning, wherever among the arguments it was asked for.
mistake() {
  printf '%s\n' "$*" >>"$ANSWER/mistake"
}

# The value of a secret; its name alone where an action is shown.
secret() {
  local where=${SECRET[$1]} value=''
  if [[ $SHOWING == yes ]]; then
    printf '%s' "\${secrets.$1}"
    return
  fi
  case $where in
    env:*)
      where=${where#env:}
      value=${!where-}
      ;;
    file:*) value=$(cat -- "${where#file:}" 2>/dev/null) ;;
  esac
  if [[ -z $value ]]; then mistake "The secret $1 is read from ${SECRET[$1]#*:}, which is not set or empty."; fi
  printf '%s' "$value"
}

# What an item of this run has handed on.
out() {
  if [[ -n ${OUT[$1.$2]-} ]]; then
    printf '%s' "${OUT[$1.$2]}"
  else
    if [[ $DRY_RUN == no ]]; then mistake "\${steps.$1.$2} has no value, because that step has not given it."; fi
    printf '%s' "\${steps.$1.$2}"
  fi
}

# JSON whose texts are filled in: the template has them as env.V1, env.V2 and so on.
json() {
  local template=$1 number=0 value
  shift
  (
    for value in "$@"; do export "V$((++number))=$value"; done
    exec jq --null-input --compact-output "
      def list: split(\",\") | map(sub(\"^\\\\s+\"; \"\") | sub(\"\\\\s+\$\"; \"\"))
        | if any(. == \"\") then error(\"an empty item\") else reduce .[] as \$item ([]; if index(\$item) then . else . + [\$item] end) end;
      $template" 2>/dev/null
  ) || mistake 'A text with commas has an empty item.'
}

# Reads %XX.
decoded() {
  local text=${1//\\/\\\\}
  printf '%b' "${text//%/\\x}"
}

# Words as somebody would type them, with quotes where they matter.
in_words() {
  local word words=''
  for word in "$@"; do
    if [[ ! $word =~ ^[A-Za-z0-9_@%+=:,./\$\{\}\*?-]+$ ]]; then word="'${word//\'/\'\\\'\'}'"; fi
    words+="${words:+ }$word"
  done
  printf '%s' "$words"
}

# ---- Answers: how an action says what came of it. Each of these ends the action.

answer() {
  printf '%s' "$1" >"$ANSWER/status"
  printf '%s' "$2" >"$ANSWER/says"
  exit 0
}

# It happened.
done_now() { answer ok "$1"; }

# Nothing had to be done.
done_already() { answer already "$1"; }

# It did not do what it should, or nothing happened at all.
failed() { answer failed "$1"; }

# Nobody knows whether it happened.
unknown() { answer unknown "$1"; }

# What was observed: JSON on the input.
observed() { cat >"$ANSWER/value"; }

# The same where it is a text.
observed_text() { printf '%s' "$1" | jq --raw-input --slurp 'sub("\\A\\s+"; "") | sub("\\s+\\z"; "")' >"$ANSWER/value"; }

# A value that the action itself hands on.
gives() { printf '%s' "$2" >"$ANSWER/given.$1"; }

# Why there is no value where one should be.
unreadable() { printf '%s' "$1" >"$ANSWER/unreadable"; }

# Has to stand before anything is done: a value that is missing ends the action here.
begin() {
  if [[ -s $ANSWER/mistake ]]; then failed "Nothing was done: $(head -n 1 "$ANSWER/mistake")"; fi
}

# The last line with anything on it.
last_line() {
  shortened 300 "$(cat -- "$@" 2>/dev/null | grep '[^[:space:]]' | tail -n 1)"
}

# What breaks off from here on has changed nothing that matters.
harmless() { : >"$ANSWER/harmless"; }

# ---- Judging: whether what was observed is what it should be.

JUDGE=$(
  cat <<'JQ'
def say: if type == "string" then . else tojson end;
def hidden: (env.HIDDEN_TEXTS // "") | split("\u001e")[] | select(. != "");
def shown: reduce hidden as $secret (tojson; split($secret) | join("***")) | if length > 120 then .[:120] + "…" else . end;
def scalar: type | . != "object" and . != "array";
def same($wanted): if ($wanted | scalar) and scalar
  then (if ($wanted | type) == "number" and type == "number" then . == $wanted else say == ($wanted | say) end)
  else (if type == "string" then (. as $text | try fromjson catch $text) else . end) == $wanted end;
def holds($wanted): if type == "array" then any(.[]; same($wanted)) else say | contains($wanted) end;
def figure: if type == "number" then . elif type != "string" then null
  else (capture("\\A\\s*[+]?(?<n>-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?)\\s*(?<p>%?)\\s*\\z"; "i") // null)
    | if . == null then null elif .p == "%" then (.n | tonumber) / 100 else (.n | tonumber) end end;
def pointer($at): if $at == "" then [.] else
  reduce ($at[1:] | split("/") | if . == [] then [""] else . end | .[] | gsub("~1"; "/") | gsub("~0"; "~")) as $key ([.];
    if . == [] then .
    elif (.[0] | type) == "object" and (.[0] | has($key)) then [.[0][$key]]
    elif (.[0] | type) == "array" and ($key | test("\\A(0|[1-9][0-9]*)\\z")) and (.[0] | length) > ($key | tonumber) then [.[0][$key | tonumber]]
    else [] end) end;
def wishes($expect): . as $it | (figure) as $n | [
  (if $expect | has("equals") then { says: "equal \($expect.equals | shown)", holds: ($it | same($expect.equals)) } else empty end),
  (if $expect | has("not") then { says: "not equal \($expect.not | shown)", holds: ($it | same($expect.not) | not) } else empty end),
  (if $expect | has("contains") then { says: "contain \($expect.contains | shown)", holds: ($it | holds($expect.contains)) } else empty end),
  (if $expect | has("matches") then { says: "match /\($expect.written)/", holds: ($it | say | .[:65536] | test($expect.matches)) } else empty end),
  (if $expect | has("above") then { says: "be above \($expect.above)", holds: ($n != null and $n > $expect.above) } else empty end),
  (if $expect | has("below") then { says: "be below \($expect.below)", holds: ($n != null and $n < $expect.below) } else empty end),
  (if $expect | has("atLeast") then { says: "be at least \($expect.atLeast)", holds: ($n != null and $n >= $expect.atLeast) } else empty end),
  (if $expect | has("atMost") then { says: "be at most \($expect.atMost)", holds: ($n != null and $n <= $expect.atMost) } else empty end)];
def judge($expect): if . == [] then { holds: false, says: "There is nothing to compare, and there should be." } else .[0]
  | wishes($expect) as $wishes | ($wishes | all(.holds)) as $holds
  | { $holds, says: (if $holds then "It is \(shown), as it should be." else "It is \(shown), and it should \($wishes | map(.says) | join(" and "))." end) } end;
JQ
)

# Judges the answer of an action against what it has to observe: sets STATUS and SAYS.
judge() {
  local expect=$1 value=/dev/null whole=/dev/null verdict
  if [[ -f $ANSWER/value ]]; then value=$ANSWER/value; fi
  if [[ -f $ANSWER/json ]]; then whole=$ANSWER/json; fi
  verdict=$(
    HIDDEN_TEXTS=$(printf '%s\x1e' ${HIDDEN[@]+"${HIDDEN[@]}"}) EXPECT=$expect jq --null-input --compact-output --slurpfile value "$value" --slurpfile whole "$whole" "$JUDGE"'
      (env.EXPECT | fromjson) as $expect | ($value | judge($expect)) as $judged
      | if $judged.holds and ($expect | has("beside"))
        then (if $whole == [] then [] else $whole[0] | pointer($expect.beside.pointer) end | judge($expect.beside)) as $other
          | { holds: $other.holds, says: "\($judged.says) Beside it, at \($expect.beside.pointer): \($other.says)" }
        else $judged end' 2>/dev/null
  ) || verdict='{"holds":false,"says":"It could not be judged."}'
  if [[ $(jq .holds <<<"$verdict") != true ]]; then STATUS=failed; fi
  SAYS="$SAYS $(jq --raw-output .says <<<"$verdict")"
}

# Reads a value that later items need. It becomes an argument of theirs, so it must not look like an option.
read_output() {
  local id=$1 name=$2 pointer=$3 pattern=$4 value
  if [[ $pointer == - && -f $ANSWER/given.$name ]]; then
    value=$(cat "$ANSWER/given.$name")
  elif [[ $pointer == - ]]; then
    value=$(jq --raw-output 'if type == "string" then . else tojson end' "$ANSWER/value" 2>/dev/null)
  else
    value=$(
      { if [[ -f $ANSWER/json ]]; then cat "$ANSWER/json"; else jq --raw-output . "$ANSWER/value"; fi; } 2>/dev/null |
        jq --raw-output --arg at "$pointer" "$JUDGE"'pointer($at)[0]
          | if type == "object" or type == "array" or . == null then empty elif type == "string" then . else tojson end' 2>/dev/null
    )
  fi
  if [[ -z $value ]]; then
    SAYS="$SAYS The output \"$name\" is missing."
  elif ((${#value} > 4096)); then
    SAYS="$SAYS The output \"$name\" is longer than 4096 characters."
  elif [[ $pattern == - && $value == -* ]]; then
    SAYS="$SAYS The output \"$name\" begins with a dash and has no pattern that allows it."
  elif [[ $pattern != - ]] && ! jq --exit-status --null-input --arg value "$value" --arg pattern "$pattern" '$value | test($pattern)' >/dev/null; then
    SAYS="$SAYS The output \"$name\" does not look as it must."
  elif [[ $(redact "$value") != "$value" ]]; then
    SAYS="$SAYS The output \"$name\" looks like a secret, and outputs are written down."
  else
    OUT[$id.$name]=$value
    return
  fi
  STATUS=failed
}

# ---- The log, and what is told to others: no secret gets into either.

# Takes the values of secrets out of a text, as they are, percent-encoded, in base64, as in JSON, and on one line.
redact() {
  local text=$1 value
  for value in ${HIDDEN[@]+"${HIDDEN[@]}"}; do text=${text//"$value"/"***"}; done
  printf '%s' "$text"
}

# No more than so many characters of a text. Secrets go first: of one that was cut in two nobody would find the rest.
shortened() {
  local text
  text=$(redact "$2")
  printf '%s' "${text:0:$1}"
}

# The same for what a program prints, line by line and without what could move a terminal's cursor.
redact_lines() {
  local line
  LC_ALL=C sed -u -e 's/\x1b\[[0-9;?]*[a-zA-Z]//g' -e 's/[\x00-\x08\x0b-\x1f\x7f]//g' |
    while IFS= read -r line || [[ -n $line ]]; do printf '    %s\n' "$(redact "$line")"; done
}

say() { printf '%s\n' "$(redact "$*")"; }

hide() {
  local value=$1 line
  if ((${#value} < 4)); then return; fi
  HIDDEN+=("$value" "$(V=$value jq --null-input --raw-output 'env.V | @uri')" "$(printf '%s' "$value" | base64 -w 0)")
  HIDDEN+=("$(V=$value jq --null-input --raw-output 'env.V | tojson | .[1:-1]')" "${value//$'\n'/ }")
  if [[ $value == *$'\n'* ]]; then
    while IFS= read -r line; do if ((${#line} >= 8)); then HIDDEN+=("$line"); fi; done <<<"$value"
  fi
}

# Appends one fact to the log, chained to the line before by its SHA-256, and has it on disk before anything else happens.
log() {
  local event=$1 line
  shift
  local -a fields=()
  while (($# > 1)); do
    fields+=(--arg "$1" "$(redact "$2")")
    shift 2
  done
  line=$(
    jq --null-input --compact-output --arg at "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --arg run "$RUN" --arg event "$event" --arg prev "$PREVIOUS" \
      ${fields[@]+"${fields[@]}"} '{ at: $at, run: $run, event: $event } + ($ARGS.named | del(.at, .run, .event, .prev)) + { prev: $prev }'
  ) || give_up 'The log could not be written.'
  if ! { printf '%s\n' "$line" >>"$LOG" && sync -- "$LOG"; }; then give_up "The log $LOG could not be written."; fi
  PREVIOUS=$(digest_of "$line")
}

digest_of() { printf '%s' "$1" | sha256sum | cut -d ' ' -f 1; }

# Without a log nothing more is done, because nobody could tell afterwards what was.
give_up() {
  printf '%s\n' "$1 Nothing more is done." >&2
  trap - EXIT
  exit "$NOT_VERIFIED"
}

# Tells the people behind ROLLBACK_WEBHOOK_URL; that they can't be told stops nothing.
notify() {
  local text
  text=$(redact "$1")
  if [[ -z ${ROLLBACK_WEBHOOK_URL-} ]]; then return; fi
  T="$LABEL$text" jq --null-input --compact-output '{ text: env.T }' |
    curl --disable --silent --show-error --fail --max-time 10 --request POST --header 'content-type: application/json' --data-binary @- \
      --config <(curl_option url "$ROLLBACK_WEBHOOK_URL") --output /dev/null 2>/dev/null ||
    printf '%s\n' '  (The webhook did not take the notification.)'
}

# One line of a curl configuration: what stands in it is in no list of processes.
curl_option() {
  local text=${2//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\r'/\\r}
  printf '%s = "%s"\n' "$1" "$text"
}

# ---- Acting: each action in a process group of its own, which is ended when its time is over.

# Performs a part of an item (act, check, undo, undo-check) for at most so many seconds. Sets STATUS, SAYS and EXIT_STATUS.
perform() {
  local id=$1 part=$2 seconds=$3 follow=$4 effect=$5 code=0 follower=''
  fresh_answer
  ACTS_AS=$effect
  set -m
  (
    set -euo pipefail
    trap - INT TERM HUP EXIT
    item "$id" "$part"
    failed 'The action has said nothing.'
  ) </dev/null >"$ANSWER/stdout" 2>"$ANSWER/stderr" 3<&- 9>&- &
  GROUP=$!
  (
    sleep "$seconds"
    : >"$ANSWER/late"
    kill -TERM -- "-$GROUP" && sleep "$GRACE_SECONDS"
    kill -KILL -- "-$GROUP"
  ) </dev/null >/dev/null 2>&1 3<&- 9>&- &
  WATCHDOG=$!
  set +m
  if [[ $follow == yes ]]; then
    {
      follow "$ANSWER/stdout" &
      follow "$ANSWER/stderr"
      wait
    } &
    follower=$!
  fi
  { wait "$GROUP" || code=$?; } 2>/dev/null
  while alive "$GROUP"; do sleep 0.1; done
  if [[ -n $follower ]]; then wait "$follower"; fi
  GROUP=''
  {
    kill -KILL -- "-$WATCHDOG"
    wait "$WATCHDOG"
  } 2>/dev/null
  conclude "$code" "$effect" "$seconds"
}

# Shows what comes into a file until the group has ended. Each has its own, so that no line is a mixture in which no secret is found.
follow() { tail -n +1 -s 0.2 -f --pid="$GROUP" "$1" 2>/dev/null | redact_lines; }

fresh_answer() {
  rm -rf -- "${ANSWER:?}"
  mkdir -m 700 -- "$ANSWER"
  # Whoever follows them must find them, however late the action begins.
  : >"$ANSWER/stdout"
  : >"$ANSWER/stderr"
}

# Whether a process of the group still runs; those that have ended and were not yet collected don't count.
alive() { ps -e -o pgid=,stat= | awk -v group="$1" '$1 == group && $2 !~ /^Z/ { found = 1 } END { exit !found }'; }

# Reads what an action has left behind: what was cut short, or broke off, may have happened unless it only reads.
conclude() {
  local code=$1 effect=$2 seconds=$3
  EXIT_STATUS=$(cat "$ANSWER/exit" 2>/dev/null) || EXIT_STATUS=''
  if [[ -f $ANSWER/status && ! -f $ANSWER/late ]]; then
    STATUS=$(cat "$ANSWER/status") SAYS=$(tr '\n' ' ' <"$ANSWER/says")
    return
  fi
  STATUS=unknown SAYS="It broke off with exit status $code: $(last_line "$ANSWER/stderr")"
  if [[ -f $ANSWER/late ]]; then SAYS="It had not ended after $seconds s, so it was ended, and nobody knows how far it came."; fi
  if [[ $effect == read || (-f $ANSWER/harmless && ! -f $ANSWER/late) ]]; then STATUS=failed; fi
}

# Judges an answer and reads the values that later items need.
settle() {
  local id=$1 part=$2 expect
  if [[ $STATUS != ok && $STATUS != already ]]; then return; fi
  expect=$(item "$id" "$part-expect")
  if [[ -s $ANSWER/mistake ]]; then
    STATUS=failed SAYS="$SAYS $(head -n 1 "$ANSWER/mistake")"
    return
  fi
  if [[ -s $ANSWER/unreadable && (-n $expect || $part == act && ${#OUTPUTS[@]} -gt 0 || -f $ANSWER/needed) ]]; then
    STATUS=unknown SAYS="$SAYS $(cat "$ANSWER/unreadable")"
    if [[ $EFFECT == read || $part == *check ]]; then STATUS=failed; fi
    return
  fi
  if [[ -n $expect ]]; then judge "$expect"; fi
  if [[ $part != act || $STATUS == failed ]]; then return; fi
  local number file
  for file in "$ANSWER"/given.*; do if [[ -f $file ]]; then read_output "$id" "${file##*/given.}" - -; fi; done
  for ((number = 0; number < ${#OUTPUTS[@]}; number += 3)); do
    read_output "$id" "${OUTPUTS[number]}" "${OUTPUTS[number + 1]}" "${OUTPUTS[number + 2]}"
  done
}

# Asks again and again until it holds as often in a row as it should, and never beyond its window.
poll() {
  local id=$1 every=$2 within=$3 times=$4 row=0 asked=0 until asked_at limit pause heard='' status=''
  until=$(later "$EPOCHREALTIME" "$within")
  while true; do
    asked_at=$EPOCHREALTIME
    limit=$(awk -v now="$asked_at" -v until="$until" 'BEGIN { left = until - now; print (left > 30 ? 30 : left < 0.1 ? 0.1 : left) }')
    perform "$id" act "$limit" no read
    settle "$id" act
    asked=$((asked + 1))
    if [[ $STATUS == ok || $STATUS == already ]]; then row=$((row + 1)); else row=0; fi
    if ((row >= times)); then return; fi
    # The last question is often cut off by the end of the window; what was answered before it says more.
    if [[ ! -f $ANSWER/late || -z $heard ]]; then heard=$SAYS status=$EXIT_STATUS; fi
    say "    question $asked ($row of $times in a row): $SAYS"
    pause=$(awk -v now="$EPOCHREALTIME" -v then="$(later "$asked_at" "$every")" 'BEGIN { print (then > now ? then - now : 0) }')
    awk -v now="$EPOCHREALTIME" -v pause="$pause" -v until="$until" 'BEGIN { exit !(now + pause < until) }' || break
    sleep "$pause"
  done
  STATUS=failed EXIT_STATUS=$status SAYS="It did not hold$(if ((times > 1)); then printf ' %s times in a row' "$times"; fi) within $within s, asked $asked times. $heard"
}

later() { awk -v now="$1" -v seconds="$2" 'BEGIN { printf "%.6f", now + seconds }'; }

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

# ---- Items: what the procedure consists of, and how one of them lives.

# How an item describes itself, in the part "about".
forget() {
  CAPTION='' PHASE='' EFFECT='' SECONDS_ALLOWED='' SKIP='' BECAUSE='' ASKED='' HAS_CHECK=no CHECK_IS_PROGRAM=no
  AFTER=() OUTPUTS=() POLL=() APPROVERS=() NEED=0 APPROVE_SECONDS='' DIFFERENT_ROLES=no
  UNDO='' UNDO_EFFECT='' UNDO_SECONDS='' UNDO_ASKED='' UNDO_HAS_CHECK=no UNDO_CHECK_IS_PROGRAM=no NO_UNDO='' REPEATS=no RELEASES='' FORWARD=''
}

item_is() { PHASE=$1 EFFECT=$2 SECONDS_ALLOWED=$3 CAPTION=$4; }

comes_after() { AFTER=("$@"); }

only_where() { if [[ ${PARAM[$1]} != "$2" ]]; then SKIP="Only where $1 is $2, and here it is ${PARAM[$1]}."; fi; }

asked_of() { ASKED=$1; }

polled() { POLL=("$@"); }

hands_on() { OUTPUTS+=("$1" "$2" "$3"); }

has_check() { HAS_CHECK=yes CHECK_IS_PROGRAM=$1; }

approved_by() { NEED=$1 APPROVE_SECONDS=$2 DIFFERENT_ROLES=$3 APPROVERS=("${@:4}"); }

takes_away() { BECAUSE=$1; }

undone_by() { UNDO=$1 UNDO_EFFECT=$2 UNDO_SECONDS=$3 UNDO_ASKED=${4-}; }

undo_checked() { UNDO_HAS_CHECK=yes UNDO_CHECK_IS_PROGRAM=$1; }

not_undone() { NO_UNDO=$1; }

may_repeat() { REPEATS=yes; }

brings_release() { RELEASES="$1 $2"; }

describe() {
  forget
  item "$1" about
}

caption() { printf '%s (%s)' "$CAPTION" "$1"; }

# Runs one item to its end: sets RESULT to ok, already, skipped, failed or unknown.
run_item() {
  local id=$1 attempt=1
  FOUND=no
  describe "$id"
  if [[ -n $SKIP ]]; then
    RESULT=skipped
    say "- $(caption "$id"): left out. $SKIP"
    return
  fi
  if [[ $PHASE == verify && -n $ASKED && $CHANGED == no ]]; then
    RESULT=skipped
    say "- $(caption "$id"): not asked, because nothing was changed."
    return
  fi
  say "- $(caption "$id")"
  while true; do
    attempt_item "$id" "$attempt"
    RESULT=$STATUS
    if [[ $STATUS == unknown ]]; then find_out "$id" "$attempt"; fi
    if [[ $RESULT != again ]]; then break; fi
    attempt=$((attempt + 1))
  done
  say "  $RESULT: $SAYS"
  if [[ $PHASE == step && $EFFECT != read && ($RESULT == ok || ($RESULT == already && ($attempt -gt 1 || $FOUND == yes))) ]]; then
    CHANGED=yes
    UNDOABLE+=("$id")
    if [[ -n $RELEASES ]]; then RELEASED+=("$RELEASES"); fi
  fi
}

attempt_item() {
  local id=$1 attempt=$2 digest
  if [[ $HAS_CHECK == yes ]]; then
    ask_check "$id" check
    if [[ $STATUS != not-done ]]; then
      log step-checked step "$id" attempt "$attempt" outcome "$STATUS" says "$SAYS"
      return
    fi
  fi
  if [[ -n $ASKED ]]; then
    ask_person "$id" act "$attempt" "$ASKED"
    return
  fi
  fresh_answer
  if ! digest=$(show "$id" act "$attempt") || [[ -s $ANSWER/mistake ]]; then
    STATUS=failed SAYS="Nothing was done: $(head -n 1 "$ANSWER/mistake")"
    return
  fi
  if ((NEED > 0)); then
    display "$id" act "$digest"
    approve "$id" "$attempt" "$digest" || return
    if [[ $HAS_CHECK == yes ]]; then
      ask_check "$id" check
      if [[ $STATUS != not-done ]]; then return; fi
    fi
  fi
  act "$id" act "$attempt" "$digest"
}

# The intent is in the log before anything happens, and the result after it.
act() {
  local id=$1 part=$2 attempt=$3 digest=$4 effect=$EFFECT seconds=$SECONDS_ALLOWED follow=no
  if [[ $part == undo ]]; then effect=$UNDO_EFFECT seconds=$UNDO_SECONDS; fi
  if [[ $effect != read ]]; then log step-intended step "$id" part "$part" attempt "$attempt" digest "$digest"; fi
  if [[ $effect != read ]]; then IN_FLIGHT=$id; fi
  if ((${#POLL[@]} > 0)) && [[ $part == act ]]; then
    poll "$id" "${POLL[@]}"
  else
    if [[ $PHASE == step ]]; then follow=yes; fi
    perform "$id" "$part" "$seconds" "$follow" "$effect"
    settle "$id" "$part"
  fi
  IN_FLIGHT=''
  SAYS=$(redact "$SAYS")
  log step-finished step "$id" part "$part" attempt "$attempt" outcome "$STATUS" says "$SAYS"
}

# Whether the effect has happened already: STATUS is already, not-done, or failed where the check can't tell.
ask_check() {
  local id=$1 part=$2 is_program=$CHECK_IS_PROGRAM
  if [[ $part == undo-check ]]; then is_program=$UNDO_CHECK_IS_PROGRAM; fi
  perform "$id" "$part" "$CHECK_SECONDS" no read
  if [[ $STATUS == ok || $STATUS == already ]]; then settle "$id" "$part"; fi
  SAYS=$(redact "$SAYS")
  if [[ $STATUS == ok || $STATUS == already ]]; then
    STATUS=already SAYS="nothing to do: $SAYS"
  elif [[ $is_program == yes && $EXIT_STATUS == 1 ]] || [[ $is_program == no && -f $ANSWER/value ]]; then
    STATUS=not-done
  else
    STATUS=failed SAYS="its check can't tell: $SAYS"
  fi
}

# What would run, with the names of secrets in place of their values; its digest is what an approval is bound to.
show() {
  local shown
  shown=$(
    set -e
    SHOWING=yes item "$1" "$2" </dev/null
  ) || return
  digest_of "$RUN $1 $2 $3 $TARGET_NAME $NEED ${APPROVERS[*]} $shown"
}

display() {
  local shown=$ANSWER/shown
  SHOWING=yes item "$1" "$2" </dev/null >"$shown"
  say "  This will run on $TARGET_NAME ($EFFECT), and nothing else. Digest ${3:0:8}."
  if [[ -n $BECAUSE ]]; then say "  What it takes away: $BECAUSE"; fi
  if [[ -n $UNDO ]]; then say "  It can be undone: $UNDO"; else say "  Point of no return: ${NO_UNDO:-it has no undo}."; fi
  redact_lines <"$shown"
}

# Nobody knows whether it happened. What is harmless runs again by itself, a check is asked, and else a person says so.
find_out() {
  local id=$1 attempt=$2
  log step-unknown step "$id" attempt "$attempt" says "$SAYS"
  say "  unknown: $SAYS"
  if ((attempt < 3)) && [[ $EFFECT == read || $EFFECT == idempotent || ($EFFECT == guarded && $HAS_CHECK == no && $REPEATS == yes) ]]; then
    RESULT=again
    say '  It does no harm to run it again.'
    return
  fi
  if ((attempt < 3)) && [[ $EFFECT == guarded && $HAS_CHECK == yes ]]; then
    ask_check "$id" check
    if [[ $STATUS == already ]]; then
      RESULT=already SAYS="it happened: $SAYS"
      log step-settled step "$id" attempt "$attempt" as happened by 'its check'
      FOUND=yes CHANGED=yes
      return
    fi
    if [[ $STATUS == not-done ]]; then
      RESULT=again
      log step-settled step "$id" attempt "$attempt" as run-again by 'its check'
      return
    fi
  fi
  notify "$TITLE on $TARGET_NAME: nobody knows whether \"$CAPTION\" happened. Somebody has to look."
  while true; do
    ask "  Look whether it happened. Type \"happened\", \"again\" (it did not) or \"stop\":" || REPLY=stop
    case $REPLY in
      happened)
        ask_name '  Your name:' || continue
        log step-settled step "$id" attempt "$attempt" as happened by "$NAME"
        RESULT=ok SAYS="$NAME says that it happened." CHANGED=yes
        return
        ;;
      again)
        ask_name '  Your name:' || continue
        log step-settled step "$id" attempt "$attempt" as run-again by "$NAME"
        RESULT=again
        return
        ;;
      stop)
        RESULT=unknown
        return
        ;;
    esac
  done
}

# A question, or something that only a person can do.
ask_person() {
  local id=$1 part=$2 attempt=$3 role=$4 wanted=yes other=no said
  if [[ $PHASE == step ]]; then
    wanted='done' other='not done'
    log step-intended step "$id" part "$part" attempt "$attempt" by "$role"
    IN_FLIGHT=$id
  fi
  SHOWING=yes item "$id" "$part" </dev/null | redact_lines
  say "  For $role."
  while true; do
    if ! ask "  Type \"$wanted\" or \"$other\":"; then
      STATUS=failed SAYS='Nobody has answered.'
      if [[ $PHASE == step ]]; then STATUS=unknown SAYS='Nobody has said whether it was done.'; fi
      break
    fi
    said=$REPLY
    case $said in
      "$wanted") STATUS=ok ;;
      "$other") STATUS=failed ;;
      *) continue ;;
    esac
    ask_name '  Your name:' || continue
    SAYS="$NAME says: $said."
    break
  done
  IN_FLIGHT=''
  log step-finished step "$id" part "$part" attempt "$attempt" outcome "$STATUS" says "$SAYS" role "$role"
}

# ---- Undo: what was done is taken back in the reverse order, and the first that can't be ends it.

undo_all() {
  local number id
  for ((number = ${#UNDOABLE[@]} - 1; number >= 0; number--)); do
    id=${UNDOABLE[number]}
    describe "$id"
    if [[ -z $UNDO ]]; then
      say "- $(caption "$id") stays: ${NO_UNDO:-it has no undo}."
      continue
    fi
    say "- $UNDO ($id)"
    undo_one "$id"
    say "  $STATUS: $SAYS"
    if [[ $STATUS != ok && $STATUS != already ]]; then return 1; fi
    note_undone "$id"
    UNDONE=$((UNDONE + 1))
    unset 'UNDOABLE[number]'
  done
}

undo_one() {
  local id=$1 digest
  if [[ $UNDO_HAS_CHECK == yes ]]; then
    ask_check "$id" undo-check
    if [[ $STATUS != not-done ]]; then return; fi
  fi
  if [[ -n $UNDO_ASKED ]]; then
    ask_person "$id" undo 1 "$UNDO_ASKED"
    return
  fi
  fresh_answer
  if ! digest=$(show "$id" undo 1) || [[ -s $ANSWER/mistake ]]; then
    STATUS=failed SAYS="Nothing was done: $(head -n 1 "$ANSWER/mistake")"
    return
  fi
  act "$id" undo 1 "$digest"
}

# ---- Branches that a run was to move forward, and that do not have what it has left running

# One line for each: whoever deploys from it next would bring the trouble back.
behind() {
  local id deployed='' owner='' commit
  for id in ${STEPS[@]+"${STEPS[@]}"}; do
    describe "$id"
    if [[ -n $RELEASES ]] && stands "$id"; then deployed=${RELEASES#* }; fi
    owner=${owner:-${APPROVERS[0]-}}
  done
  for id in ${STEPS[@]+"${STEPS[@]}"}; do
    describe "$id"
    if [[ -z $FORWARD || ${OUT[$id.reached]-} == main ]]; then continue; fi
    if [[ -z $deployed ]] && ! stands "$id"; then continue; fi
    commit=${OUT[$id.commit]-$deployed}
    is_behind "$FORWARD" "${commit:0:12}" 'what runs now' 'taken back' "$owner"
  done
  for id in ${BEHIND_AGAIN[@]+"${BEHIND_AGAIN[@]}"}; do is_behind "${id%%:*}" "${id#*:}" 'what was there before' undone "$owner"; done
}

is_behind() {
  printf 'To do within 4h%s: Bring the branch %s to %s before anybody deploys from it: it still has what was %s\n' \
    "${5:+, by $5}" "$1" "${2:-$3}" "$4"
}

# Whether what a step has done is still so.
stands() { among "$1" ${UNDOABLE[@]+"${UNDOABLE[@]}"}; }

# An undo that could not move the branch on which its step had come.
note_undone() {
  local commit reached
  if [[ -z $FORWARD || ${OUT[$1.reached]-} != main || ! -f $ANSWER/given.reached ]]; then return; fi
  reached=$(<"$ANSWER/given.reached") commit=$(<"$ANSWER/given.commit")
  if [[ $reached != main ]]; then BEHIND_AGAIN+=("$FORWARD:${commit:0:12}"); fi
}

# ---- Parameters: the same rules as Rollbot's, and of letters only those that anybody can tell apart

plain_text() {
  if [[ -z ${1//[[:space:]]/} ]]; then echo 'is empty'; fi
  if ((${#1} > 500)); then echo 'is longer than 500 characters'; fi
  if [[ $(LC_ALL=C tr -d '\040-\176' <<<"$1") != '' ]]; then echo 'holds something else than plain letters, digits and signs (ASCII)'; fi
}

no_dash() { if [[ $1 == -* ]]; then echo 'begins with a dash, which a program could read as an option'; fi; }

one_of() {
  local value=$1 each
  shift
  for each in "$@"; do if [[ $each == "$value" ]]; then return; fi; done
  echo "is \"$value\", which is not a choice: $*"
}

looks_like() {
  if ! jq --exit-status --null-input --arg value "$1" --arg pattern "$2" '$value | test($pattern)' >/dev/null; then
    echo "is \"$1\", which does not look as it must: $2"
  fi
}

git_name() {
  local name='^[A-Za-z0-9_][A-Za-z0-9._/-]{0,99}$' never='\.\.|//|\.lock(/|$)|[./]$|/\.'
  if [[ $1 =~ ^[0-9a-f]{4,40}$ ]] || [[ $1 =~ $name && ! $1 =~ $never ]]; then return; fi
  echo "is \"$1\", which names no commit: give 4 to 40 hexadecimal digits, or a tag or branch"
}

set_param() {
  local says
  says=$(param_mistake "$1" "$2" | head -n 1)
  if [[ -n $says ]]; then wrong_usage "$1 $says. Try --help."; fi
  if [[ -n ${GIVEN[$1]-} ]]; then wrong_usage "$1 is given twice."; fi
  GIVEN[$1]=yes PARAM[$1]=$2
}

require_params() {
  local name
  for name in "${!PARAM[@]}"; do if [[ -z ${PARAM[$name]} ]]; then wrong_usage "$name is missing: add $name=<value>. Try --help."; fi; done
}

said_params() {
  local name
  for name in "${!PARAM[@]}"; do printf '%s=%s\n' "$name" "${PARAM[$name]}"; done | sort | paste -s -d ' '
}

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

# ---- HTTP: one request, directly, without a proxy, a redirect or a second try

# Method, URL, good statuses (none: 200 to 299), pointer (-: all of the answer), body, then names and values of headers.
http_request() {
  local method=$1 url=$2 statuses=$3 pointer=$4 body=$5 name code=0 status reached kind first
  shift 5
  if [[ $SHOWING == yes ]]; then
    printf '%s %s\n' "$method" "$url"
    while (($# > 1)); do
      printf '%s: %s\n' "$1" "$2"
      shift 2
    done
    if [[ -n $body ]]; then jq . <<<"$body"; fi
    return
  fi
  begin
  if [[ ! $url =~ ^https?://[^/?#@]+([/?#]|$) ]]; then failed 'The address is no http or https URL, or it has a user in it: correct the procedure or the target.'; fi
  name="$method ${url%%[?#]*}"
  read -r status reached kind < <(
    curl --disable --silent --show-error --noproxy '*' --proto '=http,https' --connect-timeout 10 --max-filesize 1048576 \
      --output "$ANSWER/body" --write-out '%{http_code} %{time_pretransfer} %{content_type}' --config <(request_options "$@") || printf ' %s' "$?" >"$ANSWER/curl"
  ) || true
  if [[ -f $ANSWER/curl ]]; then code=$(cat "$ANSWER/curl"); fi
  if ((code != 0 && code != 63)); then lost_request; fi
  printf '%s: %s\n' "$name" "$status" >&2
  first=$(shortened 300 "$(grep -m 1 '[^[:space:]]' "$ANSWER/body" 2>/dev/null)")
  if ! good_status; then
    if ((status >= 500 && status != 501 && status != 505 && status != 511)) && ! only_reads; then
      unknown "$name answered $status, which leaves open whether it happened${first:+: $first}"
    fi
    failed "$name answered $status${first:+: $first}"
  fi
  read_body
  done_now "$name answered $status."
}

request_options() {
  curl_option url "$url"
  if [[ $method == HEAD ]]; then printf 'head\n'; else curl_option request "$method"; fi
  local given=' '
  while (($# > 1)); do
    given+="${1,,} "
    curl_option header "$1: $2"
    shift 2
  done
  curl_option user-agent rollbot
  if [[ $given != *' accept '* ]]; then curl_option header 'accept: application/json, */*'; fi
  curl_option header 'expect:'
  if [[ -z $body ]]; then return; fi
  if [[ $given != *' content-type '* ]]; then curl_option header 'content-type: application/json'; fi
  curl_option data-raw "$body"
}

# What is read may be asked for again; of everything else nobody knows, unless it was never sent.
lost_request() {
  local why
  why=$(last_line "$ANSWER/stderr")
  if [[ -z ${reached-} || ${reached-} =~ ^[0.]+$ ]]; then failed "$name was not sent, so nothing was done: $why"; fi
  if only_reads; then failed "$name was not answered: $why"; fi
  unknown "$name was sent and not answered, so nobody knows whether it happened: $why"
}

only_reads() { [[ ($method == GET || $method == HEAD) && $ACTS_AS == read ]]; }

good_status() { if [[ -z $statuses ]]; then ((status >= 200 && status <= 299)); else [[ " $statuses " == *" $status "* ]]; fi; }

read_body() {
  if [[ $pointer != - ]]; then : >"$ANSWER/needed"; fi
  if ((code == 63)) || (($(wc -c <"$ANSWER/body" 2>/dev/null || echo 0) > 1048576)); then
    unreadable 'The answer is larger than 1 MiB, which is too much to be read.'
  elif [[ $method == HEAD || ! -s $ANSWER/body ]]; then
    if [[ $pointer != - ]]; then unreadable 'The answer is empty.'; fi
  elif [[ $pointer == - && ! $kind =~ [/+]json ]]; then
    observed_text "$(cat "$ANSWER/body")"
  else
    read_json "$pointer" <"$ANSWER/body"
  fi
}

# Keeps an answer in JSON, and as what was observed the part of it that a pointer names.
read_json() {
  if ! jq --compact-output --slurp 'if length == 1 then .[0] else error("one value is expected") end' >"$ANSWER/json" 2>/dev/null; then
    rm -f -- "$ANSWER/json"
    unreadable 'The answer is not JSON that can be read.'
  elif [[ $1 == - ]]; then
    observed <"$ANSWER/json"
  else
    jq --compact-output --arg at "$1" "$JUDGE"'pointer($at) | .[]' "$ANSWER/json" | observed
    if [[ ! -s $ANSWER/value ]]; then
      rm -- "$ANSWER/value"
      unreadable "There is nothing at $1 in the answer."
    fi
  fi
}

# ---- What only people can do or answer

manual() { printf '%s\n' "$1"; }

# ---- Metrics: one number that counts, or none

# Title, pointer, pointer to how many it is drawn from, pointer to since when it is true, how old it may be, URL, then headers.
metric_of_endpoint() {
  local title=$1 pointer=$2 samples=$3 at=$4 stale=$5 url=$6
  shift 6
  if [[ $SHOWING == yes ]]; then
    printf 'read %s: %s of %s\n' "$title" "$pointer" "$url"
    return
  fi
  begin
  ask_json "$title" "$url" '' "$@"
  if [[ $at != - ]]; then METRIC_AT=$(moment_of "$(json_at "$at" "$ANSWER/json")"); else METRIC_AT=$EPOCHSECONDS; fi
  METRIC=$(json_at "$pointer" "$ANSWER/json") METRIC_SAMPLES=''
  if [[ $samples != - ]]; then METRIC_SAMPLES=$(json_at "$samples" "$ANSWER/json" | number_in); fi
  METRIC=$(number_in <<<"$METRIC")
  has_reading "$title" "$stale" "$samples"
}

# Asks for JSON within ten seconds, without proxy, redirect or second try.
ask_json() {
  local title=$1 url=$2 query=$3 status
  shift 3
  if [[ ! $url =~ ^https?://[^/?#@]+([/?#]|$) ]]; then failed "There is no reading of $title. Its address is no http or https URL without a user in it."; fi
  status=$(
    curl --disable --silent --show-error --noproxy '*' --proto '=http,https' --max-time 10 --max-filesize 1048576 --output "$ANSWER/body" \
      --write-out '%{http_code}' --config <(
        curl_option url "$url"
        if [[ -n $query ]]; then printf 'get\n' && curl_option data-urlencode "$query"; fi
        curl_option header 'accept: application/json'
        while (($# > 1)); do
          curl_option header "$1: $2"
          shift 2
        done
      )
  ) || failed "There is no reading of $title. ${url%%[?#]*} can't be read: $(last_line "$ANSWER/stderr")"
  if ! jq --compact-output --slurp 'if length == 1 then .[0] else error("one value is expected") end' <"$ANSWER/body" >"$ANSWER/json" 2>/dev/null; then
    failed "There is no reading of $title. ${url%%[?#]*} answered $status, and not with JSON that can be read."
  fi
  if [[ $status != 2?? ]]; then failed "There is no reading of $title. ${url%%[?#]*} answered $status."; fi
}

json_at() { jq --compact-output --arg at "$1" "$JUDGE"'pointer($at) | .[]' "$2"; }

# The number that an answer gives, whatever way it is written; nothing where it is none.
number_in() {
  jq --raw-output 'if type == "boolean" then (if . then 1 else 0 end) elif type == "number" then .
    elif type == "string" and test("\\A\\s*[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)(e[+-]?[0-9]+)?\\s*\\z"; "i")
    then (gsub("[\\s+]"; "") | sub("\\A(?<s>-?)[.]"; "\(.s)0.") | sub("[.](?<e>e|\\z)"; "\(.e)") | tonumber) else empty end' 2>/dev/null
}

# Seconds since 1970 of a date with its time zone, or of such seconds.
moment_of() {
  local text
  text=$(jq --raw-output . <<<"$1" 2>/dev/null) || text=''
  if [[ $text =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T.+(Z|[+-][0-9]{2}:?[0-9]{2})$ ]]; then date --date "$text" +%s.%N; else number_in <<<"$1"; fi
}

has_reading() {
  local title=$1 stale=$2 samples=$3
  if [[ -z $METRIC || -z $METRIC_AT || ($samples != - && -z $METRIC_SAMPLES) ]]; then failed "There is no reading of $title: what is there is no number."; fi
  if awk -v at="$METRIC_AT" -v now="$EPOCHREALTIME" -v stale="$stale" 'BEGIN { exit !(now - at > stale) }'; then
    failed "There is no reading of $title: the last one is older than $stale s."
  fi
  if awk -v at="$METRIC_AT" -v now="$EPOCHREALTIME" 'BEGIN { exit !(at - now > 60) }'; then
    failed "There is no reading of $title: the last one is of a time that is still to come, so one of two clocks is wrong."
  fi
  if [[ $METRIC == -* || $METRIC_SAMPLES == -* ]]; then failed "There is no reading of $title: it gives $METRIC, which is no number that could be judged."; fi
  if [[ -n $METRIC_SAMPLES ]] && awk -v n="$METRIC_SAMPLES" 'BEGIN { exit !(n == 0) }'; then
    failed "There is no reading of $title: it is drawn from nothing, because nobody has asked for anything."
  fi
  printf '%s\n' "$METRIC" >"$ANSWER/value"
  printf '{"value":%s%s}\n' "$METRIC" "${METRIC_SAMPLES:+,\"samples\":$METRIC_SAMPLES}" >"$ANSWER/json"
  done_now "$title: $METRIC."
}

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

# ---- Redis, by redis-cli: the password is in its environment, and in no list of processes

redis_command() {
  local url=$1 reply
  shift
  if [[ $SHOWING == yes ]]; then
    printf 'redis %s\n%s\n' "$url" "$(in_words "$@")"
    return
  fi
  begin
  redis_server "$url"
  reply=$(redis "$@") || redis_lost "$1"
  printf '%s\n' "$reply" >&2
  if ! jq --compact-output . <<<"$reply" >"$ANSWER/value" 2>/dev/null; then jq --null-input --arg text "$reply" '$text' >"$ANSWER/value"; fi
  cp -- "$ANSWER/value" "$ANSWER/json"
  done_now "Redis answered ${1^^}."
}

redis_count() {
  local url=$1 match=$2 count
  if [[ $SHOWING == yes ]]; then
    printf 'redis %s\ncount the keys that match %s\n' "$url" "$(in_words "$match")"
    return
  fi
  begin
  redis_server "$url"
  count_keys "$match"
  count=$(wc -l <"$ANSWER/keys")
  observed <<<"$count"
  done_now "$count keys of the pattern \"$match\"."
}

# Deletes what matches, in batches with a rest between them; above its cap it deletes nothing at all.
redis_unlink() {
  local url=$1 match=$2 batch=$3 pause=$4 cap=$5 total deleted=0 cursor=0 page
  local -a keys
  if [[ $SHOWING == yes ]]; then
    printf 'redis %s\ndelete every key that matches %q (UNLINK, %s at a time%s)\n' "$url" "$match" "$batch" "${cap:+, refused above $cap keys}"
    return
  fi
  begin
  redis_server "$url"
  count_keys "$match"
  total=$(wc -l <"$ANSWER/keys")
  if [[ -n $cap ]] && ((total > cap)); then
    failed "More than $cap keys match \"$match\", so none was deleted: look at the pattern, or raise the step's cap."
  fi
  if ((total == 0)); then done_already "No key matches \"$match\"."; fi
  while true; do
    page=$(redis SCAN "$cursor" MATCH "$match" COUNT "$batch") || redis_lost SCAN
    cursor=$(jq --raw-output '.[0]' <<<"$page")
    mapfile -t -d '' keys < <(jq --raw-output --join-output '.[1][] | (., "\u0000")' <<<"$page")
    if ((${#keys[@]} > 0)); then
      page=$(redis UNLINK "${keys[@]}") || redis_lost UNLINK
      deleted=$((deleted + page))
      printf '%s of %s keys deleted\n' "$deleted" "$total" >&2
    fi
    if [[ $cursor == 0 ]]; then break; fi
    sleep "$pause"
  done
  observed <<<"$deleted"
  done_now "$deleted keys of the pattern \"$match\" deleted."
}

# All keys that match, each once, as JSON and one a line.
count_keys() {
  local cursor=0 page
  : >"$ANSWER/pages"
  while true; do
    page=$(redis SCAN "$cursor" MATCH "$1" COUNT 1000) || redis_lost SCAN
    jq --compact-output '.[1][]' <<<"$page" >>"$ANSWER/pages"
    cursor=$(jq --raw-output '.[0]' <<<"$page")
    if [[ $cursor == 0 ]]; then break; fi
  done
  LC_ALL=C sort -u -- "$ANSWER/pages" >"$ANSWER/keys"
}

# Takes the URL of a database apart.
redis_server() {
  local form='^(rediss?)://(([^:@/]*)(:([^@/]*))?@)?([^]:/?#@[]+|\[[^]]+\])(:([0-9]+))?(/([0-9]*))?$'
  if [[ ! $1 =~ $form ]]; then
    failed "The URL of the database can't be read, so nothing was done: it has to begin with redis:// or rediss://, and special characters of its password are written as %XX."
  fi
  local scheme=${BASH_REMATCH[1]} user=${BASH_REMATCH[3]} password=${BASH_REMATCH[5]} host=${BASH_REMATCH[6]}
  REDIS=(redis-cli -2 --json -e -h "${host//[][]/}" -p "${BASH_REMATCH[8]:-6379}" -n "${BASH_REMATCH[10]:-0}")
  if [[ $scheme == rediss ]]; then REDIS+=(--tls --sni "$host"); fi
  if [[ -n $user ]]; then REDIS+=(--user "$(decoded "$user")"); fi
  export REDISCLI_AUTH=''
  REDISCLI_AUTH=$(decoded "$password")
  if [[ -z $REDISCLI_AUTH ]]; then unset REDISCLI_AUTH; fi
}

redis() { "${REDIS[@]}" "$@" 2>"$ANSWER/redis-error"; }

redis_lost() {
  local why
  why=$(last_line "$ANSWER/redis-error")
  cat -- "$ANSWER/redis-error" >&2
  if [[ $why =~ ^Could\ not\ connect|AUTH\ failed ]]; then failed "Redis could not be reached, so nothing was done: $why"; fi
  if [[ $why =~ ^[A-Z]+\  ]]; then failed "Redis refused ${1^^}: $why"; fi
  if [[ $ACTS_AS == read ]]; then failed "Redis did not answer ${1^^}: $why"; fi
  unknown "The connection to Redis was lost, so nobody knows whether ${1^^} happened: $why"
}

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

# Only drills go on after the verification, and are scored.
practice() { :; }

scorecard() { :; }

# ---- The run as a whole

usage() {
  cat <<USAGE
$TITLE, on $TARGET_NAME.

Usage: ${0##*/}${TARGET_WORD:+ $TARGET_NAME} [parameter=value ...] [options]

Parameters:
$(about_params)
Options:
  --operator <name>  who runs it; asked for otherwise
  --dry-run          read what the preflight checks read, show everything else, and change nothing
  --alone <reason>   nobody else can be reached: you may approve what you have started; it stands in the log and in the notification
  --seen <run>       you have looked at what the run <run> left open, which is in the log
  --state <folder>   where the log, backups and worktrees are kept; \$ROLLBACK_STATE or ~/.rollback otherwise
  --help

There is no option that approves anything. Secrets are read from:
$(about_secrets)
ROLLBACK_WEBHOOK_URL may name a webhook that is told, as JSON with a text, how it goes.

Exit status: 0 verified; 1 stopped before anything was changed; 3 changed, and not verified; 4 nobody knows whether a step happened;
5 undone; 64 the command line makes no sense; 75 another run goes on.
USAGE
}

wrong_usage() {
  printf '%s\n' "$1" >&2
  exit 64
}

read_arguments() {
  while (($# > 0)); do
    case $1 in
      --help)
        usage
        exit 0
        ;;
      --dry-run) DRY_RUN=yes ;;
      --operator | --alone | --seen | --state)
        if [[ -z ${2-} ]]; then wrong_usage "$1 needs a value. Try --help."; fi
        case $1 in
          --operator) OPERATOR=$2 ;;
          --alone) ALONE=$2 ;;
          --seen) SEEN=$2 ;;
          --state) STATE=$2 ;;
        esac
        shift
        ;;
      [a-z]*=*) set_param "${1%%=*}" "${1#*=}" ;;
      *) read_word "$1" ;;
    esac
    shift
  done
  if [[ $TARGET_WORD == wanted ]]; then wrong_usage "Say the target: ${0##*/} $TARGET_NAME. There is no other that this script knows."; fi
  require_params
}

# Where the name of the target has to be said, no other is known here.
read_word() {
  if [[ -n $TARGET_WORD && $1 == "$TARGET_NAME" ]]; then
    TARGET_WORD=said
  elif [[ -n $TARGET_WORD && $1 != -* ]]; then
    wrong_usage "This script knows no target but $TARGET_NAME, and can't touch \"$1\"."
  else
    wrong_usage "\"$1\" is not understood. Try --help."
  fi
}

need_programs() {
  local program missing=no
  for program in "${PROGRAMS[@]}"; do
    if ! type -P -- "$program" >/dev/null; then
      printf '%s\n' "$program is not installed, and this script needs it." >&2
      missing=yes
    fi
  done
  if [[ $missing == yes ]]; then exit 1; fi
}

need_secrets() {
  local name missing=no
  for name in "${!SECRET[@]}"; do
    fresh_answer
    hide "$(secret "$name")"
    if [[ -s $ANSWER/mistake ]]; then
      cat -- "$ANSWER/mistake" >&2
      missing=yes
    fi
  done
  if [[ -n ${ROLLBACK_WEBHOOK_URL-} ]]; then hide "$ROLLBACK_WEBHOOK_URL"; fi
  if [[ $missing == yes ]]; then exit 1; fi
}

# One run at a time for each target: the lock is on its log.
open_log() {
  umask 077
  if ! mkdir -p -- "$STATE"; then exit 1; fi
  STATE=$(cd -- "$STATE" && pwd) || exit 1
  LOG=$STATE/$TARGET_NAME.jsonl
  exec 9>>"$LOG" || exit 1
  if ! flock -n 9; then
    printf '%s\n' "Another run on $TARGET_NAME goes on, which holds $LOG. Wait for its end." >&2
    exit 75
  fi
  PREVIOUS=''
  if [[ -s $LOG ]]; then PREVIOUS=$(digest_of "$(tail -n 1 -- "$LOG")"); fi
}

# What an earlier run has left open is looked at by somebody before anything else is done.
look_back() {
  local open run step
  if ! open=$(
    jq --slurp --raw-output '
      def key: "\(.run) \(.step) \(.part // "act") \(.attempt)";
      (map(select(.event == "step-finished" and .outcome != "unknown") | key) + map(select(.event == "step-settled") | key)) as $known
      | map(select(.event == "seen") | .seen) as $seen
      | [.[] | select(.event == "step-intended") | select(key as $key | $known | index($key) | not) | select(.run as $run | $seen | index($run) | not)]
      | map("\(.run) \(.step)") | unique | .[]' "$LOG"
  ); then
    printf '%s\n' "The log $LOG can't be read, so nobody knows what earlier runs have left open. Move it away once you have looked." >&2
    exit "$UNKNOWN"
  fi
  open=$(grep -v -e "^${SEEN:-none} " <<<"$open")
  if [[ -z $open ]]; then return; fi
  printf '%s\n' "An earlier run has ended in the middle of a step, and nobody knows whether it happened:" >&2
  while read -r run step; do printf '  run %s, step %s\n' "$run" "$step" >&2; done <<<"$open"
  printf '%s\n' "Look at it (the log is $LOG), then begin again with --seen ${open%% *}." >&2
  exit "$UNKNOWN"
}

begin_run() {
  say "${LABEL}$TITLE"
  say "On $TARGET_NAME, as run $RUN, from an export of $PROCEDURE ($PROCEDURE_DIGEST). The log is $LOG."
  if ((${#CALL[@]} > 0)); then say "Call: ${CALL[*]}."; fi
  if [[ $DRY_RUN == yes ]]; then return; fi
  say "This script can't see what Rollbot does: let nothing else change $TARGET_NAME meanwhile."
  if [[ -z $OPERATOR ]] && ! { ask_name 'Your name:' && OPERATOR=$NAME; }; then stop_before 'Nobody has said who runs this.'; fi
  if [[ $PROTECTED == yes ]] && ! { ask "Type \"$TARGET_NAME\" to begin:" && [[ $REPLY == "$TARGET_NAME" ]]; }; then
    stop_before "Nobody has said that it is meant for $TARGET_NAME."
  fi
  if [[ -n $SEEN ]]; then log seen seen "$SEEN" by "$OPERATOR"; fi
  log run-started procedure "$PROCEDURE" procedure_digest "$PROCEDURE_DIGEST" target "$TARGET_NAME" operator "$OPERATOR" alone "$ALONE" \
    params "$(said_params)" drill "$DRILL"
  STARTED=yes
  notify "$TITLE on $TARGET_NAME was started by $OPERATOR as run $RUN.${ALONE:+ ALONE, without anybody else: $ALONE}"
}

stop_before() {
  say "$1 Nothing was changed."
  exit "$UNCHANGED"
}

run_preflight() {
  local id before wrong=() skip
  say 'Preflight checks'
  for id in ${PREFLIGHT[@]+"${PREFLIGHT[@]}"}; do
    describe "$id"
    skip=no
    for before in ${AFTER[@]+"${AFTER[@]}"}; do if among "$before" ${wrong[@]+"${wrong[@]}"}; then skip=yes; fi; done
    if [[ $skip == yes ]]; then
      say "- $(caption "$id"): not asked, because a check before it has failed."
      wrong+=("$id")
      continue
    fi
    run_item "$id"
    tally "$RESULT"
    if [[ $RESULT == failed || $RESULT == unknown ]]; then wrong+=("$id"); fi
  done
  if ((${#wrong[@]} > 0)); then end_run "$UNCHANGED" "stopped by ${#wrong[@]} of its preflight checks, before anything was changed"; fi
}

run_steps() {
  local number=0 id
  say 'Steps'
  while ((number < ${#STEPS[@]})); do
    id=${STEPS[number]}
    run_item "$id"
    tally "$RESULT"
    case $RESULT in
      failed) decide "\"$CAPTION\" failed" ;;
      unknown) end_run "$UNKNOWN" "nobody knows whether \"$CAPTION\" happened" ;;
      *) number=$((number + 1)) ;;
    esac
  done
}

run_verify() {
  local id wrong
  while true; do
    say 'Verification'
    wrong=0
    for id in "${VERIFY[@]}"; do
      run_item "$id"
      tally "$RESULT"
      if [[ $RESULT == failed || $RESULT == unknown ]]; then wrong=$((wrong + 1)); fi
    done
    if ((wrong == 0)); then return; fi
    decide "$wrong of the checks of the result failed"
  done
}

# After a failure a person decides; where nobody answers, everything stays as it is.
decide() {
  local choices='"retry" or "stop"'
  if ((${#UNDOABLE[@]} > 0)); then choices='"retry", "undo" or "stop"'; fi
  notify "$TITLE on $TARGET_NAME: $1."
  while true; do
    ask "$1. Type $choices:" || REPLY=stop
    log decided what "$1" as "$REPLY" by "$OPERATOR"
    case $REPLY in
      retry) return ;;
      undo) if ((${#UNDOABLE[@]} > 0)); then undo_and_end; fi ;;
      stop)
        if [[ $CHANGED == no ]]; then end_run "$UNCHANGED" "stopped before anything was changed: $1"; fi
        end_run "$NOT_VERIFIED" "stopped, and not verified: $1"
        ;;
    esac
  done
}

undo_and_end() {
  say 'Undo'
  if undo_all; then end_run "$WAS_UNDONE" "undone ($UNDONE steps)"; fi
  if [[ $STATUS == unknown ]]; then end_run "$UNKNOWN" 'nobody knows whether an undo happened'; fi
  end_run "$NOT_VERIFIED" 'an undo failed; what is left stays as it is'
}

tally() { TALLY[$1]=$((${TALLY[$1]:-0} + 1)); }

# A dry run asks what the preflight checks ask, and shows the rest.
dry_run() {
  local id
  for id in ${PREFLIGHT[@]+"${PREFLIGHT[@]}"} ${STEPS[@]+"${STEPS[@]}"} ${VERIFY[@]+"${VERIFY[@]}"}; do
    describe "$id"
    say "- $(caption "$id")${SKIP:+: left out. $SKIP}"
    if [[ -n $SKIP ]]; then continue; fi
    fresh_answer
    SHOWING=yes item "$id" act </dev/null | redact_lines
    if [[ $PHASE != preflight || -n $ASKED ]]; then continue; fi
    perform "$id" act "$SECONDS_ALLOWED" no read
    settle "$id" act
    say "  $STATUS: $SAYS"
    tally "$STATUS"
  done
  say 'Nothing was changed.'
  if ((${TALLY[failed]:-0} > 0)); then exit "$UNCHANGED"; fi
  exit 0
}

end_run() {
  local code=$1 outcome=$2 released left=''
  if [[ $CHANGED == yes ]]; then left=$(behind); fi
  log run-ended outcome "$outcome" status "$code" seconds "$SECONDS" changed "$CHANGED"
  STARTED=no
  say "${LABEL}$TITLE on $TARGET_NAME: $outcome, after $SECONDS s (estimate: ${ESTIMATE:-none})."
  notify "$TITLE on $TARGET_NAME: $outcome, after $SECONDS s.${ALONE:+ Run ALONE: $ALONE}${left:+ $left}"
  if ((code == VERIFIED)); then
    for released in ${RELEASED[@]+"${RELEASED[@]}"}; do say "When Rollbot is back, tell it: /rollback good $released $TARGET_NAME"; done
  fi
  if [[ -n $left ]]; then say "  ${left//$'\n'/$'\n'  }"; fi
  if [[ $CHANGED == yes ]]; then for_later; fi
  scorecard "$code" "$outcome"
  exit "$code"
}

# Ended from outside: what is in the middle of something is unknown, and the log says so already.
# shellcheck disable=SC2317 # A trap calls it.
interrupted() {
  trap '' INT TERM HUP
  if [[ -n $GROUP ]]; then
    kill -TERM -- "-$GROUP" 2>/dev/null
    sleep 1
    kill -KILL -- "-$GROUP" "-$WATCHDOG" 2>/dev/null
  fi
  if [[ $STARTED != yes ]]; then exit "$UNCHANGED"; fi
  if [[ -n $IN_FLIGHT ]]; then
    log interrupted step "$IN_FLIGHT"
    end_run "$UNKNOWN" "interrupted in the middle of \"$CAPTION\": nobody knows whether it happened"
  fi
  log interrupted
  if [[ $CHANGED == yes ]]; then end_run "$NOT_VERIFIED" 'interrupted between two steps'; fi
  end_run "$UNCHANGED" 'interrupted before anything was changed'
}

# shellcheck disable=SC2317 # A trap calls it.
clean_up() { rm -rf -- "${WORK:?}"; }

main() {
  if ((BASH_VERSINFO[0] < 5)); then wrong_usage 'This script needs bash 5 or newer.'; fi
  read_arguments "$@"
  need_programs
  exec 3<&0
  # In memory where there is such a folder, because what actions answer may hold secrets.
  if [[ -d /dev/shm && -w /dev/shm ]]; then WORK=$(mktemp -d /dev/shm/rollback.XXXXXX) || exit 1; else WORK=$(mktemp -d) || exit 1; fi
  ANSWER=$WORK/answer
  trap clean_up EXIT
  trap interrupted INT TERM HUP
  need_secrets
  open_log
  look_back
  begin_run
  if [[ $DRY_RUN == yes ]]; then dry_run; fi
  run_preflight
  run_steps
  run_verify
  practice
  end_run "$VERIFIED" verified
}


main "$@"
