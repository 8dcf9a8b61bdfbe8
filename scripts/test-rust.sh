#!/usr/bin/env bash
# The tests of the packages that run on the server. Arguments go to the test runner.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

runner=(cargo test)
if command -v cargo-nextest >/dev/null; then runner=(cargo nextest run --no-fail-fast); fi

# Together, because alone app and migration would have a good hundred dependencies built again with fewer
# features. frontend stays out: it would add the browser's features to app.
exec "${runner[@]}" -p app -p migration -p server --features app/ssr "$@"
