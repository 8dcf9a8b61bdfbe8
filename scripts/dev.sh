#!/usr/bin/env bash
# Builds without optimisation, starts Pulse, and does both again whenever a source file changes.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

# A folder of its own, so that the files for release stay as they are.
export PULSE_ASSETS=$PULSE_ROOT/build/assets-dev PULSE_WASM_PROFILE=dev
readonly WATCHED=(app frontend server migration style tracker/src Cargo.toml Cargo.lock package-lock.json)
readonly BUILT_AT=$PULSE_ROOT/build/dev-built-at
[ $# -gt 0 ] || set -- demo

server=
stop_server() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}
trap stop_server EXIT
trap 'exit 130' INT TERM

build() { scripts/npm.sh && scripts/assets.sh && cargo build -p server; }

# Looking once a second is the same on every system, and a folder's own time tells of deleted files.
source_changed() { [ -n "$(find "${WATCHED[@]}" -newer "$BUILT_AT" 2>/dev/null)" ]; }

scripts/npm.sh
scripts/country.sh
mkdir -p build
while :; do
    # Before the build: what changes meanwhile is built next.
    touch "$BUILT_AT"
    if build; then
        stop_server
        "$CARGO_TARGET_DIR/debug/pulse" "$@" &
        server=$!
        say "Pulse runs with what you wrote. Save a file to build again, Ctrl-C to stop."
    else
        say "That does not build; what ran before goes on. Save a file to try again."
    fi
    until source_changed; do sleep 1; done
done
