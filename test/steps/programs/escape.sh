# Leaves a process in a session of its own, out of reach of its group, that holds the output open.
setsid sh -c 'echo "$$" > "$1"; exec sleep 30' escaped "$1" &
while [ ! -s "$1" ]; do sleep 0.01; done
echo parent is done
