#!/usr/bin/env bash
# The tests of the Rust packages, one package at a time: together their features would mix.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

runner=(cargo test)
if command -v cargo-nextest >/dev/null; then runner=(cargo nextest run --no-tests=pass --no-fail-fast); fi

failed=0
"${runner[@]}" -p app --features ssr "$@" || failed=1
"${runner[@]}" -p migration "$@" || failed=1
"${runner[@]}" -p server "$@" || failed=1
exit $failed
