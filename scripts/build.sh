#!/usr/bin/env bash
# Builds everything that `pulse` needs; the binary holds the browser's files too.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

scripts/npm.sh
scripts/country.sh
scripts/assets.sh
say "Compiling the server (release; from nothing about 8 minutes, else seconds)"
release_flags
cargo build --release -p server
say "Built $CARGO_TARGET_DIR/release/pulse"
