# ---- What only people can do or answer

manual() { printf '%s\n' "$1"; }
