# Notes every polite request to end and goes on, and says that it has begun.
trap 'echo asked > "$1.asked"' TERM INT HUP
echo "$$" > "$1"
while :; do sleep 0.05; done
