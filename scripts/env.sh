# shellcheck shell=bash
# The one home of the build's environment: sourced by every script, run by none.
# Everything big lives in the user's cache, so that a second clone reuses what the first one built.

PULSE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PULSE_CACHE=${PULSE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pulse}
PULSE_TOOLS=$PULSE_CACHE/tools
PULSE_ASSETS=${PULSE_ASSETS:-$PULSE_ROOT/build/assets}
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PULSE_CACHE/target}
PATH=$PULSE_TOOLS/bin:$PULSE_ROOT/node_modules/.bin:$PATH
# The tests use an installed Chromium (chromium.sh); Playwright's own would be 150 MB more.
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export PULSE_ROOT PULSE_CACHE PULSE_TOOLS PULSE_ASSETS CARGO_TARGET_DIR PATH PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD

# No linker is set: since 1.90 rustc links with its own lld on x86-64 Linux, and a flag of ours would
# give everybody who calls cargo by hand a second build of every dependency.

WASM_TARGET=wasm32-unknown-unknown
export WASM_TARGET

cd "$PULSE_ROOT" || exit 1

# Cargo takes the same package in two clones for one and then compares times only, so that what another clone
# built could pass for ours. Whoever comes after another clone counts all its own sources as changed.
claim_target() {
    local owner=$CARGO_TARGET_DIR/.pulse-root
    [ "$(cat "$owner" 2>/dev/null || true)" != "$PULSE_ROOT" ] || return 0
    mkdir -p "$CARGO_TARGET_DIR"
    find app frontend server migration -type f -exec touch {} +
    echo "$PULSE_ROOT" >"$owner"
}
claim_target

# say TEXT: one line to whoever waits. On stderr, because some scripts answer on stdout.
say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

# die TEXT: the reason and what to do about it, then stop.
die() {
    printf '\033[1;31m==> %s\033[0m\n' "$*" >&2
    exit 1
}

# checksum FILE...: one line that changes when one of the files does.
checksum() {
    if command -v sha256sum >/dev/null; then cat "$@" | sha256sum; else cat "$@" | shasum -a 256; fi | cut -d' ' -f1
}

# use_wasm_toolchain: what follows builds for the browser, with a toolchain that can.
use_wasm_toolchain() {
    RUSTUP_TOOLCHAIN=$(scripts/wasm-target.sh)
    export RUSTUP_TOOLCHAIN
}

# release_flags: panic messages carry source paths; without this what is given away names the builder's home folder.
# Only for releases: other flags are another build of every dependency. The rest is what .cargo/config.toml says.
release_flags() {
    export RUSTFLAGS="${RUSTFLAGS:-} --cfg erase_components --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=/crates"
}
