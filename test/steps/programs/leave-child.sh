# Ends at once and leaves a child in its group that lives for a while and holds its output open.
(sleep "${2:-30}"; echo late >> "$1") &
echo "$!" > "$1.pid"
echo parent is done
