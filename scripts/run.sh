#!/usr/bin/env bash
# Builds Pulse and starts it: with demo data, or with the arguments given (`make run ARGS="serve"`).
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

scripts/build.sh
[ $# -gt 0 ] || set -- demo
exec "$CARGO_TARGET_DIR/release/pulse" "$@"
