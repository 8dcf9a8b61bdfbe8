#!/usr/bin/env bash
# All tests. One that fails does not keep the others from running.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"
# shellcheck source=scripts/parts.sh
source scripts/parts.sh

scripts/npm.sh
part "the browser's files" scripts/assets.sh
part "their size" scripts/size.sh
part "Rust tests" scripts/test-rust.sh
part "script tests" node --test scripts/
part "tracker tests" npm test -w tracker
part "browser tests" scripts/e2e.sh
part "other browsers" scripts/engines.sh
finish "Tests"
