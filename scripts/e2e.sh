#!/usr/bin/env bash
# The browser tests, against the binary as it is released. Arguments go to Playwright.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

scripts/build.sh
PULSE_CHROMIUM=$(scripts/chromium.sh)
PULSE_BIN=$CARGO_TARGET_DIR/release/pulse
export PULSE_CHROMIUM PULSE_BIN
say "Testing in $PULSE_CHROMIUM"
cd end2end
exec npx playwright test "$@"
