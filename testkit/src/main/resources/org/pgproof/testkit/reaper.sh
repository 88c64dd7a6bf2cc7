# reaper.sh RUNS RUN: ends the servers of earlier runs whose JVM is gone, waits until this run's JVM is gone too (it
# holds our standard input open), then ends what that left. So no server outlives its JVM, however that died.
trap '' INT TERM HUP

end() {
    for file in "$1"/*/data/postmaster.pid; do
        { [ -f "$file" ] && read -r server < "$file"; } || continue
        kill -s CONT "$server" && kill -s QUIT "$server" || continue
        for tenth in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            kill -0 "$server" && sleep 0.1 || break
        done
        kill -s KILL "$server"
    done 2>/dev/null
    rm -rf "$1"
}

for run in "$1"/run-*; do
    [ "$run" = "$2" ] || kill -0 "${run##*/run-}" 2>/dev/null || end "$run"
done
cat > /dev/null
end "$2"
