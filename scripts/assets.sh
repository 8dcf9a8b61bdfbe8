#!/usr/bin/env bash
# Makes what browsers load, in build/assets: style (pulse.css), tracker (pulse.js), the app (app.js, app_bg.wasm,
# and a WASM file for each page that is loaded when it is opened).
# PULSE_WASM_PROFILE=dev skips the optimisation.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

readonly PROFILE=${PULSE_WASM_PROFILE:-wasm-release}
# Everything is made beside the folder first: see publish.
readonly STAGE=$PULSE_ASSETS.stage
readonly LIGHT=$STAGE/light WASM=$STAGE/wasm WASM_INPUTS=$STAGE/wasm.inputs

build_style() {
    sass --no-source-map --style=compressed style/main.scss "$LIGHT/pulse.css"
    [ ! -d style/static ] || cp -R style/static/. "$LIGHT/"
}

build_tracker() {
    PULSE_ASSETS=$LIGHT npm run --silent build -w tracker >&2
}

build_wasm() {
    use_wasm_toolchain
    scripts/wasm-bindgen.sh
    scripts/wasm-split.sh
    say "Compiling the app for the browser ($PROFILE; from nothing some minutes, else seconds)"
    [ "$PROFILE" = dev ] || release_flags
    cargo build -p frontend --profile "$PROFILE" --target "$WASM_TARGET"

    local folder=$PROFILE inputs
    [ "$PROFILE" != dev ] || folder=debug
    local compiled=$CARGO_TARGET_DIR/$WASM_TARGET/$folder/frontend.wasm
    inputs="$PROFILE $(checksum "$compiled" scripts/assets.sh scripts/wasm-split.sh node_modules/binaryen/package.json) $(wasm-bindgen --version)"
    [ "$(cat "$WASM_INPUTS" 2>/dev/null)" != "$inputs" ] || return 0

    say "Making app.js and the WASM files of it"
    rm -rf "$WASM" "$WASM_INPUTS"
    mkdir -p "$WASM"
    wasm-split-cli --target web --out-name app "$compiled" "$WASM"
    # The parts call what the tools would otherwise take out or rename.
    wasm-bindgen --target web --no-typescript --keep-lld-exports --no-demangle --out-name app --out-dir "$WASM" "$WASM/app.wasm"
    rm "$WASM/app.wasm"
    [ "$PROFILE" = dev ] || for part in "$WASM"/*.wasm; do optimise_wasm "$part"; done
    echo "$inputs" >"$WASM_INPUTS"
}

# No code of ours lies below 1,024: that is the far end of the stack. The features are those that rustc uses. With all of them, browsers refuse the file.
optimise_wasm() {
    say "Making ${1##*/} smaller with wasm-opt (up to half a minute)"
    wasm-opt -Oz --low-memory-unused --strip-producers \
        --enable-bulk-memory --enable-nontrapping-float-to-int --enable-reference-types \
        --enable-multivalue --enable-sign-ext --enable-mutable-globals \
        "$1" -o "$1.small"
    mv "$1.small" "$1"
}

# Only what differs is written: the server embeds the folder, and a new time alone would build it anew.
publish() {
    local from file
    for from in "$LIGHT" "$WASM"; do
        while IFS= read -r file; do
            cmp -s "$from/$file" "$PULSE_ASSETS/$file" && continue
            mkdir -p "$(dirname "$PULSE_ASSETS/$file")"
            cp "$from/$file" "$PULSE_ASSETS/$file"
        done < <(cd "$from" && find . -type f)
    done
    while IFS= read -r file; do
        [ -e "$LIGHT/$file" ] || [ -e "$WASM/$file" ] || rm "$PULSE_ASSETS/$file"
    done < <(cd "$PULSE_ASSETS" && find . -type f)
}

rm -rf "$LIGHT"
mkdir -p "$LIGHT" "$WASM" "$PULSE_ASSETS"
build_style
build_tracker
build_wasm
publish
