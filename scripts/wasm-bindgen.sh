#!/usr/bin/env bash
# Installs the wasm-bindgen command line tool in exactly the version of Cargo.lock: any other refuses our files.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

wanted=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock)
[ -n "$wanted" ] || die "Cargo.lock names no wasm-bindgen. Run 'cargo update --workspace', then try again."
installed=$(wasm-bindgen --version 2>/dev/null || true)
[ "$installed" != "wasm-bindgen $wanted" ] || exit 0

say "Installing wasm-bindgen $wanted, which makes the JavaScript beside the WASM file (about 2 minutes, once)"
# Without our target folder cargo uses a temporary one, and leaves nothing behind.
env -u CARGO_TARGET_DIR \
    cargo install --locked --version "=$wanted" --root "$PULSE_TOOLS" wasm-bindgen-cli >&2
