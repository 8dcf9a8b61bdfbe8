#!/usr/bin/env bash
# Clippy and rustdoc, warnings as errors, package by package: each as it is really built.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

failed=0
clippy() { cargo clippy --no-deps "$@" -- -D warnings || failed=1; }
docs() { RUSTDOCFLAGS='-D warnings' cargo doc --no-deps "$@" || failed=1; }

clippy -p app --features ssr --all-targets
clippy -p migration --all-targets
clippy -p server --all-targets
docs -p app --features ssr
docs -p migration
docs -p server

use_wasm_toolchain
clippy -p app --features hydrate --target "$WASM_TARGET"
clippy -p app --features csr --target "$WASM_TARGET"
clippy -p frontend --target "$WASM_TARGET"
exit $failed
