#!/usr/bin/env bash
# Installs the tool that parts the app's WASM file, so that browsers load a page's code when it is opened (docs/adr/0011).
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

# It reads what the macros of wasm_split_helpers leave in the file: they are of one version, but for the last number.
readonly VERSION=0.2.4
readonly TOOL=$PULSE_TOOLS/bin/wasm-split-cli STAMP=$PULSE_TOOLS/wasm-split.version

[ "$(cat "$STAMP" 2>/dev/null)" != "$VERSION" ] || [ ! -x "$TOOL" ] || exit 0

say "Installing wasm-split $VERSION, which parts the app's WASM file by pages (about a minute, once)"
# Without our target folder cargo uses a temporary one, and leaves nothing behind.
env -u CARGO_TARGET_DIR \
    cargo install --locked --force --version "=$VERSION" --root "$PULSE_TOOLS" --features build-binary wasm_split_cli_support >&2
echo "$VERSION" >"$STAMP"
