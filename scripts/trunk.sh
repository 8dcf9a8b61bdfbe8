#!/usr/bin/env bash
# Builds the static demo into dist/ with trunk, which is installed where it is missing.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

# 0.22 needs a newer compiler than the one this project builds with.
readonly VERSION=0.21.14
if [ "$(trunk --version 2>/dev/null || true)" != "trunk $VERSION" ]; then
    say "Installing trunk $VERSION, which builds the static demo (about 6 minutes, once)"
    env -u CARGO_TARGET_DIR cargo install --locked --version "=$VERSION" --root "$PULSE_TOOLS" trunk >&2
fi

scripts/npm.sh
scripts/wasm-bindgen.sh
use_wasm_toolchain
release_flags
say "Building the static demo into dist/"
# Offline: trunk would fetch tools of its own; sass and wasm-bindgen are on the PATH.
exec trunk build --release --offline "$@"
