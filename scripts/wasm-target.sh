#!/usr/bin/env bash
# Makes sure that some Rust toolchain builds for the browser. Prints its name, an empty line for the default one.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

readonly LINKED=pulse-wasm
probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT

# Building a crate of nothing proves more than looking for files: that std is there, fits this compiler, and
# links with LTO as the release does.
builds_wasm() {
    RUSTUP_TOOLCHAIN=$1 rustc --crate-type cdylib -C lto=fat --target "$WASM_TARGET" -o "$probe/probe.wasm" - </dev/null 2>/dev/null
}

# Debian has a Rust for browsers but no ready standard library for them: we build it from its source package.
install_from_debian() {
    scripts/apt.sh "building for the browser" rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy lld-22
    [ "$(id -u)" -eq 0 ] || die "The standard library for $WASM_TARGET belongs in /usr/lib/rustlib, where only root can put it. Run 'sudo scripts/wasm-target.sh' once, then try again."

    say "Building Rust's standard library for $WASM_TARGET (about 40 seconds, once)"
    mkdir -p "$probe/src"
    touch "$probe/src/lib.rs"
    cat >"$probe/Cargo.toml" <<-'TOML'
		[package]
		name = "std-for-wasm"
		edition = "2021"
		[profile.release]
		panic = "abort"
		[workspace]
	TOML
    # Without bitcode in it, nothing can be linked with LTO.
    (cd "$probe" && RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS='-C embed-bitcode=yes' CARGO_TARGET_DIR=$probe/target \
        /usr/bin/cargo build --release --target "$WASM_TARGET" -Zbuild-std=std,panic_abort >&2)

    local lib=/usr/lib/rustlib/$WASM_TARGET/lib
    mkdir -p "$lib"
    rm -f "$lib"/*.rlib
    cp "$probe/target/$WASM_TARGET/release/deps/"*.rlib "$lib/"
    # What was compiled against an earlier one does not go with it, and cargo cannot know.
    rm -rf "${CARGO_TARGET_DIR:?}/$WASM_TARGET"
}

command -v rustc >/dev/null || die "There is no Rust here. Install it from https://rustup.rs, then try again."

for toolchain in '' "$LINKED"; do
    if builds_wasm "$toolchain"; then
        echo "$toolchain"
        exit 0
    fi
done

if command -v rustup >/dev/null; then
    say "Adding $WASM_TARGET to the Rust toolchain: the part that runs in the browser is built for it"
    if rustup target add "$WASM_TARGET" >&2 && builds_wasm ''; then
        echo
        exit 0
    fi
fi

command -v apt-get >/dev/null || die "No toolchain here builds for $WASM_TARGET. Run 'rustup target add $WASM_TARGET', then try again."
say "rustup could not add it; taking Debian's Rust for browsers instead"
install_from_debian
if builds_wasm ''; then
    echo
    exit 0
fi
command -v rustup >/dev/null && rustup toolchain link "$LINKED" /usr >&2
builds_wasm "$LINKED" || die "Debian's Rust does not build for $WASM_TARGET either. See what it says:
    echo | RUSTUP_TOOLCHAIN=$LINKED rustc --crate-type cdylib -C lto=fat --target $WASM_TARGET -o /tmp/probe.wasm -"
echo "$LINKED"
