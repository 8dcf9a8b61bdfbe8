#!/usr/bin/env bash
# Measures the released binary: durable requests a second, latency, memory at rest, sizes, first byte of the list.
# SECONDS_EACH=15 sets the length of a run, ROUNDS=3 how often; each figure is the median of its rounds.
# `bench.sh postgres` measures collection alone, on the PostgreSQL in PULSE_TEST_POSTGRES (scripts/postgres.sh).
# `bench.sh reports` measures reading alone, over made-up sessions: SEED="100000 1000000" says how many, DAYS=90 over how
# many days (bench/reports.mjs, bench/tabs.mjs), and over one session of 5,000 events (bench/session.mjs); `bench.sh reports postgres` does that on the PostgreSQL in PULSE_TEST_POSTGRES.
# BASELINE='COMMAND PORT DBFILE' starts a bare collector that takes the same requests, for a ratio in the same run.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

readonly SECONDS_EACH=${SECONDS_EACH:-15} ROUNDS=${ROUNDS:-3} CONNECTIONS=32
readonly PORT=3790 SITE_PORT=3791
readonly URL=http://127.0.0.1:$PORT
BIN=$CARGO_TARGET_DIR/release/pulse
ENGINE=${1:-sqlite}
ONLY_REPORTS=
if [ "$ENGINE" = reports ]; then
    ENGINE=${2:-sqlite}
    ONLY_REPORTS=1
fi

if [ "$ENGINE" = sqlite ]; then
    scripts/build.sh
    scripts/apt.sh "make bench" wrk curl
fi

WORK=$(mktemp -d)
SERVER=
cleanup() {
    [ -z "$SERVER" ] || kill "$SERVER" 2>/dev/null || true
    rm -rf "$WORK"
}
trap cleanup EXIT

# fresh_url DATA: the address of the database that belongs to a data folder.
fresh_url() {
    if [ "$ENGINE" = sqlite ]; then
        echo "sqlite://$1/pulse.db?mode=rwc"
    else
        local name
        name=$(basename "$1" | tr -c '[:alnum:]\n' _)
        psql -q "$PULSE_TEST_POSTGRES&dbname=postgres" -c "DROP DATABASE IF EXISTS $name" -c "CREATE DATABASE $name" >&2
        echo "${PULSE_TEST_POSTGRES/"/?"/"/$name?"}"
    fi
}

# start DATA [URL]: the server over a data folder, without sign-in so that pages can be asked for; without a URL the
# database is a fresh one.
start() {
    "$BIN" demo --data "$1" --database-url "${2:-$(fresh_url "$1")}" \
        --listen "127.0.0.1:$PORT" --demo-listen "127.0.0.1:$SITE_PORT" --trusted-proxy 127.0.0.1 --log warn >"$WORK/out" 2>"$WORK/err" &
    SERVER=$!
    until curl -sf "$URL/health" >/dev/null; do
        kill -0 "$SERVER" 2>/dev/null || die "The server did not start: $(cat "$WORK/err")"
        sleep 0.1
    done
}

stop() {
    kill "$SERVER"
    wait "$SERVER" || true
    SERVER=
}

# median: of the numbers on standard input, one a line.
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# field NAME: that figure of a line of wrk's script.
field() { grep -o "$1=[0-9.]*" | cut -d= -f2; }

