#!/usr/bin/env bash
# Everything that can be checked without running the product. One fault does not hide the others.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"
# shellcheck source=scripts/parts.sh
source scripts/parts.sh

scripts/npm.sh
part "Rust is formatted" cargo fmt --all --check
part "who may use whom" node scripts/import-rules.mjs
part "no server in the browser" scripts/dependency-proof.sh
part "TypeScript types" npm run --silent typecheck
part "style sheets" npm run --silent style:lint
part "size of the tracker" npm run --silent size -w tracker
[ ! -e "$PULSE_ASSETS/app_bg.wasm" ] || part "size of the app" scripts/size.sh
if command -v shellcheck >/dev/null; then
    part "shell scripts" shellcheck -x scripts/*.sh .ci/run
else
    say "shellcheck is not installed, so the shell scripts are not checked"
fi
part "clippy and rustdoc" scripts/clippy.sh
finish "Lint"
