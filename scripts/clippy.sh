#!/usr/bin/env bash
# Clippy and rustdoc, warnings as errors: what runs on the server, then each of the two forms for the browser.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

failed=0
clippy() { cargo clippy --no-deps "$@" -- -D warnings || failed=1; }

# Together as in test-rust.sh, and for the same reason.
server_side=(-p app -p migration -p server --features app/ssr)
clippy "${server_side[@]}" --all-targets
RUSTDOCFLAGS='-D warnings' cargo doc --no-deps "${server_side[@]}" || failed=1

use_wasm_toolchain
clippy -p app --features hydrate --target "$WASM_TARGET"
clippy -p app --features csr --target "$WASM_TARGET"
clippy -p frontend --target "$WASM_TARGET"
exit $failed
