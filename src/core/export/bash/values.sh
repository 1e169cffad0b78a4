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

# A value as a part of a URL.
in_url() {
  if [[ $1 == . || $1 == .. ]]; then mistake "\"$1\" can't be put into a URL."; fi
  jq --null-input --raw-output --join-output --arg text "$1" '$text | @uri'
}

# A value that stands for itself in a pattern of Redis.
in_glob() {
  printf '%s' "$1" | sed 's/[][*?\\]/\\&/g'
}

# A value that stands for itself in a regular expression.
in_pattern() {
  printf '%s' "$1" | sed 's/[][\\^$.*+?(){}|/-]/\\&/g'
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
