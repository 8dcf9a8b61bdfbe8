#!/usr/bin/env bash
# Proves from cargo's own dependency trees that no part of the server gets into the browser,
# and that the app is built with exactly one of its features on each side.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

# ORM and drivers, HTTP servers, and mio, without which tokio has neither sockets nor a runtime that waits for them.
readonly SERVER_PARTS='^(sea-.*|sqlx.*|libsqlite3-sys|axum.*|leptos_axum|tower-http|hyper.*|mio|socket2|maxminddb|argon2|server|migration)$'

# One crate a line: name, version, path, features.
tree() { cargo tree --locked --quiet --prefix none --edges normal --format '{p} {f}' "$@"; }

browser=$(tree -p frontend --target "$WASM_TARGET" | awk '{ print $1 }' | sort -u)
if found=$(grep -E "$SERVER_PARTS" <<<"$browser"); then
    die "These are parts of the server, and the browser would load them: ${found//$'\n'/ }. See who brings one:
    cargo tree -p frontend --target $WASM_TARGET -i NAME"
fi
echo "browser: $(wc -l <<<"$browser" | tr -d ' ') crates, none of them ORM, driver or HTTP server"

# app_feature EXPECTED CARGO-TREE-ARGUMENTS...
app_feature() {
    local expected=$1 on
    shift
    on=$(tree --depth 1 "$@" | awk '$1 == "app" { print $NF }' | tr ',' '\n' | grep -xE 'ssr|hydrate|csr' | sort -u | paste -sd' ' -) || true
    [ "$on" = "$expected" ] || die "'cargo tree $*' shows app with the features '$on', and it must be '$expected' alone."
}
app_feature ssr -p server
app_feature hydrate -p frontend --target "$WASM_TARGET"
app_feature '' -p app
echo "app: ssr for the server, hydrate for the browser, none by default"
