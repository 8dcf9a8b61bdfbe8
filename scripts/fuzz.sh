#!/usr/bin/env bash
# Feeds collection's readers with bytes of any kind, each for SECONDS (60 unless told): the targets that `make test` runs
# for a second each. A failure names its seed; with BOLERO_RANDOM_SEED set to it that input comes first.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

seconds=${1:-60}
export BOLERO_RANDOM_TEST_TIME_MS=$((seconds * 1000))
cargo nextest run --profile fuzz -p app -p migration -p server --features app/ssr --lib --no-fail-fast \
    --success-output final -E 'package(server) and test(/^collect::fuzz::/)'
