#!/usr/bin/env bash
# What can befall a server under load, longer than `make test` does it: killed twenty times, told to stop, without room,
# without its database, with its clock set back; on SQLite, then on a PostgreSQL that keeps what it says it keeps.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

export PULSE_KILLS=${PULSE_KILLS:-20}
tests=(cargo nextest run -p app -p migration -p server --features app/ssr --test it --no-fail-fast)
"${tests[@]}" -E 'test(/collect::faults/)'
PULSE_POSTGRES_FSYNC=on scripts/postgres.sh "${tests[@]}" --run-ignored all -E 'test(/collect::faults/) and not test(/::embedded::/)'
