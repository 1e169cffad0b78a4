# Ignores every polite request to end, and says that it has begun.
trap '' TERM INT HUP
echo "$$" > "$1"
while :; do sleep 0.05; done
