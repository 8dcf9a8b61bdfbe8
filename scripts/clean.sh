#!/usr/bin/env bash
# Deletes what was built in this folder. data/ is the user's.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

rm -rf build dist end2end/test-results end2end/playwright-report
say "Compiled crates and tools, which other clones use too, are in $PULSE_CACHE; delete that to build from nothing."
