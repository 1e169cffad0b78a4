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
whole_number() { if [[ ! $1 =~ ^(0|-?[1-9][0-9]{0,14})$ ]]; then echo "is \"$1\", which is not a whole number"; fi; }
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