resident_mb() { awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$SERVER/status"; }

# load EVENTS VIEWS: one run; prints the script's line.
load() {
    EVENTS=$1 VIEWS=$2 wrk -t2 -c$CONNECTIONS -d"${SECONDS_EACH}s" --latency -s bench/collect.lua "$URL" | grep RESULT
}

# measure NAME EVENTS VIEWS: rounds over fresh databases.
measure() {
    local name=$1 events=$2 views=$3
    : >"$WORK/rounds"
    for _ in $(seq "$ROUNDS"); do
        rm -rf "$WORK/data-$name"
        start "$WORK/data-$name"
        load "$events" "$views" >>"$WORK/rounds"
        stop
    done
    printf '%-44s %8s requests/s   p50 %6s ms   p99 %6s ms   refused %s\n' "$name" \
        "$(field rate <"$WORK/rounds" | median)" "$(field p50 <"$WORK/rounds" | median)" \
        "$(field p99 <"$WORK/rounds" | median)" "$(field refused <"$WORK/rounds" | median)"
    [ -e "$WORK/first-rate" ] || cp "$WORK/rounds" "$WORK/first-rate"
}

say "Machine: $(nproc) processors, $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo), $(uname -sr); the load comes from the same machine"

if [ -n "$ONLY_REPORTS" ]; then
    for sessions in ${SEED:-100000}; do
        data=$WORK/data-reports-$sessions
        say "Reports over $sessions sessions in ${DAYS:-90} days"
        before=$(date +%s)
        url=$(fresh_url "$data")
        "$BIN" seed --data "$data" --database-url "$url" --sessions "$sessions" --days "${DAYS:-90}" --log warn
        printf '%-44s %8s s\n' "made in" "$(($(date +%s) - before))"
        [ "$ENGINE" != sqlite ] || printf '%-44s %8s MB\n' "on disk" "$(($(stat -c %s "$data/pulse.db") >> 20))"
        start "$data" "$url"
        node bench/reports.mjs "$URL"
        node bench/tabs.mjs "$URL"
        PULSE_CHROMIUM=$(scripts/chromium.sh) node bench/session.mjs "$URL"
        printf '%-44s %8s MB\n' "memory after reading" "$(resident_mb)"
        stop
        rm -rf "$data"
    done
    exit 0
fi

start "$WORK/data-rest"
sleep 3
printf '%-44s %8s MB\n' "memory at rest" "$(resident_mb)"
stop

say "Durable collection: $ROUNDS rounds of $SECONDS_EACH s, $CONNECTIONS connections, answered after the commit"
measure "one-event-new-visitor-each" 1 1
measure "ten-events-new-visitor-each" 10 1
measure "one-event-ten-views-a-visitor" 1 10
[ "$ENGINE" = sqlite ] || exit 0

# On disk: the file after everything was moved into it, by what was stored.
for name in one-event-new-visitor-each:1 ten-events-new-visitor-each:10; do
    start "$WORK/data-disk"
    requests=$(load "${name#*:}" 1 | field requests)
    stop
    printf '%-44s %8s bytes an event\n' "on disk, ${name%:*}" \
        "$(($(stat -c %s "$WORK/data-disk/pulse.db") / (requests * ${name#*:})))"
    rm -rf "$WORK/data-disk"
done

# Half of the greatest load: each connection waits as long as a request takes at the greatest.
rate=$(field rate <"$WORK/first-rate" | median)
start "$WORK/data-half"
DELAY=$((CONNECTIONS * 2000 / rate)) load 1 1 >"$WORK/half"
printf '%-44s %8s requests/s   p50 %6s ms   p99 %6s ms\n' "half load" \
    "$(field rate <"$WORK/half")" "$(field p50 <"$WORK/half")" "$(field p99 <"$WORK/half")"
printf '%-44s %8s MB\n' "memory under load" "$(resident_mb)"
stop

if [ -n "${BASELINE:-}" ]; then
    : >"$WORK/rounds"
    for _ in $(seq "$ROUNDS"); do
        rm -f "$WORK"/bare.db*
        # shellcheck disable=SC2086 # the command and its arguments
        $BASELINE $PORT "$WORK/bare.db" full & SERVER=$!
        sleep 1
        VIEWS=1 wrk -t2 -c$CONNECTIONS -d"${SECONDS_EACH}s" -s "${BASELINE_LUA:?}" "$URL/c" | awk '/Requests\/sec/ { print $2 }' >>"$WORK/rounds"
        stop
    done
    printf '%-44s %8s requests/s\n' "bare collector, new visitor each" "$(median <"$WORK/rounds")"
fi

say "On a PostgreSQL that keeps what it says it keeps"
env PULSE_POSTGRES_FSYNC=on SECONDS_EACH="$SECONDS_EACH" ROUNDS="$ROUNDS" scripts/postgres.sh scripts/bench.sh postgres

say "First byte of the sessions list over what was stored above (30 requests)"
start "$WORK/data-ten-events-new-visitor-each"
for _ in $(seq 30); do
    curl -s -o "$WORK/page" -w '%{time_starttransfer}\n' "$URL/sites/1/sessions"
done >"$WORK/first"
printf '%-44s %8s ms median, %s ms worst\n' "first byte of the list" \
    "$(median <"$WORK/first" | awk '{ printf "%.1f", $1 * 1000 }')" "$(sort -n "$WORK/first" | tail -1 | awk '{ printf "%.1f", $1 * 1000 }')"
printf '%-44s %8s MB\n' "memory after reading" "$(resident_mb)"

say "What the tracker costs a page, beside the same page without it"
PULSE_CHROMIUM=$(scripts/chromium.sh) node bench/tracker.mjs "$URL"
stop

say "Sizes, with brotli"
scripts/size.sh
npm run --silent size -w tracker
