# Writes a secret in several pieces, with pauses, on both streams and in several encodings.
half=$(( ${#SECRET} / 2 ))
for piece in "${SECRET:0:half}" "${SECRET:half}"; do printf '%s' "$piece"; sleep 0.05; done
printf '\n'
for piece in "${SECRET:0:1}" "${SECRET:1}"; do printf '%s' "$piece" >&2; sleep 0.05; done
printf '\n' >&2
printf 'user:%s' "$SECRET" | base64
printf '\033[31m%s\033[0m\033[1m%s\033[0m\n' "${SECRET:0:half}" "${SECRET:half}"
printf 'argument %s\n' "$@"
env
